"""How is a file sent in, looked at again and taken back?"""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from waymark.commands.answering import Answer, asks, keyed, one
from waymark.commands.dates import campaign
from waymark.commands.showing import cell, count, in_words, table

if TYPE_CHECKING:
    from waymark.client import Client

EXITS = {"held": 1, "refused": 2}
OUR_FAULT, NOT_NOW = "not-read", 3
SHOWN = 50
COUNTED = ("accepted", "unchanged", "unmatched", "rejected")


@click.command(epilog="Example: waymark submit --feed cohort --provider 8604000 year-11.csv --campaign 2026")
@click.option("--feed", required=True, help="cohort, offers, enrolments, activities, establishments, …")
@click.option("--provider", required=True, metavar="ID", help="LAESTAB, UKPRN, URN, or `council`.")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@campaign
@click.option("--full/--partial", "full", default=None, help="Whether this is everyone (default: by feed).")
@click.option("--no-wait", is_flag=True, help="Do not wait for the verdict.")
@keyed
@asks
def submit(
    client: "Client",
    feed: str,
    provider: str,
    file: Path,
    campaign: int | None,
    full: bool | None,
    no_wait: bool,
    key: str | None,
) -> Answer:
    """Send FILE as a provider's submission and wait for its verdict."""
    sent = client.post_submission(file, feed=feed, provider=provider, campaign=campaign, full=full, key=key)
    return _shown(sent if no_wait else client.verdict(sent), judged=True)


@click.command(
    epilog='Example: waymark submission 2cefa65f-2d78-506b-8649-b68301cc440f --withdraw --reason "last year\'s file"'
)
@click.argument("submission_id", metavar="ID")
@click.option("--withdraw", is_flag=True, help="Take the submission back, as if it had never been sent.")
@click.option("--reason", help="Why it is taken back.")
@keyed
@asks
def submission(client: "Client", submission_id: str, withdraw: bool, reason: str | None, key: str | None) -> Answer:
    """Show a submission's state and counts, or take it back."""
    if withdraw and not reason:
        raise click.UsageError("Say why it is taken back: --reason.")
    if reason and not withdraw:
        raise click.UsageError("A reason goes with --withdraw.")
    if withdraw:
        return _shown(client.withdraw(submission_id, reason=reason or "", key=key), judged=False)
    return _shown(client.submission(submission_id), judged=False)


def _shown(verdict: dict[str, Any], *, judged: bool) -> Answer:
    state = str(verdict["state"])
    exit_code = _exit(state, verdict) if judged else 0
    sentence = _sentence(verdict) if exit_code else None
    return one(verdict, _lines(verdict), exit_code=exit_code, sentence=sentence)


def _exit(state: str, verdict: dict[str, Any]) -> int:
    """A file is refused for what it is, or because we failed on it."""
    ours = any(problem.get("code") == OUR_FAULT for problem in verdict.get("problems") or [])
    return NOT_NOW if ours else EXITS.get(state, 0)


def _sentence(verdict: dict[str, Any]) -> str:
    for problem in verdict.get("problems") or []:
        if problem.get("row") is None:
            return str(problem["message"])
    if verdict["state"] == "held":
        return "The file is held: a person of the council looks at it before it counts."
    return "The file is refused: no row of it can be used; the problems say what to mend."


def _lines(verdict: dict[str, Any]) -> Iterator[str]:
    accepted = f", {in_words(verdict['accepted_at'])}" if verdict.get("accepted_at") else ""
    yield f"Submission {verdict.get('submission_id')}: {verdict['state']}{accepted}"
    if verdict.get("rows") is not None:
        parts = ", ".join(f"{count(verdict.get(name))} {name}" for name in COUNTED)
        yield f"{count(verdict['rows'])} rows: {parts}"
    problems = verdict.get("problems") or []
    if problems:
        yield ""
        rows = [[cell(one_.get(name)) for name in ("row", "column", "message")] for one_ in problems[:SHOWN]]
        yield from table(("Row", "Column", "Problem"), rows)
    if len(problems) > SHOWN:
        yield f"… and {count(len(problems) - SHOWN)} more: --json gives all."
    for note in verdict.get("notes") or []:
        yield f"Note: {note}"
