"""What can be typed after `waymark`, and with which exit code does it end?"""

import importlib
import json
import os
import sys
from collections.abc import Sequence
from typing import Final

import click

from waymark.problems import CannotBeUsed, Problem

COMMANDS: Final[dict[str, tuple[str, str]]] = {
    "up": ("up:up", "Start the embedded system; Ctrl-C stops it."),
    "submit": ("submissions:submit", "Send a file and wait for its verdict."),
    "submission": ("submissions:submission", "Look at a submission, or take it back."),
    "settle": ("system:settle", "Wait until all that was submitted has passed through every service."),
    "cohort": ("cohorts:cohort", "Freeze a cohort, keep its exceptions, read its ledger."),
    "calendar": ("calendar:calendar", "Move a simulated business date on."),
    "person": ("people:person", "Where one young person stands, and why."),
    "people": ("people:people", "Find and list young people."),
    "queue": ("queue:queue", "Whom to contact next, and why."),
    "report": ("reports:report", "The figures of both measures."),
    "verify": ("system:verify", "Recount every aggregate from the evidence and compare."),
    "where": ("system:where", "Say where the system and its broker are."),
    "token": ("tokens:token", "Give and take back access to the API."),
    "generate": ("county:generate", "Make a synthetic county-year of submissions."),
    "play": ("county:play", "Send a county's files by its plan."),
}
"""Each command's module, loaded only when it is asked for, and the line that `--help` shows."""


class Commands(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name][0].partition(":")
        command: click.Command = getattr(importlib.import_module(f"waymark.commands.{module}"), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


@click.group(cls=Commands, epilog="Example: waymark up --demo")
@click.version_option(package_name="waymark")
def waymark() -> None:
    """Who has an offer of learning and who is in learning; whom to call; both returns."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Ends the process: 0 done, 1 what was asked to be checked does not hold, 2 cannot be used, 3 not now."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        code = waymark.main(given, prog_name="waymark", standalone_mode=False)
        sys.exit(code if isinstance(code, int) else 0)
    except click.exceptions.NoArgsIsHelpError as asked:
        asked.show()
        sys.exit(2)
    except (click.ClickException, Problem) as refused:
        _leave(_as_problem(refused), as_json="--json" in given)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(3)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(3)
    except Exception as fault:
        _leave(Problem(f"A fault of ours ({_where(fault)}): please report it."), as_json="--json" in given)


def _as_problem(refused: click.ClickException | Problem) -> Problem:
    if isinstance(refused, Problem):
        return refused
    hint = refused.ctx.get_usage() + "\n" if isinstance(refused, click.UsageError) and refused.ctx else ""
    sentence = refused.format_message()
    return CannotBeUsed(hint + sentence, {"title": "Cannot be used", "detail": sentence, "status": None})


def _leave(problem: Problem, *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(problem.document, ensure_ascii=False))
    click.echo(problem.sentence, err=True)
    sys.exit(problem.exit_code)


def _where(fault: Exception) -> str:
    """The type and the line, never the text: it may quote a row."""
    at = fault.__traceback__
    while at and at.tb_next:
        at = at.tb_next
    place = f" at {at.tb_frame.f_code.co_name}:{at.tb_lineno}" if at else ""
    return type(fault).__name__ + place


if __name__ == "__main__":
    main()
