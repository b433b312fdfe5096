"""What are the cells of a report? Tallies of who counts as what go in, counts and percentages come out."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from shared.domain.academic_year import guarantee_deadline
from shared.domain.vocabulary import GuaranteeOutcome, Participation

DIMENSIONS: Final = ("year_group", "establishment", "district", "sex", "ethnicity", "send", "vulnerable")
NO_DENOMINATOR: Final = "z"

Cell = dict[str, Any]
Place = tuple[str | int, ...]
"""The values of the dimensions that were asked for, in the order in which they were."""

Tallies = Mapping[Place, Counter[tuple[str, str]]]
"""How many of each (population, outcome or group) there are in each place."""


def tallies(rows: Iterable[Mapping[str, Any]], by: Sequence[str]) -> Tallies:
    """Rows with the dimensions, `population`, `counted` and `n`; without dimensions there is one place, always."""
    found: dict[Place, Counter[tuple[str, str]]] = {} if by else {(): Counter()}
    for row in rows:
        place = tuple(row[name] for name in by)
        found.setdefault(place, Counter())[row["population"], row["counted"] or ""] += row["n"]
    return found


def added(several: Iterable[Tallies]) -> Tallies:
    found: dict[Place, Counter[tuple[str, str]]] = {}
    for one in several:
        for place, counts in one.items():
            found.setdefault(place, Counter()).update(counts)
    return found


def guarantee_cells(found: Tallies, by: Sequence[str]) -> list[Cell]:
    return [dict(zip(by, place, strict=True)) | _guarantee(found[place]) for place in sorted(found)]


def participation_cells(found: Tallies, by: Sequence[str], population: str) -> list[Cell]:
    return [
        dict(zip(by, place, strict=True)) | {"population": population} | _participation(found[place], population)
        for place in sorted(found)
    ]


def _guarantee(counts: Counter[tuple[str, str]]) -> Cell:
    frozen = _of(counts, "guarantee frozen")
    live = _of(counts, "guarantee live")
    offered = frozen[GuaranteeOutcome.OFFER_MADE]
    return {
        "frozen": frozen.total(),
        "live": live.total(),
        "offer_made": offered,
        "not_appropriate": frozen[GuaranteeOutcome.NOT_APPROPRIATE],
        "no_offer": frozen[GuaranteeOutcome.NO_OFFER],
        "not_recorded": frozen[GuaranteeOutcome.NOT_RECORDED],
        "percent_offer_made": percentage(offered, frozen.total()),
        "percent_offer_made_live": percentage(live[GuaranteeOutcome.OFFER_MADE], live.total()),
    }


def _participation(counts: Counter[tuple[str, str]], population: str) -> Cell:
    of = _of(counts, population)
    cohort, custody, compulsory = of.total(), of[Participation.CUSTODY], of[Participation.COMPULSORY]
    participating, not_known = of[Participation.PARTICIPATING], of[Participation.NOT_KNOWN]
    neet = of[Participation.NEET_AVAILABLE] + of[Participation.NEET_NOT_AVAILABLE]
    base = cohort - custody - compulsory
    return {
        "cohort": cohort,
        "participating": participating,
        "eet_not_participating": of[Participation.EET_NOT_PARTICIPATING],
        "neet": neet,
        "not_known": not_known,
        "custody": custody,
        "compulsory": compulsory,
        "percent_participating": percentage(participating, base),
        "percent_neet": percentage(neet, base),
        "percent_not_known": percentage(not_known, base),
        "percent_neet_or_not_known": percentage(neet + not_known, base),
    }


def _of(counts: Counter[tuple[str, str]], population: str) -> Counter[str]:
    return Counter({counted: n for (of, counted), n in counts.items() if of == population})


def percentage(part: int, whole: int) -> str:
    """To one decimal, half up, from whole numbers alone; `z` where there is nobody to divide by."""
    if whole == 0:
        return NO_DENOMINATOR
    tenths = (2000 * part + whole) // (2 * whole)
    return f"{tenths // 10}.{tenths % 10}"


def closing_days(campaign: int) -> tuple[date, date]:
    """The day whose outcomes the closing figure has, and the day whose enrolments it accepts."""
    return guarantee_deadline(campaign), date(campaign, 10, 31)
