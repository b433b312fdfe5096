"""How is a whole system started by one command, and what does it say while it runs?"""

from datetime import date
from pathlib import Path
from typing import Any

import click

from waymark.commands.answering import Answer, one, says

DEMO_STARTS_ON = date(2026, 5, 1)


@click.command(epilog="Example: waymark up --data-dir county --port 8001 --clock 2026-05-01")
@click.option("--demo", is_flag=True, help="Play the demo county, then stay.")
@click.option("--data-dir", type=click.Path(path_type=Path), help="Where all data lie; made if it is not there.")
@click.option("--port", type=click.IntRange(0, 65535), help="Of pages and API; 0 takes a free one. [default: 8000]")
@click.option("--clock", metavar="real|DATE", help="On new data: the real date, or one that moves when told to.")
@says
def up(**given: Any) -> Answer:
    """Start the embedded system; Ctrl-C stops it."""
    from waymark.installing import run

    demo, clock = bool(given["demo"]), _day(given["clock"])
    if demo and given["clock"] is None:
        clock = DEMO_STARTS_ON
    told = {name: given[name] for name in ("data_dir", "port") if given[name] is not None}
    where = run(told, starts_on=clock, demo=demo, say=lambda line: click.echo(line, err=True))
    return one(where, [f"Stopped. The data are in {where['data_dir']}."])


def _day(clock: str | None) -> date | None:
    if clock in {None, "real"}:
        return None
    try:
        return date.fromisoformat(str(clock))
    except ValueError:
        raise click.BadParameter("give `real` or a date such as 2026-05-01.", param_hint="--clock") from None
