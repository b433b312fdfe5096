"""What do managers and the Department see?

I own: what was decided of each person as spans of days, kept as known at every moment; the rolling cells; the ledger.
I hear: PersonDecided and DayPassed, from status.
I say: nothing; I am asked.
"""
