"""How do services reach the database, the bus, the clock and the world, without knowing a rule?"""
