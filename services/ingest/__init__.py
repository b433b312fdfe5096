"""What have providers sent, and what evidence follows from it?

I own: what was sent, as it came; whom each row is of; the directories of establishments and postcodes and what is
expected of whom; the freezes and exceptions of the cohorts; the calendar.

I hear: ContactAttempted, which is evidence too.

I say: every row as evidence of a young person and as their details, what no longer stands of either, exceptions; and
to everyone the day that has passed, the cohort that is frozen, what is expected, and who has returned it.
"""
