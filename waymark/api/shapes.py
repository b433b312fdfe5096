"""What does an answer about one young person look like?"""

from datetime import date
from typing import Any

from pydantic import BaseModel, Field


class Points(BaseModel):
    name: str
    points: int


class Guarantee(BaseModel):
    outcome: str | None
    row: str | None
    because: str | None


class Participation(BaseModel):
    group: str | None
    activity_code: int | None
    confirmed: bool | None
    lapses_on: date | None
    because: str | None


class Need(BaseModel):
    row: str
    because: str | None
    points: list[Points] | None = Field(description="Only for today as known now, of whoever is in the queue.")
    priority: int | None


class InCampaign(BaseModel):
    campaign: int
    year_group: int | None
    establishment: str | None
    frozen: bool
    live: bool
    guarantee: Guarantee
    participation: Participation
    need: Need | None


class YoungPerson(BaseModel):
    young_person_id: str
    as_at: date
    known_at: str
    figures_are_seconds_old: float
    not_up_to_date: bool = Field(description="A rule failed on this person: what is shown may be old.")
    campaigns: list[InCampaign]
    evidence: list[dict[str, Any]]


class Listed(BaseModel):
    """One line of the list."""

    young_person_id: str
    upn: str | None = Field(description="The latest sound one, else the latest as sent.")
    uln: str | None = Field(description="The latest sound one.")
    campaigns: list[InCampaign]
