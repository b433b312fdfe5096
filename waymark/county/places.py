"""Where do people live, and what does the postcode directory know of it?"""

from dataclasses import dataclass
from datetime import date
from random import Random

from waymark.county.dates import day

AUTHORITY = "860"
NEIGHBOUR = "861"
DISTRICTS = ("Ostmoor", "Wrendlevale", "Sundermere", "Harthyde", "Calderwyn", "Brackmoss")
NEXT_DOOR = "Yonderham"
INWARD = "ABDEFGHJLNPQRSTUWXYZ"
LONG_AGO = date(2009, 4, 1)


@dataclass(frozen=True, slots=True)
class Entry:
    """One dated row of the directory."""

    postcode: str
    district: str
    authority: str
    from_on: date
    to_on: date | None = None


@dataclass(frozen=True, slots=True)
class Places:
    """The postcodes that people have, and the directory as it is first sent and as it is sent later."""

    here: tuple[str, ...]
    next_door: tuple[str, ...]
    directory: tuple[Entry, ...]
    directory_later: tuple[Entry, ...]


def make_places(random: Random, young_people: int) -> Places:
    """Some postcodes the directory lacks, some it learns of in October, some it used to place next door."""
    number = max(60, young_people // 12)
    here = _postcodes(random, "ST9", number)
    next_door = _postcodes(random, "CV9", max(4, number // 25))
    lacking = max(2, number // 50)
    directory, later = [], []
    for index, postcode in enumerate(here):
        district = DISTRICTS[index % len(DISTRICTS)]
        if index < lacking:
            continue
        if index < 2 * lacking:
            later.append(Entry(postcode, district, AUTHORITY, date(2016, 1, 1)))
        elif index < 3 * lacking:
            directory.append(Entry(postcode, NEXT_DOOR, NEIGHBOUR, LONG_AGO, date(2024, 3, 31)))
            directory.append(Entry(postcode, district, AUTHORITY, date(2024, 4, 1)))
        else:
            directory.append(Entry(postcode, district, AUTHORITY, LONG_AGO))
    directory += [Entry(postcode, NEXT_DOOR, NEIGHBOUR, LONG_AGO) for postcode in next_door]
    later += _moved_next_door(here[-1], DISTRICTS[(len(here) - 1) % len(DISTRICTS)])
    return Places(here, next_door, tuple(directory), tuple(later))


def _moved_next_door(postcode: str, district: str) -> list[Entry]:
    """A boundary that moved on 1 September, as the directory says it in October."""
    return [
        Entry(postcode, district, AUTHORITY, LONG_AGO, day(8, 31)),
        Entry(postcode, NEXT_DOOR, NEIGHBOUR, day(9, 1)),
    ]


def _postcodes(random: Random, area: str, number: int) -> tuple[str, ...]:
    found: dict[str, None] = {}
    while len(found) < number:
        inward = f"{random.randrange(1, 10)}{random.choice(INWARD)}{random.choice(INWARD)}"
        found[f"{area}{random.randrange(10)} {inward}"] = None
    return tuple(found)
