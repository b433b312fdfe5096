"""Which shapes do ingest's answers have? They are the contract's."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel


class Fault(BaseModel):
    row: int | None
    column: str | None
    code: str
    severity: Literal["mend", "explain"]
    message: str


class Verdict(BaseModel):
    """`accepted`, `unchanged`, `unmatched` and `rejected` add up to `rows`."""

    submission_id: UUID
    state: Literal["checking", "accepted", "held", "refused", "withdrawn"]
    feed: str
    provider: str
    campaign: int | None
    full: bool
    sent_at: datetime
    accepted_at: datetime | None
    recorded_at: datetime | None
    settled: bool
    rows: int
    accepted: int
    unchanged: int
    unmatched: int
    rejected: int
    queries: int
    problems: list[Fault]
    notes: list[str]


class Page(BaseModel):
    submissions: list[Verdict]
    next_cursor: int | None


class Calendar(BaseModel):
    business_date: date
    simulated: bool | None = None
    recorded_at: datetime | None = None


class Excepted(BaseModel):
    campaign: int
    young_person_id: str
    op: Literal["add", "remove"]
    recorded_at: datetime


class Somebody(BaseModel):
    young_person_id: str


class Found(BaseModel):
    people: list[Somebody]
