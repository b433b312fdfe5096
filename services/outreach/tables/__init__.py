"""Where do the tables lie that say who is contacted, in what order, and what an outcome leads to? Read once."""

import csv
from functools import cache
from hashlib import sha256
from importlib.resources import files

from services.outreach.domain.needs import asked_of_young_people
from services.outreach.domain.outcomes import Outcome, outcomes
from services.outreach.domain.priority import Rule, rules
from shared import codes
from shared.domain.guidance import guidance


def _text(name: str) -> str:
    return files(__name__).joinpath(f"{name}.csv").read_text("utf-8")


@cache
def contact_rows() -> frozenset[str]:
    """The rows of need that put somebody in the queue."""
    return asked_of_young_people(_text("needs"))


@cache
def points() -> tuple[Rule, ...]:
    return rules(_text("points"))


@cache
def points_fingerprint() -> str:
    """Tells one table of points from another."""
    return sha256(_text("points").encode()).hexdigest()[:16]


@cache
def contact_outcomes() -> dict[str, Outcome]:
    return outcomes(_text("outcomes"))


def attempts_before_review(campaign: int) -> int:
    """After how many attempts somebody goes to a coordinator's list."""
    return guidance(_guidance_values(), campaign).attempts_before_review


@cache
def _guidance_values() -> tuple[tuple[str, str, str], ...]:
    rows = csv.DictReader(codes.text("guidance").splitlines())
    return tuple((row["guidance"], row["campaign"], row["value"]) for row in rows)
