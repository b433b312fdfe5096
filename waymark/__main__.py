"""What can be typed after `waymark`?"""
