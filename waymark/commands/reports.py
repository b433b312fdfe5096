"""What are the figures, as at which date, known when, and by what?"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from waymark.commands.answering import Answer, asks, one
from waymark.commands.dates import as_at, day, known_at, needed_campaign
from waymark.commands.showing import behind, cell, count, heading, in_words, percentage, table

if TYPE_CHECKING:
    from waymark.client import Client

DIMENSIONS = ("year_group", "establishment", "district", "sex", "ethnicity", "send", "vulnerable")


def _dimensions(context: click.Context, parameter: click.Parameter, given: str | None) -> str | None:
    for name in (given or "").split(",") if given else ():
        if name not in DIMENSIONS:
            raise click.BadParameter(f"{name} is none of {', '.join(DIMENSIONS)}.")
    return given


def _days(context: click.Context, parameter: click.Parameter, given: str | None) -> str | None:
    return given and ",".join(str(day(context, parameter, part.strip())) for part in given.split(","))


@click.command(epilog="Example: waymark report guarantee --campaign 2026 --as-at 2026-09-30 --by year_group,district")
@click.argument("kind", type=click.Choice(["guarantee", "participation"]))
@needed_campaign
@as_at
@known_at
@click.option("--closing", is_flag=True, help="The Guarantee's closing figure.")
@click.option("--population", type=click.Choice(["frozen", "live", "monthly"]), help="Participation: of whom.")
@click.option("--by", metavar="DIM,…", callback=_dimensions, help=f"A cell for each of: {', '.join(DIMENSIONS)}.")
@click.option("--months", metavar="D,D,D", callback=_days, help="The average over these month-ends.")
@asks
def report(client: "Client", kind: str, campaign: int, closing: bool, **asked: str | None) -> Answer:
    """Count the guarantee outcomes, or the participation groups, of a campaign."""
    if kind == "guarantee" and asked["population"]:
        raise click.UsageError("--population goes with `report participation`.")
    if kind == "participation" and closing:
        raise click.UsageError("--closing goes with `report guarantee`.")
    found = client.report(kind, {"campaign": campaign, "closing": closing or None, **asked})
    return one(found, _lines(found))


def _lines(found: dict[str, Any]) -> Iterator[str]:
    yield f"Campaign {found['campaign']} as at {in_words(found['as_at'])}, known at {in_words(found['known_at'])}"
    yield ""
    cells = found["cells"]
    names = list(cells[0]) if cells else []
    rows = [[_shown(name, cell_[name]) for name in names] for cell_ in cells]
    yield from table([heading(name) for name in names], rows) if names else ["Nobody."]
    yield from behind(found)


def _shown(name: str, value: object) -> str:
    if name.startswith("percent_"):
        return percentage(value)
    return cell(value) if name in DIMENSIONS else count(value)
