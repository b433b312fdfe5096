"""What have providers sent, and what evidence follows from it?"""
