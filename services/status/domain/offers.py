"""Where does each offer stand on a day, and which statement about a person is the latest? (rulebook 3.3 to 3.5, 4)"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum, auto
from typing import NamedTuple

from services.status.domain.order import Place, place
from services.status.domain.timeline import Timeline, timeline
from shared.domain.events import Evidence, GuaranteeCodeStated, OfferStated
from shared.domain.vocabulary import GuaranteeOutcome, OfferStatus, OfferType


class Latest(StrEnum):
    """What the latest statement says, where no offer stands."""

    OFFER_MADE = auto()
    DECLINED = auto()
    NOT_APPROPRIATE = auto()
    WITHDRAWN = auto()
    NO_OFFER = auto()
    NOTHING = auto()


@dataclass(frozen=True, slots=True)
class Statement:
    """Something that was said of a person and stands until a later one."""

    place: Place
    says: Latest

    @property
    def happened_on(self) -> date:
        return self.place[0]


@dataclass(frozen=True, slots=True)
class OfferNews:
    """One change in where one offer stands."""

    place: Place
    status: OfferStatus
    of_learning: bool
    provider: str
    source: str


@dataclass(frozen=True, slots=True)
class Nothing:
    """A `none`: it withdraws every offer that its sender had reported before it, whatever their dates."""

    place: Place
    source: str

    def withdraws(self, news: OfferNews) -> bool:
        return news.source == self.source and news.place[1] < self.place[1]


class Standings(NamedTuple):
    """On one day: the offers of learning that stand, the later the better, and what the latest statement says."""

    accepted: str | None = None
    made: str | None = None
    says: Latest = Latest.NOTHING
    said_of: date | None = None
    """The day on which that happened."""


@dataclass(frozen=True, slots=True)
class Offers:
    """All that a campaign's offers files say of one person."""

    news: Mapping[tuple[str, str], tuple[OfferNews, ...]]
    nothings: tuple[Nothing, ...]
    statements: tuple[Statement, ...]

    def timeline(self) -> Timeline[Standings]:
        return timeline(self._breaks(), lambda day: standings(self, day))

    def _breaks(self) -> set[date]:
        days = {news.place[0] for offer in self.news.values() for news in offer}
        return days | {n.place[0] for n in self.nothings} | {s.happened_on for s in self.statements}


GROUP_SAYS = {
    GuaranteeOutcome.OFFER_MADE: Latest.OFFER_MADE,
    GuaranteeOutcome.NOT_APPROPRIATE: Latest.NOT_APPROPRIATE,
    GuaranteeOutcome.NO_OFFER: Latest.NO_OFFER,
}
FALLEN = {OfferStatus.DECLINED: Latest.DECLINED, OfferStatus.WITHDRAWN: Latest.WITHDRAWN}


def offers(evidence: Iterable[Evidence], campaign: int, groups: Mapping[str, GuaranteeOutcome]) -> Offers:
    """What this evidence (in the order said) says for a campaign; `groups` are those of the guarantee codes."""
    rows = [p for p in evidence if isinstance(p, OfferStated | GuaranteeCodeStated) and p.campaign == campaign]
    fresh = _fresh(rows)
    stated = [row for row in fresh if isinstance(row, OfferStated) and row.status is not OfferStatus.NONE]
    nothings = [row for row in fresh if isinstance(row, OfferStated) and row.status is OfferStatus.NONE]
    news: dict[tuple[str, str], list[OfferNews]] = {}
    for row in stated:
        of_learning = row.offer_type is not OfferType.EMPLOYMENT
        news.setdefault(_key(row), []).append(OfferNews(place(row), row.status, of_learning, row.provider, row.source))
    return Offers(
        {key: tuple(sorted(offer, key=lambda n: n.place)) for key, offer in news.items()},
        tuple(Nothing(place(row), row.source) for row in nothings),
        tuple(sorted(_spoken(fresh, groups), key=lambda s: s.place)),
    )


