"""Who is this young person, what is their situation, and why?"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from waymark.commands.answering import Answer, asks, one
from waymark.commands.dates import as_at, campaign, day, known_at
from waymark.commands.showing import cell, in_words, table

if TYPE_CHECKING:
    from waymark.client import Client


@click.command(epilog="Example: waymark person 1042 --as-at 2026-10-20")
@click.argument("young_person_id", metavar="ID")
@as_at
@known_at
@asks
def person(client: "Client", young_person_id: str, as_at: str | None, known_at: str | None) -> Answer:
    """Show one young person's status, its reasons and the evidence."""
    found = client.person(young_person_id, as_at=as_at, known_at=known_at)
    return one(found, _lines(found))


@click.group(epilog="Example: waymark people find --uln 1234567899")
def people() -> None:
    """Find young people, and list everyone of a campaign."""


@people.command("list", epilog="Example: waymark people list --campaign 2026 --json > people.jsonl")
@campaign
@as_at
@known_at
@asks
def list_(client: "Client", campaign: int | None, as_at: str | None, known_at: str | None) -> Answer:
    """List everyone in the frozen cohort or ever in the live one; with --json one document a line."""
    found = client.people(campaign=campaign, as_at=as_at, known_at=known_at)
    return Answer((_in_a_line(person) for person in found), found)


@people.command(epilog="Example: waymark people find --uln 1234567899")
@click.option("--upn", help="Unique Pupil Number.")
@click.option("--uln", help="Unique Learner Number.")
@click.option("--surname", help="Goes with --forename and --dob.")
@click.option("--forename", help="Goes with --surname and --dob.")
@click.option("--dob", metavar="DATE", callback=day, help="Goes with --surname and --forename.")
@asks
def find(client: "Client", **given: str | None) -> Answer:
    """Say which young people have these identifiers."""
    identifiers = {name: value for name, value in given.items() if value is not None}
    named = {"surname", "forename", "dob"} & identifiers.keys()
    if not identifiers or len(named) in {1, 2}:
        raise click.UsageError("Give --upn, --uln, or all of --surname, --forename and --dob.")
    found = client.find(identifiers)
    return one(found, _found(found))


def _found(found: dict[str, Any]) -> Iterator[str]:
    if not found["people"]:
        yield "Nobody."
    for one_ in found["people"]:
        retired = ", ".join(map(str, one_.get("retired") or []))
        yield f"Young person {one_['young_person_id']}" + (f" (retired: {retired})" if retired else "")


def _in_a_line(person: dict[str, Any]) -> str:
    parts = [
        f"{campaign['campaign']}: Year {campaign['year_group']}, {campaign['establishment']},"
        f" {campaign['guarantee']['outcome']}, {campaign['participation']['group']}"
        for campaign in person["campaigns"]
    ]
    return f"{str(person['young_person_id']).rjust(10)}  {'; '.join(parts)}"


def _lines(found: dict[str, Any]) -> Iterator[str]:
    yield f"Young person {found['young_person_id']}"
    if found.get("not_up_to_date"):
        yield "Not up to date: what stands here may be old."
    for standing in found["campaigns"]:
        yield ""
        yield from _campaign(standing)
    evidence = found.get("evidence") or []
    if evidence:
        yield ""
        yield from _evidence(evidence)


def _campaign(campaign: dict[str, Any]) -> Iterator[str]:
    standing = " and ".join(word for word in ("frozen", "live") if campaign[word]) or "neither frozen nor live"
    where = f"Year {campaign['year_group']} at {cell(campaign['establishment'])}"
    yield f"Campaign {campaign['campaign']}: {where}, {standing}"
    guarantee, participation, need = campaign["guarantee"], campaign["participation"], campaign["need"]
    yield f"  Guarantee      {_decided(guarantee['outcome'], guarantee['because'], guarantee['row'])}"
    yield f"  Participation  {_decided(participation['group'], participation['because'])}{_activity(participation)}"
    if need:
        yield f"  Contact        {need['row']}: {need['because']}"
        if need.get("priority") is not None:
            points = ", ".join(f"{point['points']} {point['name']}" for point in need.get("points") or [])
            yield f"                 priority {need['priority']}: {points}"


def _decided(what: str | None, because: str | None, row: str | None = None) -> str:
    """Nothing is decided where a day lies before all that is known."""
    return f"{cell(what)}{f' ({row})' if row else ''}: {because}" if what else "–"


def _activity(participation: dict[str, Any]) -> str:
    if participation.get("activity_code") is None:
        return ""
    confirmed = "confirmed" if participation.get("confirmed") else "not confirmed"
    lapses = participation.get("lapses_on")
    until = f", lapses on {in_words(lapses)}" if lapses else ""
    return f" (activity {participation['activity_code']}, {confirmed}{until})"


def _evidence(evidence: list[dict[str, Any]]) -> Iterator[str]:
    shown = ("happened_on", "recorded_at", "type", "source")
    rows = [
        [
            in_words(one_.get("happened_on")),
            in_words(one_.get("recorded_at")),
            *(cell(one_.get(name)) for name in shown[2:]),
        ]
        for one_ in evidence
    ]
    yield from table(("Happened on", "Recorded at", "Evidence", "Source"), rows)
