"""What do managers and the Department see?"""
