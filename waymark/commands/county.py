"""How is a synthetic county made, and how is one played?"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from waymark.commands.answering import Answer, asks, one, says
from waymark.commands.dates import day
from waymark.commands.showing import count, in_words

if TYPE_CHECKING:
    from waymark.client import Client


@click.group(epilog="Example: waymark generate county --seed 7 --young-people 2000 --out county")
def generate() -> None:
    """Make what a demonstration or a test needs."""


@generate.command(epilog="Example: waymark generate county --seed 7 --young-people 2000 --out county")
@click.option("--seed", type=int, required=True, metavar="N", help="The same seed makes the same county.")
@click.option("--young-people", type=click.IntRange(min=50), required=True, metavar="N", help="How many, 50 or more.")
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), required=True, metavar="DIR", help="New or empty."
)
@says
def county(seed: int, young_people: int, out: Path) -> Answer:
    """Make a county-year of submissions, messy as real ones are, with its plan and the truth beside it."""
    from waymark.county.generate import generate_county
    from waymark.county.writer import write_county

    made = write_county(generate_county(seed=seed, young_people=young_people), out)
    return one(made, _made(made))


@click.command(epilog="Example: waymark play county --to 2026-10-20")
@click.argument("folder", metavar="DIR", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--to", metavar="DATE", callback=day, help="Stop at the end of this date, which is then the business date."
)
@asks
def play(client: "Client", folder: Path, to: str | None) -> Answer:
    """Send a county's files by its plan; carries on where it was stopped."""
    from waymark.plan import read_plan
    from waymark.play import play as play_plan

    last = date.fromisoformat(to) if to else None
    played = play_plan(read_plan(folder), client, to=last, progress=_say)
    document = played.document()
    sentence = f"Not accepted: {', '.join(played.not_accepted)}." if played.not_accepted else None
    return one(document, _played(document), exit_code=1 if sentence else 0, sentence=sentence)


def _say(line: str) -> None:
    click.echo(line, err=True)


def _made(made: dict[str, Any]) -> Iterator[str]:
    parts = (f"{count(made[name])} {name.replace('_', ' ')}" for name in ("young_people", "files", "steps"))
    yield f"{', '.join(parts)} in {made['out']}"


def _played(document: dict[str, Any]) -> Iterator[str]:
    yield (
        f"{count(document['steps'])} steps played, {count(document['submissions'])} submissions,"
        f" {count(document['rows'])} rows; it is {in_words(document['business_date'])}."
    )
