"""How is a whole system started by one command, and what does it say while it runs?"""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import click

DEMO_STARTS_ON = date(2026, 5, 1)


@click.command(epilog="Example: waymark up --data-dir county --port 8001 --clock 2026-05-01")
@click.option("--demo", is_flag=True, help="Play the demo county, then stay.")
@click.option("--data-dir", type=click.Path(path_type=Path), help="Where all data lie; made if it is not there.")
@click.option("--port", type=click.IntRange(0, 65535), help="Of pages and API; 0 takes a free one. [default: 8000]")
@click.option("--clock", metavar="real|DATE", help="On new data: the real date, or one that moves when told to.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on standard output once it runs.")
def up(**given: Any) -> None:
    """Start the embedded system; Ctrl-C stops it."""
    from waymark.installing import run

    demo, clock = bool(given["demo"]), _day(given["clock"])
    if demo and given["clock"] is None:
        clock = DEMO_STARTS_ON
    told = {name: given[name] for name in ("data_dir", "port") if given[name] is not None}
    run(told, starts_on=clock, demo=demo, say=_say, ready=_as_json if given["as_json"] else None)


def _say(line: str) -> None:
    click.echo(line, err=True)


def _as_json(where: Mapping[str, str]) -> None:
    click.echo(json.dumps(where))


def _day(clock: str | None) -> date | None:
    if clock in {None, "real"}:
        return None
    try:
        return date.fromisoformat(str(clock))
    except ValueError:
        raise click.BadParameter("give `real` or a date such as 2026-05-01.", param_hint="--clock") from None
