"""Who is in the monthly participation cohort, on every day? (rulebook 2.1, 7.1)"""

from datetime import date

from services.status.domain.cohort import Member
from services.status.domain.control import Control
from services.status.domain.membership import last_row, rolls
from services.status.domain.people import details, home, home_breaks
from services.status.domain.sightings import Sightings
from services.status.domain.timeline import Timeline, timeline
from shared.domain.academic_year import academic_age, starts_on

YOUNGEST, OLDEST, OLDEST_WITH_PLAN = 16, 17, 24
YEAR_GROUP_OF_AGE = -4
"""Academic age 16 is Year 12."""


def monthly(seen: Sightings, control: Control) -> Timeline[Member | None]:
    """Resident, no leaving status standing, of academic age 16 or 17, or up to 24 with an EHC plan."""
    days = {entry.seen_on for entry in seen} | home_breaks(seen) | _birthdays(seen)
    return timeline(days, lambda day: member_on(seen, control, day))


def member_on(seen: Sightings, control: Control, day: date) -> Member | None:
    if not seen or not home(seen, day, control.authorities).resident:
        return None
    last, found = last_row(seen, day), rolls(seen, day)
    row = last or seen[0].row
    if (last is not None and last.leaving is not None) or not _of_age(seen, row.born_in, day):
        return None
    return Member(
        year_group=academic_age(row.born_in, day) + YEAR_GROUP_OF_AGE,
        establishment=found[-1].row.establishment if found else row.establishment,
        frozen=False,
        frozen_establishment=None,
        live=True,
    )


def _of_age(seen: Sightings, born_in: int, day: date) -> bool:
    age, person = academic_age(born_in, day), details(seen, day)
    has_plan = person is not None and person.sen == "E"
    return YOUNGEST <= age <= (OLDEST_WITH_PLAN if has_plan else OLDEST)


def _birthdays(seen: Sightings) -> set[date]:
    """The 1 Septembers on which the academic age moves on; past 17 it matters to those with a plan."""
    ages = range(YOUNGEST, (OLDEST_WITH_PLAN if any(entry.row.sen == "E" for entry in seen) else OLDEST) + 2)
    return {starts_on(entry.row.born_in + age + 1) for entry in seen for age in ages}
