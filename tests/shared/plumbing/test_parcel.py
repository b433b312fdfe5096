"""Is a parcel what the contract promises, and is anything else told from it?"""

import json
from datetime import UTC, datetime, timedelta

import pytest

from shared.plumbing.journal import Head
from shared.plumbing.parcel import BYTES, EVENTS, NotAParcel, Row, pack, unpack

HEAD = Head("evidence", 7)
MOMENT = datetime(2026, 9, 1, 12, tzinfo=UTC)


def rows(many: int, *, of_bytes: int = 60) -> list[Row]:
    text = '{"event_id":"e","type":"DayPassed","version":1,"young_person_id":null,"é":"%s"}'
    return [
        (n, MOMENT + timedelta(microseconds=n), MOMENT, text % ("x" * (of_bytes - 60))) for n in range(11, 11 + many)
    ]


def test_what_is_packed_is_unpacked() -> None:
    message, last = pack("1/2/three", HEAD, rows(3))
    parcel = unpack(message)
    assert (parcel.lineage, parcel.offered.head, last) == ("1/2/three", HEAD, 13)
    assert [entry.seq for entry in parcel.offered.entries] == [11, 12, 13]
    assert parcel.offered.entries[2].document["recorded_at"] == "2026-09-01T12:00:00.000013+00:00"
    assert parcel.offered.entries[2].accepted_at == MOMENT
    assert [json.loads(entry.text) for entry in parcel.offered.entries] == json.loads(message)["events"]
    assert sorted(json.loads(message)) == ["events", "first_seq", "lane", "last_seq", "lineage", "partition"]


@pytest.mark.parametrize("spaces", [None, 1])
def test_a_parcel_that_is_written_otherwise_is_unpacked(spaces: int | None) -> None:
    message, _ = pack("l", HEAD, rows(3))
    otherwise = unpack(json.dumps(json.loads(message), indent=spaces).encode())
    assert [entry.document for entry in otherwise.offered.entries] == json.loads(message)["events"]
    assert otherwise.offered.head == HEAD


@pytest.mark.parametrize("length", range(300, 320))
def test_whose_an_event_is_and_what_it_says_need_not_stand_first(length: int) -> None:
    text = f'{{"source":"{"é" * length}","type":"DayPassed",\n"young_person_id":"7"}}'
    (entry,) = unpack(pack("l", HEAD, [(1, MOMENT, MOMENT, text)])[0]).offered.entries
    assert (entry.type, entry.young_person_id, entry.accepted_at) == ("DayPassed", "7", MOMENT)


def test_a_parcel_is_at_most_500_events() -> None:
    message, last = pack("l", HEAD, rows(EVENTS + 100))
    assert len(unpack(message).offered.entries) == EVENTS
    assert last == 10 + EVENTS


def test_a_parcel_is_at_most_512_kilobytes() -> None:
    message, last = pack("l", HEAD, rows(20, of_bytes=50_000))
    assert BYTES - 60_000 < len(message) < BYTES + 500
    assert last < 30


def test_an_event_that_is_larger_goes_alone() -> None:
    assert pack("l", HEAD, rows(2, of_bytes=600_000))[1] == 11


NONE = {
    "empty": b"",
    "no JSON": b"\xff\x00 hello",
    "a list": b"[1]",
    "a number": b"7",
    "no events": b'{"lineage":"l","lane":"evidence","partition":7,"first_seq":1,"last_seq":0,"events":[]}',
    "events that are none": b'{"lineage":"l","lane":"evidence","partition":7,"first_seq":1,"last_seq":1,"events":[7]}',
    "numbers that do not fit": pack("l", HEAD, rows(3))[0].replace(b'"last_seq":13', b'"last_seq":99'),
    "a partition in words": pack("l", HEAD, rows(3))[0].replace(b'"partition":7', b'"partition":"seven"'),
}


@pytest.mark.parametrize("what", NONE)
def test_it_is_no_parcel(what: str) -> None:
    with pytest.raises(NotAParcel):
        unpack(NONE[what])
