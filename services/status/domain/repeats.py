"""Does a row say only what its sender's row before it already says? (rulebook 3.5)"""

from shared.domain.events import Evidence


def repeats(row: Evidence, before: Evidence | None) -> bool:
    """Whether every column is equal; that it was sent on another day, in another file, makes no difference."""
    if type(row) is not type(before):
        return False
    sent_then = {name: getattr(before, name) for name in ("event_id", "happened_on", "recorded_at", "said", "sent_on")}
    return row.model_copy(update=sent_then) == before
