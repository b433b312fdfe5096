"""What do a county's files say, by the pure core alone? The plan is played in memory, act by act."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

from services.ingest import tables as ingest_tables
from services.ingest.domain.contents import campaign_of, contents
from services.ingest.domain.evidence import Directories, Sending, evidence
from services.ingest.domain.mapping import activity_code
from services.ingest.domain.matching import Act, Match, MatchRow, replay
from services.ingest.domain.postcodes import Postcodes
from services.ingest.domain.providers import Providers
from services.ingest.domain.rows import ExpectationRow, PersonRow
from services.ingest.domain.sheet import Sheet, read
from services.ingest.domain.tables import Tables
from services.status import tables as status_tables
from services.status.domain.case import EMPTY, Case, fold
from services.status.domain.control import Control, Freeze, ProviderFact, ReturnKey
from services.status.domain.rules import Rules
from shared.domain.events import (
    CohortExcepted,
    CohortFrozen,
    DayPassed,
    Event,
    Evidence,
    EvidenceWithdrawn,
    Expectation,
    ExpectationsSet,
    Said,
    SubmissionReturned,
    Withdrawn,
)
from shared.domain.vocabulary import COUNCIL, Feed

LONDON = ZoneInfo("Europe/London")
AUTHORITIES = ("860",)
DIRECTORY_FEEDS = (Feed.ESTABLISHMENTS, Feed.POSTCODES, Feed.EXPECTATIONS)
Key = tuple[Said, str]
Step = dict[str, Any]
Names = tuple[str | None, str | None]
"""The latest sound UPN, else the latest as sent; the latest sound ULN."""


@dataclass(slots=True)
class Submitted:
    """One submission that was accepted, with its typed rows."""

    number: int
    feed: Feed
    sending: Sending
    rows: Sequence[object]
    match_rows: Sequence[MatchRow]
    numbers: Sequence[int] = ()
    """Of every row that the file has, in its order."""
    stands: bool = True


@dataclass(slots=True, eq=False)
class Played:
    """The whole county as ingest would hold it, and everything that it has said."""

    folder: Path
    tables: Tables
    rules: Rules
    today: date = date.min
    order: int = 0
    providers: Providers = field(default_factory=Providers)
    postcodes: Postcodes = field(default_factory=Postcodes)
    submissions: dict[int, Submitted] = field(default_factory=dict)
    said: dict[Key, Evidence] = field(default_factory=dict)
    matches: dict[Said, Match | None] = field(default_factory=dict)
    cases: dict[str, Case] = field(default_factory=dict)
    made_by: dict[Said, str] = field(default_factory=dict)
    by_upn: dict[str, list[str]] = field(default_factory=dict)
    """Whoever was ever known by a sound UPN: they come again under it."""
    taken: set[str] = field(default_factory=set)
    expectations: list[tuple[datetime, ReturnKey, date]] = field(default_factory=list)
    returns: list[tuple[datetime, ReturnKey, date | None]] = field(default_factory=list)
    freezes: list[tuple[datetime, int, Freeze]] = field(default_factory=list)
    act: list[Event] = field(default_factory=list)
    log: list[tuple[date, list[Event]]] = field(default_factory=list)
    """Everything that ingest would say, act by act, with the business date of each."""
    names: list[tuple[datetime, dict[str, Names]]] = field(default_factory=list)

    def stamp(self) -> datetime:
        self.order += 1
        return datetime.combine(self.today, time(), LONDON) + timedelta(microseconds=self.order)

    def play(self, plan: Sequence[Step]) -> None:
        for index, step in enumerate(plan):
            self.act = []
            getattr(self, f"_{step['action']}")(index, step)
            self.log.append((self.today, self.act))

    def _advance(self, index: int, step: dict[str, str]) -> None:
        self.today, self.order = date.fromisoformat(step["date"]), 0
        self._control(DayPassed, index, happened_on=self.today, day=self.today)

    def _submit(self, index: int, step: dict[str, object]) -> None:
        feed = Feed(str(step["feed"]))
        sheet = read((self.folder / str(step["file"])).read_bytes(), feed, self.tables)
        assert isinstance(sheet, Sheet), (step, sheet)
        campaign = int(str(step.get("campaign") or campaign_of(feed, self.today)))
        parsed = contents(sheet, self.tables, today=self.today, campaign=campaign, provider_of=self.providers.resolve)
        assert parsed.rows, (step, parsed.problems)
        self._accept(index, feed, str(step["provider"]), campaign, parsed.rows)
        self.submissions[index].numbers = [number for number, _ in sheet.records]

    def _accept(self, number: int, feed: Feed, provider: str, campaign: int, rows: Sequence[object]) -> None:
        at, known = self.stamp(), self.providers.known(provider)
        sender = COUNCIL if provider == COUNCIL else known.laestab  # type: ignore[union-attr]
        sending = Sending(
            uuid5(NAMESPACE_URL, str(number)), number, self.today, campaign, sender, known.kind if known else None
        )
        matched = [] if feed in DIRECTORY_FEEDS else [_match_row(number, feed, row) for row in rows]
        self.submissions[number] = Submitted(number, feed, sending, rows, matched)
        self._directories(feed, rows, at)
        self._say(at)
        self._returned((sender, feed, campaign), at)

    def _directories(self, feed: Feed, rows: Sequence[object], at: datetime) -> None:
        for row in rows:
            if feed is Feed.ESTABLISHMENTS:
                self.providers.add(row)  # type: ignore[arg-type]
            elif feed is Feed.POSTCODES:
                self.postcodes.add(row)  # type: ignore[arg-type]
            elif isinstance(row, ExpectationRow):
                key = (self.providers.resolve(row.provider, None), row.feed, row.campaign)
                self.expectations.append((at, key, row.due_on))
        if feed is Feed.EXPECTATIONS:
            self._control(
                ExpectationsSet,
                at,
                expectations=[
                    _expectation(*key, due_on=due_on) for stamp, key, due_on in self.expectations if stamp == at
                ],
            )

    def _withdraw(self, index: int, step: dict[str, int]) -> None:
        submitted, at = self.submissions[step["step"]], self.stamp()
        submitted.stands = False
        self._say(at)
        self._returned((submitted.sending.sender, submitted.feed, submitted.sending.campaign), at)

    def _freeze(self, index: int, step: dict[str, int]) -> None:
        at = self.stamp()
        self.freezes.append((at, step["campaign"], Freeze(index, at)))
        self._control(CohortFrozen, index, campaign=step["campaign"], number=index)

    def _except(self, index: int, step: dict[str, object]) -> None:
        who = next(match.young_person_id for row, match in self._matched() if row.identity.upn == step["upn"])
        event = CohortExcepted.model_validate({
            "event_id": uuid5(NAMESPACE_URL, f"except {index}"), "source": COUNCIL, "young_person_id": who,
            "said": (index, 0), "campaign": step["campaign"], "op": step["op"],
            "recorded_at": self.stamp(), "happened_on": self.today,
        })  # fmt: skip
        self._tell(who, [event])

    def _matched(self) -> Iterator[tuple[MatchRow, Match]]:
        for submitted in self.submissions.values():
            for row in submitted.match_rows:
                if submitted.stands and (match := self.matches.get(row.said)) is not None:
                    yield row, match

    def _returned(self, key: ReturnKey, at: datetime) -> None:
        days = [
            s.sending.sent_on
            for s in self.submissions.values()
            if s.stands and (s.sending.sender, s.feed, s.sending.campaign) == key
        ]
        before = next((day for _, returned, day in reversed(self.returns) if returned == key), None)
        self.returns.append((at, key, min(days, default=None)))
        if min(days, default=None) != before:
            provider, feed, campaign = key
            returned = {
                "provider": provider,
                "feed": feed,
                "campaign": campaign,
                "returned_on": min(days, default=None),
            }
            self._control(SubmissionReturned, at, **returned)

    def _new_person(self, row: MatchRow) -> str:
        before = (self.made_by.get(row.said), *self.by_upn.get(row.identity.sound_upn or "", ()))
        who = next((one for one in before if one and one not in self.taken), str(1000 + len(self.made_by)))
        self.taken.add(who)
        self.made_by[row.said] = who
        return who

    def _say(self, at: datetime) -> None:
        """Match all that stands from nothing, and tell the difference to what was said before."""
        acts = [Act(s.number, s.feed is Feed.COHORT, s.match_rows) for s in self.submissions.values() if s.stands]
        self.taken = set()
        self.matches = replay(acts, self._new_person)
        self._enter_upns()
        directories = Directories(
            self.providers, self.postcodes, AUTHORITIES, lambda row, kind: activity_code(row, kind, self.tables.mapping)
        )
        now: dict[Key, Evidence] = {}
        for submitted in self.submissions.values():
            for row in submitted.rows if submitted.stands and submitted.match_rows else ():
                match = self.matches[submitted.number, row.number]  # type: ignore[attr-defined]
                if match is not None:
                    pieces = evidence(row, match.young_person_id, submitted.sending, directories)  # type: ignore[arg-type]
                    now |= {(piece.said, type(piece).__name__): piece for piece in pieces}
        self._difference(now, at)
        self.names.append((at, self._names()))

    def _enter_upns(self) -> None:
        for row, match in self._matched():
            known = self.by_upn.setdefault(row.identity.sound_upn, []) if row.identity.sound_upn else None
            if known is not None and match.young_person_id not in known:
                known.append(match.young_person_id)

    def _names(self) -> dict[str, Names]:
        """By which identifiers each person is known, from all matched rows that stand, the last accepted the last."""
        sound, sent, ulns = dict[str, str](), dict[str, str](), dict[str, str]()
        for row, match in self._matched():
            who, identity = match.young_person_id, row.identity
            if identity.upn:
                (sound if identity.upn_sound else sent)[who] = identity.upn
            if identity.sound_uln and match.gives_uln:
                ulns[who] = identity.sound_uln
        return {who: (sound.get(who, sent.get(who)), ulns.get(who)) for who in self.cases}

    def identified(self, known_at: datetime) -> dict[str, Names]:
        """The identifiers of everyone as known at a moment."""
        return next(names for at, names in reversed(self.names) if at <= known_at)

    def _difference(self, now: dict[Key, Evidence], at: datetime) -> None:
        told: dict[str, list[Event]] = {}
        for key, old in self.said.items():
            if key not in now or now[key].young_person_id != old.young_person_id:
                gone = Withdrawn(said=key[0], type=key[1])
                told.setdefault(str(old.young_person_id), []).append(_withdrawn(old, gone, at))
        for key, new in now.items():
            if self.said.get(key) != new:
                told.setdefault(str(new.young_person_id), []).append(new.model_copy(update={"recorded_at": at}))
        self.said = now
        for who, events in told.items():
            self._tell(who, events)

    def _control(self, kind: type[Event], index: object, **fields: object) -> None:
        envelope = {"event_id": uuid5(NAMESPACE_URL, f"{kind.__name__} {index}"), "source": "ingest"}
        self.act.append(kind.model_validate({**envelope, **fields}))

    def _tell(self, who: str, events: Sequence[Event]) -> None:
        self.act += [event.model_copy(update={"recorded_at": None}) for event in events]
        self.cases[who] = fold(self.cases.get(who, EMPTY), events)

    def control(self, known_at: datetime) -> Control:
        """Everything beside the evidence that was known by a moment."""
        facts: dict[ReturnKey, ProviderFact] = {}
        returned = {key: day for at, key, day in self.returns if at <= known_at}
        due = {key: day for at, key, day in self.expectations if at <= known_at}
        for key in returned.keys() | due.keys():
            facts[key] = ProviderFact(due.get(key), returned.get(key))
        freezes = {campaign: freeze for at, campaign, freeze in self.freezes if at <= known_at}
        return Control(frozenset(AUTHORITIES), self.rules, facts, freezes)


def _withdrawn(old: Evidence, gone: Withdrawn, at: datetime) -> EvidenceWithdrawn:
    return EvidenceWithdrawn(
        event_id=uuid5(old.event_id, str(at)),
        source="ingest",
        young_person_id=old.young_person_id,
        recorded_at=at,
        pieces=(gone,),
    )


def _expectation(provider: str, feed: str, campaign: int, due_on: date) -> Expectation:
    return Expectation(provider=provider, feed=feed, campaign=campaign, due_on=due_on)


def _match_row(number: int, feed: Feed, row: PersonRow) -> MatchRow:
    return MatchRow((number, row.number), row.identity, feed is Feed.COHORT, getattr(row, "young_person_id", None))


def played(folder: Path, plan: Sequence[Step] | None = None) -> Played:
    """The county after all of its plan, or of another one with its files."""
    county = Played(folder, ingest_tables.load(), status_tables.load())
    county.play(plan_of(folder) if plan is None else plan)
    return county


def plan_of(folder: Path) -> list[Step]:
    found: list[Step] = json.loads((folder / "plan.json").read_text("utf-8"))
    return found


def end_of(day: date) -> datetime:
    """The last moment of a day in England."""
    return datetime.combine(day + timedelta(days=1), time(), LONDON) - timedelta(microseconds=1)
