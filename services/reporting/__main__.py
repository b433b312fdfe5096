"""What does reporting hear? `python -m services.reporting` reads the bus until it is told to stop."""

from typing import Final

from services.reporting.domain.heard import FiguresDecided
from services.reporting.handlers import day_passed, people_decided
from shared.domain.events import DayPassed
from shared.plumbing.turns import Hears
from shared.plumbing.worker import run

HEARS: Final[Hears] = {FiguresDecided: people_decided, DayPassed: day_passed}

if __name__ == "__main__":
    run("reporting", HEARS)
