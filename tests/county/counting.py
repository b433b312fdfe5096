"""How many people are in each cell of a report? Counted one by one, with nothing of the reporting service in it."""

from collections.abc import Callable, Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from services.status.domain.cohort import Member
from tests.county.views import Seen

Cell = dict[str, Any]
Cells = dict[tuple[Any, ...], Cell]

GUARANTEE = ("frozen", "live", "offer_made", "not_appropriate", "no_offer", "not_recorded", "live_offer_made")
PARTICIPATION = ("cohort", "participating", "eet_not_participating", "neet", "not_known", "custody", "compulsory")
COUNTED_AS = {"NEET_AVAILABLE": "neet", "NEET_NOT_AVAILABLE": "neet"}
IN: dict[str, Callable[[Seen], bool]] = {
    "frozen": lambda one: one.member is not None and one.member.frozen,
    "live": lambda one: one.member is not None and one.member.live,
    "monthly": lambda one: one.monthly is not None,
}


def percent(part: int, whole: int) -> str:
    """To one decimal, half up; `z` of nobody."""
    return str((Decimal(100) * part / whole).quantize(Decimal("0.1"), ROUND_HALF_UP)) if whole else "z"


def guarantee(people: Iterable[Seen], by: Sequence[str]) -> Cells:
    """Whoever was frozen counts at the establishment of the freeze, joiners at theirs."""
    cells = _cells(by, GUARANTEE)
    for one in people:
        member = one.member
        if member is None or not (member.frozen or member.live):
            continue
        cell = _cell(cells, by, one, member, member.frozen_establishment or member.establishment, GUARANTEE)
        cell["frozen"] += member.frozen
        cell["live"] += member.live
        cell[one.outcome.lower()] += member.frozen
        cell["live_offer_made"] += member.live and one.outcome == "OFFER_MADE"
    for cell in cells.values():
        cell["percent_offer_made"] = percent(cell["offer_made"], cell["frozen"])
        cell["percent_offer_made_live"] = percent(cell.pop("live_offer_made"), cell["live"])
    return cells


def participation(people: Iterable[Seen], by: Sequence[str], population: str) -> Cells:
    cells = _cells(by, PARTICIPATION)
    for one in filter(IN[population], people):
        member, does = (one.monthly, one.does_monthly) if population == "monthly" else (one.member, one.does)
        assert member is not None
        cell = _cell(cells, by, one, member, member.establishment, PARTICIPATION)
        cell["cohort"] += 1
        cell[COUNTED_AS.get(does, does.lower())] += 1
    for cell in cells.values():
        whole = cell["cohort"] - cell["custody"] - cell["compulsory"]
        parts = {name: cell[name] for name in ("participating", "neet", "not_known")}
        parts["neet_or_not_known"] = cell["neet"] + cell["not_known"]
        cell |= {f"percent_{name}": percent(part, whole) for name, part in parts.items()}
    return cells


def _cells(by: Sequence[str], counts: Sequence[str]) -> Cells:
    """Without dimensions there is one cell, of nobody too."""
    return {} if by else {(): dict.fromkeys(counts, 0)}


def _cell(
    cells: Cells, by: Sequence[str], one: Seen, member: Member, establishment: str, counts: Sequence[str]
) -> Cell:
    own = {"year_group": member.year_group, "establishment": establishment}
    key = {name: own[name] if name in own else getattr(one.dimensions, name) for name in by}
    return cells.setdefault(tuple(key.values()), key | dict.fromkeys(counts, 0))
