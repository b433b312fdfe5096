"""What does outreach hear? `python -m services.outreach` reads the bus until it is told to stop."""

from typing import Final

from services.outreach.counting import count_queue
from services.outreach.domain.facets import ContactDecided
from services.outreach.handlers import day_passed, details_heard, people_decided
from services.outreach.ordering import keep_in_order
from shared.domain.events import DayPassed, PersonDetailsStated, PersonDetailsWithdrawn
from shared.plumbing.turns import Hears
from shared.plumbing.worker import run

HEARS: Final[Hears] = {
    ContactDecided: people_decided,
    DayPassed: day_passed,
    PersonDetailsStated: details_heard,
    PersonDetailsWithdrawn: details_heard,
}

if __name__ == "__main__":
    run("outreach", HEARS, keep_in_order, count_queue)
