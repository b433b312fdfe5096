"""How is a date that was typed checked before it is asked about?"""

from datetime import date, datetime

import click


def day(context: click.Context, parameter: click.Parameter, given: str | None) -> str | None:
    """An ISO date, as text."""
    if given is None:
        return None
    try:
        return date.fromisoformat(given).isoformat()
    except ValueError:
        raise click.BadParameter(f"{given} is no date: write it as 2026-10-20.") from None


def day_or_moment(context: click.Context, parameter: click.Parameter, given: str | None) -> str | None:
    """An ISO date, or a moment with its offset, as text."""
    if given is None:
        return None
    try:
        moment = datetime.fromisoformat(given)
    except ValueError:
        raise click.BadParameter(f"{given} is neither a date nor a moment: write 2026-10-20.") from None
    if len(given) > len("2026-10-20") and moment.tzinfo is None:
        raise click.BadParameter(f"{given} lacks its offset from UTC: write it as 2026-10-20T09:00:00+01:00.")
    return given


as_at = click.option("--as-at", metavar="D", callback=day, help="What was true on this date (default: today).")
known_at = click.option(
    "--known-at", metavar="K", callback=day_or_moment, help="As known at the end of this date, or at this moment."
)
campaign = click.option("--campaign", type=click.IntRange(2000, 2100), metavar="Y", help="The campaign, such as 2026.")
needed_campaign = click.option(
    "--campaign", type=click.IntRange(2000, 2100), metavar="Y", required=True, help="The campaign, such as 2026."
)
