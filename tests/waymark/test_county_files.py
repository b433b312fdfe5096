"""Do ingest's own readers see in a county's files what the county meant, and does matching find the truth?"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest

from services.ingest import tables as ingest_tables
from services.ingest.domain.contents import Parsed, campaign_of, contents
from services.ingest.domain.matching import Act, MatchRow, replay
from services.ingest.domain.providers import Providers
from services.ingest.domain.rows import EstablishmentRow
from services.ingest.domain.sheet import Sheet, read
from shared.domain.vocabulary import Feed
from waymark.county.generate import CountyYear, generate_county

OF_PEOPLE = (Feed.COHORT, Feed.OFFERS, Feed.ENROLMENTS, Feed.ACTIVITIES)


@dataclass
class Reading:
    """One file as ingest reads it, and whose each of its rows is by the truth."""

    step: dict[str, Any]
    feed: Feed
    sheet: Sheet
    parsed: Parsed
    whose: dict[int, str | None]
    stands: bool = True


@dataclass
class Read:
    year: CountyYear
    by_step: dict[int, Reading] = field(default_factory=dict)

    def rows(self, feed: Feed) -> Iterator[Any]:
        for reading in self.by_step.values():
            if reading.feed is feed:
                yield from reading.parsed.rows


def read_all(seed: int) -> Read:
    found = Read(generate_county(seed=seed, young_people=500))
    tables, providers = ingest_tables.load(), Providers()
    for index, step in enumerate(found.year.plan):
        if step["action"] == "withdraw":
            found.by_step[step["step"]].stands = False
        if step["action"] == "submit":
            feed, today = Feed(step["feed"]), date.fromisoformat(step["date"])
            sheet = read(found.year.files[step["file"]], feed, tables)
            assert isinstance(sheet, Sheet), step["file"]
            campaign = step.get("campaign") or campaign_of(feed, today)
            parsed = contents(sheet, tables, today=today, campaign=campaign, provider_of=providers.resolve)
            for row in parsed.rows:
                if isinstance(row, EstablishmentRow):
                    providers.add(row)
            people = found.year.truth.get(step["file"], [None] * len(sheet.records))
            whose = dict(zip((number for number, _ in sheet.records), people, strict=True))
            found.by_step[index] = Reading(step, feed, sheet, parsed, whose)
    return found


@pytest.fixture(scope="module")
def county() -> Read:
    return read_all(8)


def test_every_file_is_read_and_only_what_is_nobodys_is_rejected(county: Read) -> None:
    for reading in county.by_step.values():
        rejected = set(reading.parsed.rejected)
        if reading.feed in OF_PEOPLE:
            assert rejected == {number for number, person in reading.whose.items() if person is None}
        else:
            assert not rejected


@pytest.mark.parametrize("seed", [8, 21, 22])
def test_each_row_that_stands_is_matched_to_its_person_or_waits_where_nobody_knows_them(seed: int) -> None:
    found = read_all(seed)
    acts = [
        Act(index, reading.feed is Feed.COHORT, list(_match_rows(index, reading)))
        for index, reading in found.by_step.items()
        if reading.stands and reading.feed in OF_PEOPLE
    ]
    numbers: dict[Any, str] = {}
    matches = replay(acts, lambda row: numbers.setdefault(row.said, str(len(numbers))))
    matched: dict[str | None, set[str | None]] = {}
    for (index, number), match in matches.items():
        person = found.by_step[index].whose[number]
        matched.setdefault(person, set()).add(match.young_person_id if match else None)
    assert all(len(found_as) == 1 for found_as in matched.values())
    known = [next(iter(found_as)) for found_as in matched.values() if found_as != {None}]
    assert len(known) == len(set(known)) == 525
    strangers = [person for person, found_as in matched.items() if found_as == {None}]
    assert len(strangers) == 8


def _match_rows(index: int, reading: Reading) -> Iterator[MatchRow]:
    for row in reading.parsed.rows:
        yield MatchRow((index, row.number), row.identity, reading.feed is Feed.COHORT, None)  # type: ignore[attr-defined]


def test_files_look_as_if_everybody_had_a_spreadsheet_of_their_own(county: Read) -> None:
    contents_ = [county.year.files[reading.step["file"]] for reading in county.by_step.values()]
    headers = [content.split(b"\n", 1)[0] for content in contents_]
    assert {mark for mark in (b",", b";", b"\t") if any(header.count(mark) > 3 for header in headers)} == {
        b",", b";", b"\t",
    }  # fmt: skip
    assert any(content.startswith(b"\xef\xbb\xbf") for content in contents_)
    assert any(b"\xe9" in content and not _is_utf_8(content) for content in contents_)
    assert any(reading.sheet.notes for reading in county.by_step.values())
    assert any(reading.parsed.copies for reading in county.by_step.values())
    assert any(b"as at" in header for header in headers)
    assert (
        len({heading.strip().casefold() for reading in county.by_step.values() for heading in reading.sheet.headings})
        > 100
    )


def _is_utf_8(content: bytes) -> bool:
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True


def test_people_come_and_go_in_every_way(county: Read) -> None:
    rows = list(county.rows(Feed.COHORT))
    assert {row.cohort_status for row in rows} >= {"P", "A", "T", "E", "M", "D", "L"}
    assert any(row.joined_on for row in rows)
    assert {row.year_group for row in rows} == {11, 12}
    assert {row.sen for row in rows} == {"N", "K", "E"}


def test_offers_take_every_turn(county: Read) -> None:
    rows = list(county.rows(Feed.OFFERS))
    said = Counter(str(row.status) for row in rows)
    assert len(said) >= 6, said
    assert any(row.provider_name and not row.provider_id for row in rows)
    assert {row.guarantee_code for row in rows if row.guarantee_code} >= {"110", "123", "140", "154"}


def test_enrolments_take_every_turn(county: Read) -> None:
    rows = list(county.rows(Feed.ENROLMENTS))
    assert len({str(row.status) for row in rows}) == 4
    assert {row.ends_on for row in rows} >= {date(2026, 10, 31), date(2026, 11, 1), date(2026, 11, 2)}
    assert {row.starts_on for row in rows} >= {date(2026, 10, 31), date(2026, 11, 1), date(2026, 11, 2)}


def test_advisers_partners_and_young_people_themselves_are_heard(county: Read) -> None:
    rows = list(county.rows(Feed.ACTIVITIES))
    assert len({str(row.origin) for row in rows}) == 3
    assert any(row.review_on for row in rows)


def test_rows_name_their_person_by_every_kind_of_number_and_name(county: Read) -> None:
    named = [row.identity for feed in OF_PEOPLE for row in county.rows(feed)]
    assert any(one.upn and not one.upn_sound for one in named)
    assert any(one.uln == "9999999999" for one in named)
    assert any(one.uln and not one.uln_sound and one.uln != "9999999999" for one in named)
    assert any(one.sound_uln and not one.surname and not one.upn for one in named)
    assert any(one.surname and not one.upn and not one.uln for one in named)


def test_some_rows_come_before_the_first_cohort_row_of_their_person(county: Read) -> None:
    known: set[str | None] = set()
    early: list[Any] = []
    for reading in county.by_step.values():
        known |= {person for person in reading.whose.values() if reading.feed is Feed.COHORT}
        early += [row.identity for row in reading.parsed.rows if reading.whose[row.number] not in known | {None}]
    assert any(one.upn and not one.surname for one in early)
    assert any(one.uln and not one.surname and not one.upn for one in early)
    assert any(one.surname and not one.upn and not one.uln for one in early)
