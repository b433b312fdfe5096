"""Whom should the Service contact next, what was tried, and what comes after?

I own: the needs of contact by day, the queue with one entry a person, contact attempts and leases, how to reach people.
I hear: PersonDecided and DayPassed from status, personal details from ingest.
I say: ContactAttempted.
"""
