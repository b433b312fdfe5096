"""Who is in the monthly participation cohort, on every day? (rulebook 2.1, 7.1)"""

from collections.abc import Sequence
from datetime import date

from services.status.domain.cohort import Member
from services.status.domain.control import Control
from services.status.domain.membership import entries, last_row, rolls
from services.status.domain.people import details, home, home_breaks
from services.status.domain.timeline import Timeline, timeline
from shared.domain.academic_year import academic_age, starts_on
from shared.domain.events import CohortRowStated

OLDEST_WITH_PLAN = 24


def monthly(rows: Sequence[CohortRowStated], control: Control) -> Timeline[Member | None]:
    """Resident, no leaving status standing, of academic age 16 or 17, or up to 24 with an EHC plan."""
    seen = entries(rows, None, None)

    def member_on(day: date) -> Member | None:
        last, found = last_row(seen, day), rolls(seen, day)
        first = min(seen, key=lambda entry: entry.order).row if seen else None
        row = last or first
        if row is None or row.leaving is not None or not home(seen, day, control.authorities).resident:
            return None
        age, person = academic_age(row.born_in, day), details(seen, day)
        has_plan = person is not None and person.sen == "E"
        if not (16 <= age <= 17 or (has_plan and 17 < age <= OLDEST_WITH_PLAN)):
            return None
        establishment = last_row_establishment(row) if not found else found[-1].row.establishment
        return Member(age - 4, establishment, False, None, True)

    days = {entry.seen_on for entry in seen} | home_breaks(seen) | _birthdays(rows)
    return timeline(days, member_on)


def last_row_establishment(row: CohortRowStated) -> str:
    return row.establishment


def _birthdays(rows: Sequence[CohortRowStated]) -> set[date]:
    """The 1 Septembers on which an academic age that matters begins or ends."""
    return {starts_on(row.born_in + age + 1) for row in rows for age in (16, 18, OLDEST_WITH_PLAN + 1)}
