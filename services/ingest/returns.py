"""Has the day changed on which a provider first returned a feed for a campaign?"""

from datetime import date
from uuid import uuid5

from services.ingest.domain.evidence import Sending
from shared.domain.events import SubmissionReturned
from shared.domain.vocabulary import Feed
from shared.domain.written import Sayable

EXPECTED = (Feed.COHORT, Feed.OFFERS, Feed.ENROLMENTS, Feed.ACTIVITIES)


def returned(sending: Sending, feed: Feed, before: date | None, now: date | None) -> list[Sayable]:
    """What is said where the earliest standing return is another one than it was before this act."""
    if feed not in EXPECTED or before == now:
        return []
    event_id = uuid5(sending.submission_id, f"returned/{now}")
    return [
        SubmissionReturned(
            event_id=event_id,
            happened_on=now,
            source=sending.sender,
            provider=sending.sender,
            feed=feed,
            campaign=sending.campaign,
            returned_on=now,
        )
    ]
