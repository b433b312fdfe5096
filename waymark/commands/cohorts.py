"""How is a campaign's cohort frozen, corrected by name, and followed since?"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from waymark.commands.answering import Answer, asks, keyed, one
from waymark.commands.dates import needed_campaign
from waymark.commands.showing import cell, count, in_words, table

if TYPE_CHECKING:
    from waymark.client import Client


@click.group(epilog="Example: waymark cohort ledger --campaign 2026")
def cohort() -> None:
    """The frozen cohort of a campaign, its exceptions and its ledger."""


@cohort.command(epilog="Example: waymark cohort freeze --campaign 2026")
@needed_campaign
@keyed
@asks
def freeze(client: "Client", campaign: int, key: str | None) -> Answer:
    """Freeze the members at the end of 31 May, once a campaign."""
    frozen = client.freeze(campaign, key=key)
    return one(frozen, [f"Campaign {campaign} is frozen with {count(frozen['frozen'])} young people."])


@cohort.command("except", epilog='Example: waymark cohort except --campaign 2026 --add 41 --reason "lived here in May"')
@needed_campaign
@click.option("--add", metavar="ID", help="The young person to count in.")
@click.option("--remove", metavar="ID", help="The young person to leave out.")
@click.option("--reason", required=True, help="Why, for the ledger.")
@keyed
@asks
def except_(
    client: "Client", campaign: int, add: str | None, remove: str | None, reason: str, key: str | None
) -> Answer:
    """Add one young person to the frozen cohort, or remove one, with a reason."""
    if (add is None) == (remove is None):
        raise click.UsageError("Name one young person, with --add or with --remove.")
    op, young_person_id = ("add", add) if add is not None else ("remove", remove)
    made = client.except_(campaign, young_person_id=str(young_person_id), op=op, reason=reason, key=key)
    done = "counted in" if op == "add" else "left out"
    return one(made, [f"Young person {young_person_id} is {done} in campaign {campaign}."])


@cohort.command(epilog="Example: waymark cohort ledger --campaign 2026")
@needed_campaign
@asks
def ledger(client: "Client", campaign: int) -> Answer:
    """List who joined and left since the freeze, and why."""
    found = client.ledger(campaign)
    return one(found, _lines(found))


def _lines(found: dict[str, Any]) -> Iterator[str]:
    yield f"Campaign {found['campaign']}: {count(found['frozen'])} frozen, {count(found['live'])} live"
    entries = found["entries"]
    if entries:
        yield ""
        rows = [
            [
                f"{entry['change']:+d}",
                cell(entry["young_person_id"]),
                in_words(entry["on"]),
                "exception" if entry.get("exception") else "",
                cell(entry["reason"]),
            ]
            for entry in entries
        ]
        yield from table(("Change", "Young person", "On", "", "Why"), rows)