def standings(all_offers: Offers, day: date) -> Standings:
    """Where everything stands as at a day."""
    nothings = [nothing for nothing in all_offers.nothings if nothing.place[0] <= day]
    accepted: OfferNews | None = None
    made: OfferNews | None = None
    latest = next((s for s in reversed(all_offers.statements) if s.happened_on <= day), None)
    for offer in all_offers.news.values():
        stands = _stands(offer, nothings, day)
        if stands is None or not stands.of_learning:
            continue
        if stands.status is OfferStatus.ACCEPTED:
            accepted = _later(accepted, stands)
        elif stands.status is OfferStatus.MADE:
            made = _later(made, stands)
        elif latest is None or latest.place < stands.place:
            latest = Statement(stands.place, FALLEN[stands.status])
    happened = (latest.says, latest.happened_on) if latest else (Latest.NOTHING, None)
    return Standings(_provider(accepted), _provider(made), *happened)


def _provider(offer: OfferNews | None) -> str | None:
    return None if offer is None else offer.provider


def _later(one: OfferNews | None, other: OfferNews) -> OfferNews:
    return other if one is None or one.place < other.place else one


def _stands(offer: Sequence[OfferNews], nothings: Sequence[Nothing], day: date) -> OfferNews | None:
    """The last evidence about one offer by that day that no `none` has withdrawn."""
    seen = (news for news in reversed(offer) if news.place[0] <= day)
    return next((news for news in seen if not any(nothing.withdraws(news) for nothing in nothings)), None)


def _key(row: OfferStated) -> tuple[str, str]:
    return row.provider, row.course


def _spoken(
    rows: Iterable[OfferStated | GuaranteeCodeStated], groups: Mapping[str, GuaranteeOutcome]
) -> list[Statement]:
    """What codes and `none` say. A sender's code replaces that sender's earlier one; one not recorded hides nothing."""
    statements = []
    for row in rows:
        if isinstance(row, OfferStated):
            if row.status is OfferStatus.NONE and row.speaks:
                statements.append(Statement(place(row), Latest.NO_OFFER))
        elif (says := GROUP_SAYS.get(groups[row.code])) is not None:
            statements.append(Statement(place(row), says))
    return statements


def _fresh(rows: Sequence[OfferStated | GuaranteeCodeStated]) -> list[OfferStated | GuaranteeCodeStated]:
    """The rows that say something new: not what their sender's latest row for that key already says (rulebook 3.5)."""
    latest: dict[tuple[str, object], tuple[object, ...]] = {}
    fresh = []
    for row in rows:
        key, content = (row.source, _thing(row)), _content(row)
        if latest.get(key) == content:
            continue
        fresh.append(row)
        latest[key] = content
        if isinstance(row, OfferStated):
            _supersede(latest, row, content)
    return fresh


def _supersede(
    latest: dict[tuple[str, object], tuple[object, ...]], row: OfferStated, content: tuple[object, ...]
) -> None:
    """`none` is its sender's latest row for each offer that it withdraws, and an offer row for `none`."""
    if row.status is OfferStatus.NONE:
        for sender, thing in list(latest):
            if sender == row.source and isinstance(thing, tuple):
                latest[sender, thing] = content
    else:
        latest[row.source, OfferStatus.NONE] = content


def _thing(row: OfferStated | GuaranteeCodeStated) -> object:
    if isinstance(row, GuaranteeCodeStated):
        return "code"
    return OfferStatus.NONE if row.status is OfferStatus.NONE else _key(row)


def _content(row: OfferStated | GuaranteeCodeStated) -> tuple[object, ...]:
    if isinstance(row, GuaranteeCodeStated):
        return row.code, row.status_on
    speaks = row.speaks or row.status is not OfferStatus.NONE
    return (
        row.status, speaks, row.offer_type, row.provider, row.course,
        row.offered_on, row.starts_on, row.status_on,
    )  # fmt: skip
