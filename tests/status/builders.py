"""What may have been said of one young person, and what is decided? A story in the field's words, act after act."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from services.status import tables
from services.status.domain.case import EMPTY, Case, fold
from services.status.domain.control import Control, Freeze, ProviderFact, ReturnKey
from services.status.domain.decide import CampaignDecision, Decision, decide
from shared.domain.events import (
    ActivityStated,
    CohortExcepted,
    CohortRowStated,
    ContactOutcomeStated,
    EnrolmentStated,
    Event,
    EvidenceWithdrawn,
    GuaranteeCodeStated,
    OfferStated,
    Residence,
    Withdrawn,
)
from shared.domain.vocabulary import COUNCIL, ProviderKind

LONDON = ZoneInfo("Europe/London")
SPACE = UUID(int=3)
PERSON = "1000"
CAMPAIGN = 2026
AUTHORITY = "860"
SCHOOL, OTHER_SCHOOL, SIXTH_FORM_COLLEGE, COLLEGE = "8604000", "8604001", "8608001", "8608000"
KINDS = {SIXTH_FORM_COLLEGE: ProviderKind.SIXTH_FORM_COLLEGE, COLLEGE: ProviderKind.OTHER, COUNCIL: None}
HERE, NEXT_DOOR = Residence(district="Northmoor", authority="860"), Residence(district="Otherham", authority="861")
HOMES: Mapping[str, tuple[Residence, ...]] = {
    "here": (HERE,),
    "next-door": (NEXT_DOOR,),
    "unlisted": (),
    "here-until-July": (HERE.model_copy(update={"to_on": date(2026, 6, 30)}),),
    "next-door-from-July": (HERE, NEXT_DOOR.model_copy(update={"from_on": date(2026, 7, 1)})),
}
RULES = tables.load()
FOR_EVER = datetime(2030, 1, 1, tzinfo=LONDON)


def day(text: str | date | None) -> date | None:
    return date.fromisoformat(text) if isinstance(text, str) else text


def end_of(text: str) -> datetime:
    return datetime.combine(date.fromisoformat(text) + timedelta(days=1), time(), LONDON) - timedelta(microseconds=1)


@dataclass(slots=True)
class Story:
    """Every act has the next number, and is recorded on the day it is sent, in the order told."""

    events: list[Event] = field(default_factory=list)
    acts: list[tuple[int, str]] = field(default_factory=list)
    freezes: list[tuple[int, Freeze]] = field(default_factory=list)
    expected: list[tuple[datetime, ReturnKey, date]] = field(default_factory=list)
    returned: list[tuple[datetime, ReturnKey, date]] = field(default_factory=list)
    guidance: list[tuple[str, str, str]] = field(default_factory=list)

    def cohort(self, sent: str = "2026-05-20", school: str = SCHOOL, home: str = "here", **cells: Any) -> None:
        """A cohort row; `school` may be the council. Cells are those of the row, dates as texts."""
        year, left, joined = cells.pop("year", "11"), day(cells.pop("left", None)), day(cells.pop("joined", None))
        leaves = left is not None or "leaving" in cells
        self._say(
            CohortRowStated, sent, school, (left if leaves else joined),
            campaign=int(cells.pop("campaign", CAMPAIGN)), kind=KINDS.get(school, ProviderKind.SCHOOL),
            establishment=f"{AUTHORITY}9999" if school == COUNCIL else school,
            in_area=school == COUNCIL or school.startswith(AUTHORITY), year_group=int(year), joined_on=joined,
            left_on=left, born_in=int(cells.pop("born", CAMPAIGN - 1 - int(year) - 4)), residence=HOMES[home],
            believed=not HOMES[home],
            continuing={"Y": True, "N": False, None: None}[cells.pop("continuing", None)], **cells,
        )  # fmt: skip

    def offer(self, status: str, sent: str, by: str = SCHOOL, **cells: Any) -> None:
        """An offers row without a code; `at` is the provider, `on` the day that its status bears."""
        on = day(cells.pop("on", None))
        dated = {"offered_on" if status == "made" else "status_on": on}
        self._say(
            OfferStated, sent, by, on, campaign=int(cells.pop("campaign", CAMPAIGN)), status=status,
            provider="" if status == "none" else cells.pop("at", COLLEGE), course=cells.pop("course", ""),
            offer_type=cells.pop("type", "education").replace("-", " "), **dated, **cells,
        )  # fmt: skip

    def code(self, code: str, sent: str, by: str = SCHOOL, on: str | None = None) -> None:
        self._say(GuaranteeCodeStated, sent, by, day(on), campaign=CAMPAIGN, code=code, status_on=day(on))

    def code_and_none(self, code: str, sent: str, by: str = SCHOOL, on: str | None = None) -> None:
        """One row with a code and the status `none`."""
        self.offer("none", sent, by, on=on, speaks=False)
        number, happened = len(self.acts) - 1, day(on)
        self._say(GuaranteeCodeStated, sent, by, happened, number, campaign=CAMPAIGN, code=code, status_on=happened)

    def enrolment(self, status: str, sent: str, starts: str = "2026-09-01", at: str = COLLEGE, **cells: Any) -> None:
        self._say(
            EnrolmentStated, sent, at, min(date.fromisoformat(starts), date.fromisoformat(sent)), provider=at,
            status=status.replace("-", " "), activity_code=int(cells.pop("code", 230)), starts_on=day(starts),
            ends_on=day(cells.pop("ends", None)), expected_end_on=day(cells.pop("until", None)),
        )  # fmt: skip

    def activity(self, code: str | int, sent: str, starts: str, by: str = "adviser", **cells: Any) -> None:
        """What an adviser, a partner or the young person themself (`self`) says; `at` is employer or provider."""
        self._say(
            ActivityStated, sent, COUNCIL, min(date.fromisoformat(starts), date.fromisoformat(sent)), origin=by,
            provider=cells.pop("at", ""), activity_code=int(code), starts_on=day(starts),
            ends_on=day(cells.pop("ends", None)), expected_end_on=day(cells.pop("until", None)),
            verified_on=day(cells.pop("verified", None)), review_on=day(cells.pop("review", None)),
        )  # fmt: skip

    def refused(self, sent: str, until: str | None = None) -> None:
        self._say(ContactOutcomeStated, sent, COUNCIL, None, outcome="refused", bars=True, rests_until=day(until))

    def answered(self, sent: str) -> None:
        self._say(ContactOutcomeStated, sent, COUNCIL, None, outcome="spoke", bars=False)

    def withdraw(self, act: str | int, sent: str) -> None:
        """The submission of an act, counted from 0, is withdrawn."""
        at = self._act(sent)
        gone = [e for e in self.events if getattr(e, "said", (None,))[0] == int(act)]
        pieces = tuple(Withdrawn(said=event.said, type=type(event).__name__) for event in gone)  # type: ignore[attr-defined]
        self.events.append(
            EvidenceWithdrawn(event_id=uuid5(SPACE, str(at)), source="ingest", recorded_at=at, pieces=pieces)
        )

    def exception(self, op: str, sent: str) -> None:
        at, number = self._act(sent), len(self.acts) - 1
        self.events.append(
            CohortExcepted.model_validate(
                {
                    "event_id": uuid5(SPACE, str(at)),
                    "source": COUNCIL,
                    "recorded_at": at,
                    "said": (number, 0),
                    "campaign": CAMPAIGN,
                    "op": op,
                }
            )
        )

    def freeze(self, sent: str = "2026-06-01", campaign: str | int = CAMPAIGN) -> None:
        at = self._act(sent)
        self.freezes.append((int(campaign), Freeze(len(self.acts) - 1, at)))

    def expects(self, feed: str, due: str, of: str = SCHOOL, sent: str = "2026-05-01") -> None:
        self.expected.append((self._act(sent), (of, feed, CAMPAIGN), date.fromisoformat(due)))

    def returns(self, feed: str, sent: str, by: str = SCHOOL) -> None:
        self.returned.append((self._act(sent), (by, feed, CAMPAIGN), date.fromisoformat(sent)))

    def guided(self, name: str, value: str) -> None:
        self.guidance.append((name, str(CAMPAIGN), value))

    def case(self) -> Case:
        return fold(EMPTY, self.events)

    def control(self, at: datetime = FOR_EVER) -> Control:
        due = {key: on for known, key, on in self.expected if known <= at}
        returned = {key: on for known, key, on in reversed(self.returned) if known <= at}
        facts = {key: ProviderFact(due.get(key), returned.get(key)) for key in due.keys() | returned.keys()}
        freezes = {campaign: freeze for campaign, freeze in self.freezes if freeze.recorded_at <= at}
        rules = replace(RULES, values=(*RULES.values, *self.guidance))
        return Control(frozenset({AUTHORITY}), rules, facts, freezes)

    def decided(self, known_at: str | None = None) -> Decision:
        at = end_of(known_at) if known_at else FOR_EVER
        return decide(self.case(), self.control(at), at)

    def campaign(self, known_at: str | None = None, campaign: int = CAMPAIGN) -> CampaignDecision:
        return self.decided(known_at).campaigns[campaign]

    def _act(self, sent: str) -> datetime:
        self.acts.append((len(self.acts), sent))
        return datetime.combine(date.fromisoformat(sent), time(), LONDON) + timedelta(microseconds=len(self.acts))

    def _say(
        self,
        kind: type[Event],
        sent: str,
        source: str,
        happened: date | None,
        number: int | None = None,
        /,
        **cells: Any,
    ) -> None:
        at = self._act(sent) if number is None else self.events[-1].recorded_at
        said = (len(self.acts) - 1 if number is None else number, 1)
        envelope = {
            "event_id": uuid5(SPACE, f"{said} {kind.__name__}"), "source": source, "young_person_id": PERSON,
            "said": said, "sent_on": day(sent), "happened_on": happened or day(sent), "recorded_at": at,
        }  # fmt: skip
        self.events.append(kind.model_validate(envelope | cells))
