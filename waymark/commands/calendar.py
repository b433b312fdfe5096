"""How does a simulated business date move?"""

from typing import TYPE_CHECKING

import click

from waymark.commands.answering import Answer, asks, keyed, one
from waymark.commands.dates import day
from waymark.commands.showing import in_words

if TYPE_CHECKING:
    from waymark.client import Client


@click.group(epilog="Example: waymark calendar advance --to 2026-09-01")
def calendar() -> None:
    """The business date of a system with a simulated clock."""


@calendar.command(epilog="Example: waymark calendar advance --to 2026-09-01")
@click.option("--to", required=True, metavar="DATE", callback=day, help="One day follows the other until this one.")
@keyed
@asks
def advance(client: "Client", to: str, key: str | None) -> Answer:
    """Move the business date on."""
    moved = client.advance(to, key=key)
    return one(moved, [f"It is now {in_words(moved['business_date'])}."])
