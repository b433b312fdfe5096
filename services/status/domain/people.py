"""Where does somebody live, and what is true of them, as at a day? (rulebook 1.2, 7.1)"""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from services.status.domain.sightings import Entry, Sightings
from shared.domain.events import CohortRowStated, Residence

DAY = timedelta(days=1)
ELSEWHERE = Residence()


@dataclass(frozen=True, slots=True)
class Home:
    """Where they live on a day; `resident` is whether that is in the authority's area, a believed sender included."""

    district: str | None
    resident: bool


Content = Callable[[CohortRowStated], Hashable]


def _news(entries: Sequence[Entry], content: Content) -> Sightings:
    """The entries that do not repeat what their sender already says."""
    said: dict[str, Hashable] = {}
    news = []
    for entry in sorted(entries, key=lambda entry: entry.row.said):
        if said.get(entry.row.establishment, ELSEWHERE) != content(entry.row):
            said[entry.row.establishment] = content(entry.row)
            news.append(entry)
    return Sightings.of(news)


def _speaking(news: Sightings, day: date) -> CohortRowStated | None:
    """The row that speaks last of something on a day; the first one holds before itself."""
    seen = [entry for entry in news if entry.seen_on <= day]
    return (seen[-1] if seen else news[0]).row if news else None


def _homes(entries: Sequence[Entry]) -> Sightings:
    return _news(entries, lambda row: (row.residence, row.believed))


def _traits(entries: Sequence[Entry]) -> Sightings:
    return _news(
        entries,
        lambda row: (row.sex, row.ethnicity, row.sen, row.characteristics, row.level_of_need, row.roni_band),
    )


def home(sightings: Sightings, day: date, authorities: frozenset[str]) -> Home:
    row = _speaking(sightings.once(_homes), day)
    if row is None:
        return Home(None, resident=False)
    if row.believed:
        return Home(None, resident=True)
    at = [place for place in row.residence if _holds(place, day)]
    if not at:
        return Home(None, resident=True)
    return Home(at[-1].district, at[-1].authority in authorities)


def _holds(place: Residence, day: date) -> bool:
    return (place.from_on is None or place.from_on <= day) and (place.to_on is None or day <= place.to_on)


def home_breaks(entries: Sequence[Entry]) -> set[date]:
    places = [place for entry in entries for place in entry.row.residence]
    return {p.from_on for p in places if p.from_on} | {p.to_on + DAY for p in places if p.to_on}


def details(sightings: Sightings, day: date) -> CohortRowStated | None:
    """The row whose sex, ethnicity, SEN provision and characteristics hold on that day."""
    return _speaking(sightings.once(_traits), day)


def continuing(sightings: Sightings, day: date) -> bool:
    """Is their course recorded as going on past 31 August? Of a campaign's rows by that day, the latest that says."""
    return sightings.on(day, _continuing)


def _continuing(seen: Sequence[Entry]) -> bool:
    stated = _news([entry for entry in seen if entry.row.continuing is not None], lambda row: row.continuing)
    return bool(stated) and bool(stated[-1].row.continuing)
