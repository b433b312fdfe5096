"""Where does each young person stand on each day, and why?"""
