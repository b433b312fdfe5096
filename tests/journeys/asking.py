"""What does a running system answer about a campaign, in the shape of the recount's expected files?"""

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tests.system import System
from waymark.client import Client
from waymark.transport import Transport

SAMPLE = Path(__file__).parents[1] / "data" / "sample-county"
CAMPAIGN = 2026
DAYS = sorted(path.stem for path in (SAMPLE / "expected").glob("????-??-??.json"))
QUIET = {"OR01", "OR02", "OR03", "OR90"}
REPORTS = ("report guarantee", "report participation")

Answers = dict[str, Any]


def expected(name: str) -> Answers:
    """The recount's file as the API says the same: a need that is none is null there."""
    found = json.loads((SAMPLE / "expected" / f"{name}.json").read_text("utf-8"))
    guarantee = {by: _in_order(cells) for by, cells in found["report guarantee"].items()}
    participation = {population: {by: _in_order(cells) for by, cells in asked.items()}
                     for population, asked in found.get("report participation", {}).items()}  # fmt: skip
    people = as_said(found.get("people", {}))
    return {"people": people, "report guarantee": guarantee, "report participation": participation}


def as_said(found: dict[str, Answers]) -> dict[str, Answers]:
    """People as decided, with no need where there is nothing to do."""
    return {upn: one | {"need": None if one["need"] in QUIET else one["need"]} for upn, one in found.items()}


def client_of(system: System) -> Client:
    """One that waits, as a command does, for a process that is being restarted."""
    note = json.loads((system.data_dir / "system.json").read_text())
    return Client(Transport(note["url"], note["token"], may_come_back=system.is_up))


def answers(client: Client, name: str, as_at: str, known_at: str | None = None) -> Answers:
    """Everything that the file of this name says, as the system says it; without `known_at`, as known now."""
    asked = expected(name)
    return {
        "people": people(client, as_at, known_at),
        "report guarantee": {by: cells(client, "guarantee", by, as_at, known_at) for by in asked["report guarantee"]},
        "report participation": {
            population: {by: cells(client, "participation", by, as_at, known_at, population) for by in bys}
            for population, bys in asked["report participation"].items()
        },
    }


def closing(client: Client) -> Answers:
    asked = expected("closing")["report guarantee"]
    return {by: _in_order(client.report("guarantee", _asked(by) | {"closing": True})["cells"]) for by in asked}


def people(client: Client, as_at: str, known_at: str | None = None) -> dict[str, Answers]:
    listed = list(client.people(campaign=CAMPAIGN, as_at=as_at, known_at=known_at))
    found = {one["upn"]: _person(one) for one in listed}
    assert len(found) == len(listed)
    return found


def cells(
    client: Client, kind: str, by: str, as_at: str, known_at: str | None = None, population: str | None = None
) -> list[Answers]:
    asked = _asked(by) | {"as_at": as_at, "known_at": known_at, "population": population}
    return _in_order(client.report(kind, asked)["cells"])


def in_queue(client: Client, as_at: str) -> dict[str, str]:
    """Who is in the queue for what, by the UPN that `people list` gives them; each once."""
    found = client.queue()
    upns = {one["young_person_id"]: one["upn"] for one in client.people(campaign=CAMPAIGN)}
    entries = Counter(upns[entry["young_person_id"]] for entry in found["entries"])
    assert (found["as_at"], found["total"], set(entries.values()) - {1}) == (as_at, len(entries), set())
    return {upns[entry["young_person_id"]]: entry["need"] for entry in found["entries"]}


def to_contact(listed: dict[str, Answers]) -> dict[str, str]:
    """Of people as listed, those who belong in the queue."""
    return {upn: one["need"] for upn, one in listed.items() if one["need"] not in {None, "OR10"}}


def _person(one: Answers) -> Answers:
    (standing,) = one["campaigns"]
    guarantee, does, need = standing["guarantee"], standing["participation"], standing["need"]
    assert guarantee["because"] and does["because"]
    return {
        **{name: standing[name] for name in ("year_group", "establishment", "frozen", "live")},
        **{name: guarantee[name] for name in ("outcome", "row")},
        **{name: does[name] for name in ("group", "activity_code", "confirmed", "lapses_on")},
        "need": need and need["row"],
        "uln": one["uln"],
    }


def _asked(by: str) -> Answers:
    return {"campaign": CAMPAIGN, "by": by or None}


def _in_order(found: Iterable[Answers]) -> list[Answers]:
    bare = ({name: value for name, value in cell.items() if name != "population"} for cell in found)
    return sorted((dict(sorted(cell.items())) for cell in bare), key=str)
