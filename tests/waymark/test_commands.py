"""What is printed, on which stream and with which exit code, by each command that asks the system?"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.waymark.conftest import Typed
from tests.waymark.front_door import Door
from waymark.__main__ import main

CAMPAIGN = {
    "campaign": 2026,
    "year_group": 11,
    "establishment": "8604000",
    "frozen": True,
    "live": True,
    "guarantee": {"outcome": "OFFER_MADE", "row": "SG11", "because": "They have accepted an offer of learning."},
    "participation": {
        "group": "PARTICIPATING",
        "activity_code": 230,
        "confirmed": True,
        "lapses_on": "2027-08-31",
        "because": "A college confirms that they are enrolled.",
    },
    "need": {"row": "OR33", "because": "We do not know.", "points": [{"name": "need", "points": 30}], "priority": 30},
}
PERSON = {
    "young_person_id": "41",
    "campaigns": [CAMPAIGN],
    "evidence": [
        {
            "happened_on": "2026-09-03",
            "recorded_at": "2026-09-10T00:00:00+01:00",
            "type": "EnrolmentStated",
            "source": "10003000",
        }
    ],
}
CELL = {"year_group": 11, "frozen": 1200, "live": 1190, "offer_made": 1128, "percent_offer_made": "94.0"}
GUARANTEE = {"campaign": 2026, "as_at": "2026-10-20", "known_at": "2026-10-20T00:00:00.000001+01:00", "cells": [CELL]}


@pytest.fixture
def csv(tmp_path: Path) -> str:
    file = tmp_path / "cohort.csv"
    file.write_text("UPN,Surname\nF860400019001,Calden\n")
    return str(file)


def test_an_accepted_file_is_said_with_its_counts(typed: Typed, csv: str) -> None:
    code, said, complained = typed("submit", "--feed", "cohort", "--provider", "8604000", csv)
    assert (code, complained) == (0, "")
    assert "Submission 1: accepted" in said
    assert "1 rows: 1 accepted, 0 unchanged, 0 unmatched, 0 rejected" in said


def test_without_waiting_it_is_still_being_checked(typed: Typed, csv: str) -> None:
    code, said, _ = typed("submit", "--feed", "cohort", "--provider", "8604000", csv, "--no-wait", "--json")
    assert (code, json.loads(said)["state"]) == (0, "checking")


@pytest.mark.parametrize(
    ("state", "fault", "code"),
    [("accepted", "no-rows", 0), ("held", "no-rows", 1), ("refused", "no-rows", 2), ("refused", "not-read", 3)],
)
def test_the_exit_code_of_a_file_is_its_verdict(
    typed: Typed, door: Door, csv: str, state: str, fault: str, code: int
) -> None:
    problem = {"row": None, "column": None, "code": fault, "severity": "mend", "message": "There is no row."}
    door.answers["/submissions"] = {"submission_id": "1", "state": state, "rows": 0, "problems": [problem]}
    left, said, complained = typed("submit", "--feed", "cohort", "--provider", "8604000", csv, "--json")
    assert left == code
    assert json.loads(said)["state"] == state
    assert complained.strip() == ("" if code == 0 else "There is no row.")


def test_problems_are_a_table_of_rows_and_columns(typed: Typed, door: Door) -> None:
    problem = {"row": 4, "column": "DOB", "code": "date-impossible", "severity": "mend", "message": "No such day."}
    door.answers["/submissions/7"] = {"submission_id": "7", "state": "accepted", "rows": 1, "problems": [problem] * 60}
    _, said, _ = typed("submission", "7")
    assert "  4  DOB     No such day." in said
    assert "and 10 more" in said


def test_taking_back_needs_a_reason(typed: Typed, csv: str) -> None:
    typed("submit", "--feed", "cohort", "--provider", "8604000", csv)
    assert typed("submission", "1", "--withdraw")[0] == 2
    code, said, _ = typed("submission", "1", "--withdraw", "--reason", "last year's")
    assert (code, "withdrawn" in said) == (0, True)


def test_what_has_not_settled_is_an_answer_too(typed: Typed, door: Door) -> None:
    late = {"settled": False, "watermark": None, "behind": [{"reader": "outreach", "seconds": 4.5}]}
    door.answers["/settle"] = late
    code, said, complained = typed("settle", "--timeout", "1")
    assert code == 1
    assert "outreach" in said
    assert "Not everything" in complained
    door.answers["/settle"] = {**late, "parked": [{"young_person_id": "41"}]}
    assert typed("settle")[2].strip() == "1 young people are not up to date: 41."
    door.answers["/settle"] = {"settled": True, "watermark": "2026-10-20T00:00:00.000009+01:00", "behind": []}
    assert typed("settle")[:2] == (0, "Settled: everything recorded by 20 October 2026, 00:00:00 has passed through.\n")


def test_a_difference_from_the_recount_is_one(typed: Typed, door: Door) -> None:
    checked = {"watermark": "2026-10-20T00:00:00+01:00", "checked": {"people": 2000, "queue": 300}, "differences": []}
    door.answers["/verify"] = checked
    assert "2,000 people, 300 queue compared" in typed("verify")[1]
    difference = {"what": "cell", "young_person_ids": ["41"], "stored": 2, "recount": 1}
    door.answers["/verify"] = {**checked, "differences": [difference]}
    assert typed("verify")[0] == 1


def test_dates_are_said_in_words(typed: Typed) -> None:
    assert typed("calendar", "advance", "--to", "2026-10-20")[1] == "It is now 20 October 2026.\n"


def test_a_date_that_is_none_is_refused_before_anything_is_asked(typed: Typed, door: Door) -> None:
    code, said, complained = typed("calendar", "advance", "--to", "31.10.2026", "--json")
    assert code == 2
    assert "write it as 2026-10-20" in complained
    assert "detail" in json.loads(said)
    assert not door.asked


def test_the_cohort_is_frozen_and_excepted(typed: Typed, door: Door) -> None:
    assert typed("cohort", "freeze", "--campaign", "2026")[1] == "Campaign 2026 is frozen with 3 young people.\n"
    code, said, _ = typed("cohort", "except", "--campaign", "2026", "--remove", "41", "--reason", "in error")
    assert (code, said) == (0, "Young person 41 is left out in campaign 2026.\n")
    assert door.bodies("/cohorts/2026/exceptions") == [{"young_person_id": "41", "op": "remove", "reason": "in error"}]
    assert typed("cohort", "except", "--campaign", "2026", "--reason", "nobody")[0] == 2


def test_the_ledger_lists_who_came_and_went(typed: Typed, door: Door) -> None:
    entry = {"young_person_id": "41", "change": -1, "on": "2026-06-20", "reason": "moved away", "exception": False}
    door.answers["/cohorts/2026/ledger"] = {"campaign": 2026, "frozen": 300, "live": 299, "entries": [entry]}
    said = typed("cohort", "ledger", "--campaign", "2026")[1]
    assert "300 frozen, 299 live" in said
    assert "41  20 June 2026" in said


def test_a_person_is_shown_with_reasons_and_evidence(typed: Typed, door: Door) -> None:
    door.answers["/young-people/41?as_at=2026-10-20"] = PERSON
    said = typed("person", "41", "--as-at", "2026-10-20")[1]
    assert "OFFER_MADE (SG11): They have accepted an offer of learning." in said
    assert "activity 230, confirmed, lapses on 31 August 2027" in said
    assert "priority 30: 30 need" in said
    assert "3 September 2026" in said


def test_people_are_listed_one_document_a_line(typed: Typed, door: Door) -> None:
    lines = "\n".join(json.dumps({"young_person_id": str(n), "campaigns": [CAMPAIGN]}) for n in (1, 2))
    door.answers["/young-people?campaign=2026"] = (200, lines.encode())
    _, said, _ = typed("people", "list", "--campaign", "2026", "--json")
    assert [json.loads(line)["young_person_id"] for line in said.splitlines()] == ["1", "2"]
    assert "2026: Year 11, 8604000, OFFER_MADE, PARTICIPATING" in typed("people", "list", "--campaign", "2026")[1]


def test_finding_needs_a_number_or_a_whole_name(typed: Typed) -> None:
    assert typed("people", "find")[0] == 2
    assert typed("people", "find", "--surname", "Calden")[0] == 2
    assert typed("people", "find", "--upn", "F860400019001")[1] == "Young person 41\n"


def test_the_queue_says_how_many_and_why(typed: Typed, door: Door) -> None:
    entry = {"young_person_id": "41", "priority": 55, "need": "OR30", "because": "They are not in learning."}
    door.answers["/queue?limit=5&school=8604000"] = {"as_at": "2026-10-20", "total": 1204, "entries": [entry]}
    said = typed("queue", "--limit", "5", "--school", "8604000")[1]
    assert "1,204 young people to contact on 20 October 2026" in said
    assert "OR30  They are not in learning." in said


def test_a_report_is_an_aligned_table_with_percentages(typed: Typed, door: Door) -> None:
    door.answers["/reports/guarantee?campaign=2026&closing=true&by=year_group"] = GUARANTEE
    lines = typed("report", "guarantee", "--campaign", "2026", "--closing", "--by", "year_group")[1].splitlines()
    assert lines[0] == "Campaign 2026 as at 20 October 2026, known at 20 October 2026, 00:00:00"
    assert lines[2:] == [
        "Year group  Frozen   Live  Offer made  Percent offer made",
        "        11   1,200  1,190       1,128               94.0%",
    ]


@pytest.mark.parametrize(
    "words",
    [
        ("guarantee", "--campaign", "2026", "--by", "height"),
        ("guarantee", "--campaign", "2026", "--population", "live"),
        ("participation", "--campaign", "2026", "--closing"),
        ("participation",),
    ],
)
def test_a_report_that_cannot_be_is_refused_before_it_is_asked(
    typed: Typed, door: Door, words: tuple[str, ...]
) -> None:
    assert typed("report", *words)[0] == 2
    assert not door.asked


def test_a_token_is_shown_once(typed: Typed, door: Door) -> None:
    door.answers["/tokens"] = {"token_id": "3", "token": "secret"}
    assert typed("token", "issue", "--role", "adviser")[1] == "Token 3\nsecret\n"
    door.answers["/tokens"] = {"token_id": "3", "token": None}
    assert "not shown again" in typed("token", "issue", "--role", "adviser")[1]
    door.answers["/tokens/3"] = {"token_id": "3"}
    assert typed("token", "revoke", "3")[0] == 0


def test_the_same_key_may_be_given(typed: Typed, door: Door) -> None:
    typed("calendar", "advance", "--to", "2026-10-20", "--idempotency-key", "mine")
    assert door.keys() == ["mine"]


def test_a_refusal_in_json_is_the_problem_document(typed: Typed, door: Door) -> None:
    problem: dict[str, Any] = {"title": "Cannot be", "status": 409, "detail": "It is frozen already."}
    door.answers["/cohorts/2026/freeze"] = (409, problem)
    code, said, complained = typed("cohort", "freeze", "--campaign", "2026", "--json")
    assert (code, json.loads(said), complained) == (2, problem, "It is frozen already.\n")


def test_where_the_system_is(typed: Typed, door: Door) -> None:
    door.answers["/where"] = {"url": door.url, "kafka_bootstrap": "127.0.0.1:9092"}
    assert json.loads(typed("where", "--json")[1])["kafka_bootstrap"] == "127.0.0.1:9092"
    assert "127.0.0.1:9092" in typed("where")[1]


def test_a_county_is_generated_once_into_a_folder(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    words = ["generate", "county", "--seed", "3", "--young-people", "50", "--out", str(tmp_path / "county"), "--json"]
    with pytest.raises(SystemExit) as left:
        main(words)
    assert left.value.code == 0
    assert json.loads(capfd.readouterr().out)["young_people"] == 50
    with pytest.raises(SystemExit) as left:
        main(words)
    assert left.value.code == 2
    assert "is not empty" in capfd.readouterr().err


def test_a_county_is_played_with_progress_on_standard_error(typed: Typed, small_county: Path) -> None:
    code, said, progress = typed("play", str(small_county), "--to", "2026-05-08", "--json")
    assert code == 0
    assert json.loads(said)["business_date"] == "2026-05-08"
    assert "1 May 2026: the day begins" in progress


@pytest.mark.parametrize("words", ["--help", "settle --help", "people --help", "generate county --help"])
def test_commands_load_only_what_they_need(words: str) -> None:
    asked = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "waymark", *words.split()],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "Example: waymark" in asked.stdout
    loaded = {line.rpartition("|")[2].strip() for line in asked.stderr.splitlines()}
    assert not loaded & {"urllib3", "faust", "pydantic", "asyncpg", "fastapi", "waymark.county.generate"}
