"""What does `make run` show a newcomer? The demo county: made, played through the front door, told in a few lines."""

import json
import sys
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final

import click

from waymark.address import data_dir_of, find_address
from waymark.client import Client
from waymark.commands.answering import connect
from waymark.commands.showing import count, in_words, percentage
from waymark.county.generate import generate_county
from waymark.county.writer import write_county
from waymark.plan import read_plan
from waymark.play import Played, play
from waymark.problems import Problem

SEED: Final = 2026
YOUNG_PEOPLE: Final = 2000
CAMPAIGN: Final = 2026
ENDS_ON: Final = date(2026, 10, 20)
SETTLES_WITHIN: Final = 300.0
Document = Mapping[str, Any]


def main() -> None:
    try:
        show(data_dir_of(None))
    except Problem as problem:
        click.echo(problem.sentence, err=True)
        sys.exit(problem.exit_code)


def show(data_dir: Path) -> None:
    """Plays what has not been played yet, then says what there is; a second time nothing is played again."""
    folder, client = data_dir / "demo", connect(data_dir)
    notes = folder / "played.json"
    if not notes.exists():
        notes.write_text(json.dumps(_played(folder, client)), encoding="utf-8")
    client.settle(SETTLES_WITHIN)
    for line in told(json.loads(notes.read_text(encoding="utf-8")), client):
        click.echo(line)
    click.echo(f"Open {find_address(data_dir).url}")


def _played(folder: Path, client: Client) -> Document:
    if not (folder / "plan.json").exists():
        click.echo(f"Making a county of {count(YOUNG_PEOPLE)} young people in {folder}.", err=True)
        write_county(generate_county(seed=SEED, young_people=YOUNG_PEOPLE), folder)
    done: Played = play(read_plan(folder), client, to=ENDS_ON, progress=_progress)
    return done.document()


def _progress(line: str) -> None:
    click.echo(line, err=True)


def told(played: Document, client: Client) -> Iterator[str]:
    """What happened to the county, and where it stands now."""
    guarantee = _one_cell(client.report("guarantee", {"campaign": CAMPAIGN}))
    participation = _one_cell(client.report("participation", {"campaign": CAMPAIGN}))
    queue, taken = client.queue(limit=1), played["accepted_by_feed"]
    yield (
        f"From 1 May to {in_words(str(played['business_date']))}: {count(played['submissions'])} files with"
        f" {count(taken.get('offers', 0))} offers and {count(taken.get('enrolments', 0))} enrolments"
        f" of {count(guarantee['live'])} young people."
    )
    yield f"{count(queue['total'])} young people to contact."
    yield f"September Guarantee: {percentage(guarantee['percent_offer_made'])} of the cohort have an offer."
    yield (
        f"Participation: {percentage(participation['percent_participating'])} in learning,"
        f" {percentage(participation['percent_neet_or_not_known'])} NEET or not known."
    )


def _one_cell(report: Document) -> Document:
    cell: Document = report["cells"][0]
    return cell


if __name__ == "__main__":
    main()
