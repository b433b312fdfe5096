"""Is what is wrong with a file said once, in words that say where and how, and without anything half done?"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.asking import client_of
from tests.journeys.telling import COLLEGE, SCHOOL, Telling
from tests.system import System, a_system

UPN, ULN = "H860200015034", "1100012213"
SECRETS = ("Gorsmimore", "Haryck", UPN, ULN, "2010-03-22", "22/03/2010", "Zeldamoor")
ROLL = "UPN,Surname,Forename,DOB,Year group"
HARYCK = f"{UPN},Gorsmimore,Haryck,2010-03-22,11"
OFFERS = "UPN,ULN,Surname,Forename,DOB,Offer status,Provider ID,Offer date"


@dataclass(frozen=True)
class Bad:
    """What is sent, and how it is answered: refused whole, or one row of it."""

    why: str
    content: str | bytes
    says: str
    feed: str = "cohort"
    provider: str = SCHOOL
    exit_code: int = 2
    row: int | None = None
    column: str | None = None


def roll(*rows: str, headings: str = ROLL) -> str:
    return "\n".join((headings, *rows))


WHOLE = [
    Bad("empty file", b"", "The file is empty"),
    Bad("only blanks", "\n\n  \n", "The file is empty"),
    Bad("headings alone", roll(), "no row of data"),
    Bad("another feed's file", roll(f"{UPN},,,,,made,,", headings=OFFERS), 'Send this file as "offers"'),
    Bad("missing column", roll(f"{UPN},Gorsmimore,Haryck,11", headings="UPN,Surname,Forename,Year group"), '"DOB"'),
    Bad("binary file", bytes(range(128, 256)) * 40 + b"\x00\x01\x02", "NUL bytes"),
    Bad("workbook's old form", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "spreadsheet"),
    Bad("a picture", b"\x89PNG\r\n\x1a\n" + bytes(64), "picture"),
    Bad("unknown provider", roll(HARYCK), "No accepted establishments file knows", provider="8604999"),
    Bad("provider of no form", roll(HARYCK), "provider", provider="First School"),
    Bad("unknown feed", roll(HARYCK), "feed", feed="marks"),
    Bad("nothing usable", roll(f"{UPN},Gorsmimore,Haryck,2010-02-30,11"), "Every row has something to mend"),
]
ROWS = [
    Bad("impossible date", f"{UPN},Gorsmimore,Haryck,2010-02-30,11", "no calendar has", row=3, column="DOB"),
    Bad("a cell of 70,000 letters", f"{UPN},{'Zeldamoor' * 7778},Haryck,2010-03-22,11", "32,767", row=3,
        column="Surname"),
    Bad("formula", f'{UPN},"=HYPERLINK(""http://x"")",Haryck,2010-03-22,11', "equals sign", row=3, column="Surname"),
    Bad("missing name", f"{UPN},,Haryck,2010-03-22,11", "Surname is empty", row=3, column="Surname"),
    Bad("another year", f"{UPN},Gorsmimore,Haryck,2010-03-22,10", "11, 12", row=3, column="Year group"),
]  # fmt: skip


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    """One whose schools are known, with one young person."""
    telling = Telling(freezes_on="2026-06-02", until="2026-06-02")
    telling.place()
    telling.cohort("somebody")
    with a_system() as system:
        system.up("--clock", "2026-05-01")
        system.ask("play", str(telling.lay_down(tmp_path_factory.mktemp("told"))))
        yield system


def submit(running: System, folder: Path, bad: Bad, content: str | bytes) -> tuple[int, dict[str, Any], str]:
    file = folder / "sent.csv"
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    done = running.run("submit", "--feed", bad.feed, "--provider", bad.provider, str(file), "--partial", "--json")
    return done.returncode, json.loads(done.stdout), done.stderr


def seen(running: System) -> tuple[list[Any], list[Any]]:
    client = client_of(running)
    assert client.settle(60)["settled"]
    return list(client.people(campaign=2026)), client.queue()["entries"]


@pytest.mark.parametrize("bad", WHOLE, ids=lambda bad: bad.why)
def test_what_cannot_be_used_is_refused_in_one_sentence_and_changes_nothing(
    running: System, tmp_path: Path, bad: Bad
) -> None:
    before = seen(running)
    code, document, said = submit(running, tmp_path, bad, bad.content)
    assert (code, document.get("accepted") or 0, document.get("state", "refused")) == (2, 0, "refused")
    assert bad.says in said
    assert len(said.strip().splitlines()) == 1
    assert re.fullmatch(r"\w.+[.?]", said.strip())
    assert seen(running) == before


@pytest.mark.parametrize("bad", ROWS, ids=lambda bad: bad.why)
def test_a_row_that_cannot_be_used_is_pointed_at_and_the_others_go_in(
    running: System, tmp_path: Path, bad: Bad
) -> None:
    good = "R860200014158,Ashdown,Kai,2010-08-28,11"
    code, document, said = submit(running, tmp_path, bad, roll(good, str(bad.content)))
    assert (code, said, document["state"]) == (0, "", "accepted")
    assert (document["rows"], document["rejected"], document["unmatched"]) == (2, 1, 0)
    (problem,) = [one for one in document["problems"] if one["row"] == bad.row]
    assert problem["column"] == bad.column
    assert bad.says in problem["message"]
    people, _ = seen(running)
    assert len(people) == 2


def test_a_row_that_says_of_nobody_is_pointed_at(running: System, tmp_path: Path) -> None:
    bad = Bad("nobody", roll(f"{UPN},,,,,made,{COLLEGE},", ",,,Haryck,,made,,", headings=OFFERS), "", feed="offers")
    code, document, _ = submit(running, tmp_path, bad, bad.content)
    assert (code, document["rejected"], document["unmatched"]) == (0, 1, 1)
    (problem,) = [one for one in document["problems"] if one["row"] == 3 and one["code"] == "no-identity"]
    assert "who it is about" in problem["message"]


def test_no_message_and_no_log_names_anybody(running: System, tmp_path: Path) -> None:
    for bad in (*WHOLE, *ROWS):
        content = bad.content if bad in WHOLE else roll(str(bad.content))
        done = submit(running, tmp_path, bad, content)
        assert not [secret for secret in SECRETS if secret in json.dumps(done)], bad.why
    logs = "".join(path.read_text(errors="replace") for path in (running.data_dir / "logs").iterdir())
    assert not [secret for secret in SECRETS if secret in logs + running.said()]


def test_after_all_that_the_recount_finds_no_difference(running: System) -> None:
    assert running.ask("verify")["differences"] == []
