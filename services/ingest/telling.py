"""What do we say of a verdict to those who keep the system running: in figures, and in one line of the log?"""

import logging
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from services.ingest.following import Following
from services.ingest.submissions import Checking, Given
from shared.plumbing.metrics import CHECK_SECONDS, LABELS, ROWS, SUBMISSIONS, begin_at_zero, labels

LOG: Final = logging.getLogger(__name__)


def begin() -> None:
    """Every feed is seen from the start, with nothing of it."""
    begin_at_zero(ROWS, feed=LABELS["feed"], verdict=LABELS["verdict"])
    begin_at_zero(SUBMISSIONS, feed=LABELS["feed"], state=LABELS["state"])


def verdict_given(submission: Checking, given: Given, following: Following, *, seconds: float) -> None:
    """To be called once it is committed; what was accepted is followed from here on."""
    feed, counts = submission.feed, given.counts
    rows = {name: getattr(counts, name) for name in LABELS["verdict"]}
    told: dict[str, Any] = {"submission_id": submission.submission_id, "feed": feed, "rows": counts.rows, **rows}
    CHECK_SECONDS.labels(**labels(feed=feed)).observe(seconds)
    for name, count in rows.items():
        ROWS.labels(**labels(feed=feed, verdict=name)).inc(count)
    state = "refused" if given.number is None else "accepted"
    SUBMISSIONS.labels(**labels(feed=feed, state=state)).inc()
    told |= {"state": state, "number": given.number, "code": given.code, "seconds": round(seconds, 3)}
    LOG.info("A submission has its verdict.", extra={name: said for name, said in told.items() if said is not None})
    if given.number is not None and given.recorded_at is not None:
        following.follow(submission.submission_id, given.number, given.recorded_at)


def withdrawn(found: Mapping[str, Any], number: int, recorded_at: datetime, following: Following) -> None:
    """To be called once it is committed."""
    submission_id: UUID = found["submission_id"]
    SUBMISSIONS.labels(**labels(feed=found["feed"], state="withdrawn")).inc()
    told = {"submission_id": submission_id, "feed": found["feed"], "state": "withdrawn", "number": number}
    LOG.info("A submission is taken back.", extra=told)
    following.follow(submission_id, number, recorded_at)
