"""What holds of each young person on every day, and why? status is the rules engine.

I own: their cases (the evidence, by person) and what was decided of them.
I hear: what ingest says, person by person, and what it says of days, cohorts, expectations and returns.
I say: PersonDecided, and pass control events on.
"""
