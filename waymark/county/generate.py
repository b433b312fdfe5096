"""How does a county become files, a plan in which order to send them, and the truth about each row?"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any

from waymark.county.county import County, make_county
from waymark.county.dates import CAMPAIGN, CLOSES, FREEZE
from waymark.county.mess import as_file
from waymark.county.mishaps import CohortException, make_exceptions, mistaken_sendings
from waymark.county.naming import Register
from waymark.county.schedule import usual_sendings
from waymark.county.sheet import Sheet
from waymark.county.slips import with_slips

Step = dict[str, Any]


@dataclass(frozen=True, slots=True)
class CountyYear:
    """All that is written: contents by file name, the steps of plan.json, and the sound UPNs of each file's rows."""

    young_people: int
    files: Mapping[str, bytes]
    plan: Sequence[Step]
    truth: Mapping[str, Sequence[str | None]]


def generate_county(*, seed: int, young_people: int) -> CountyYear:
    """Pure: the same seed and number give the same bytes."""
    county = make_county(seed=seed, young_people=young_people)
    sheets = make_sheets(county, Random(f"sheets {seed} {young_people}"))
    messy = Random(f"mess {seed} {young_people}")
    return CountyYear(
        young_people=young_people,
        files={sheet.file: as_file(messy, sheet) for sheet in sheets},
        plan=make_plan(sheets, make_exceptions(county)),
        truth={sheet.file: sheet.people for sheet in sheets if sheet.people},
    )


def make_sheets(county: County, random: Random) -> list[Sheet]:
    """In the order of sending, each made when what was said before it is known; an empty one is not sent."""
    sendings = [*usual_sendings(random, county, Register()), *mistaken_sendings(random, county)]
    made = (sending.make() for sending in sorted(sendings, key=lambda sending: sending.on))
    return [with_slips(random, sheet) for sheet in made if sheet.rows]


def make_plan(sheets: Sequence[Sheet], exceptions: Sequence[CohortException]) -> list[Step]:
    """Day by day: the day begins, files come, then what was a mistake is taken back and the council acts."""
    steps: list[Step] = []
    index_of: dict[str, int] = {}
    for day in sorted(_days(sheets, exceptions)):
        steps.append({"date": day.isoformat(), "action": "advance"})
        for sheet in sheets:
            if sheet.sent_on == day:
                index_of[sheet.file] = len(steps)
                steps.append(_submit(sheet))
        steps += _acts(day, sheets, exceptions, index_of)
    return steps


def _days(sheets: Sequence[Sheet], exceptions: Sequence[CohortException]) -> set[date]:
    days = {sheet.sent_on for sheet in sheets} | {one.on for one in exceptions} | {FREEZE, CLOSES}
    return days | {sheet.withdrawn_on for sheet in sheets if sheet.withdrawn_on}


def _submit(sheet: Sheet) -> Step:
    step: Step = {
        "date": sheet.sent_on.isoformat(),
        "action": "submit",
        "feed": sheet.feed,
        "provider": sheet.provider,
        "file": sheet.file,
        "full": sheet.full,
    }
    return step if sheet.campaign is None else {**step, "campaign": sheet.campaign}


def _acts(
    day: date, sheets: Sequence[Sheet], exceptions: Sequence[CohortException], index_of: Mapping[str, int]
) -> Iterator[Step]:
    at = day.isoformat()
    for sheet in sheets:
        if sheet.withdrawn_on == day:
            yield {"date": at, "action": "withdraw", "step": index_of[sheet.file]}
    if day == FREEZE:
        yield {"date": at, "action": "freeze", "campaign": CAMPAIGN}
    for one in exceptions:
        if one.on == day:
            yield {
                "date": at,
                "action": "except",
                "campaign": CAMPAIGN,
                "upn": one.upn,
                "op": one.op,
                "reason": one.reason,
            }
