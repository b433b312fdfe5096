"""Who needs contacting, in what order, and why?"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from waymark.commands.answering import Answer, asks, one
from waymark.commands.showing import behind, cell, count, in_words, table

if TYPE_CHECKING:
    from waymark.client import Client


@click.command(epilog="Example: waymark queue --limit 20 --school 8604000")
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="The first N only.")
@click.option("--school", "schools", multiple=True, metavar="LAESTAB", help="Of this establishment; may be repeated.")
@asks
def queue(client: "Client", limit: int | None, schools: tuple[str, ...]) -> Answer:
    """List the contact queue in order, with points and reasons."""
    found = client.queue(limit=limit, schools=schools)
    return one(found, _lines(found))


def _lines(found: dict[str, Any]) -> Iterator[str]:
    yield f"{count(found['total'])} young people to contact on {in_words(found['as_at'])}"
    yield from behind(found)
    if found["entries"]:
        yield ""
        rows = [
            [
                str(place),
                cell(entry["young_person_id"]),
                cell(entry["priority"]),
                cell(entry["need"]["row"] if isinstance(entry["need"], dict) else entry["need"]),
                cell(entry["because"]),
            ]
            for place, entry in enumerate(found["entries"], start=1)
        ]
        yield from table(("", "Young person", "Priority", "Need", "Why"), rows)
