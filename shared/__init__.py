"""What do two or more services need?"""
