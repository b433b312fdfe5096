"""What time is it? The one place that asks; everyone else is given the answer."""

import time
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def now() -> datetime:
    """Real time, aware, in UTC. The business date is not here: the database's clock keeps it."""
    return datetime.now(UTC)


def today() -> date:
    """The real date in England."""
    return datetime.now(LONDON).date()


def monotonic() -> float:
    """Seconds that only grow, for measuring how long something took."""
    return time.monotonic()
