"""Which values that a council may change are in force for a campaign?"""

from dataclasses import dataclass, fields
from datetime import date
from functools import lru_cache
from typing import Any

ALL_CAMPAIGNS = "*"
Value = tuple[str, str, str]
"""(guidance, campaign or `*`, value) as the file of values has it."""


@dataclass(frozen=True, slots=True)
class Guidance:
    """The values for one campaign; days are whole days, dates are of that campaign."""

    start_tolerance: int
    guarantee_enrolled_by: date
    declined_offer_counts: bool
    contact_opens_on: date
    contact_closes_on: date
    contact_eet: bool
    attempts_before_review: int
    shield_days: int
    shield_ends_enrolments: date
    shield_ends_offers: date
    not_appropriate_days: int
    disclosure_threshold: int


@lru_cache(maxsize=256)
def guidance(values: tuple[Value, ...], campaign: int) -> Guidance:
    """Guidance of a campaign; a campaign's own row goes before the one for all.

    A value is yes or no, a whole number, an ISO date, `MM-DD` of the campaign's year, or `+MM-DD` of the next.
    Raises ValueError naming the guidance that is missing or cannot be read.
    """
    found = {name: value for name, of, value in values if of == ALL_CAMPAIGNS}
    found |= {name: value for name, of, value in values if of == str(campaign)}
    return Guidance(**{field.name: _value(field.name, found, campaign) for field in fields(Guidance)})


def _value(name: str, found: dict[str, str], campaign: int) -> Any:
    if name not in found:
        raise ValueError(f"guidance {name} has no value for campaign {campaign}")
    text = found[name]
    if text in ("yes", "no"):
        return text == "yes"
    if text.isdigit():
        return int(text)
    if len(text) == len("2026-01-31"):
        return date.fromisoformat(text)
    year = campaign + 1 if text.startswith("+") else campaign
    return date.fromisoformat(f"{year}-{text.lstrip('+')}")
