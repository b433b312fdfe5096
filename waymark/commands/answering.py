"""How does every command answer: in words or as JSON, and with which exit code?"""

import functools
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from waymark.client import Client


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command found: lines for a person, documents for a machine, a sentence where it does not exit with 0."""

    lines: Iterable[str]
    documents: Iterable[Any]
    exit_code: int = 0
    sentence: str | None = None


def one(document: Any, lines: Iterable[str], *, exit_code: int = 0, sentence: str | None = None) -> Answer:
    return Answer(lines, [document], exit_code, sentence)


def says(answer: Callable[..., Answer]) -> Callable[..., None]:
    """Gives a command `--json` and the exit codes of contract.md."""

    @click.option("--json", "as_json", is_flag=True, help="One JSON document on standard output, nothing else.")
    @functools.wraps(answer)
    def run(*, as_json: bool, **given: Any) -> None:
        found = answer(**given)
        _tell(found, as_json=as_json)
        _leave(found.exit_code, found.sentence)

    return run


def asks(answer: Callable[..., Answer]) -> Callable[..., None]:
    """Gives a command a client of the running system beside what `says` gives."""

    @click.option("--data-dir", type=click.Path(path_type=Path), help="The folder of the system to ask.")
    @functools.wraps(answer)
    def run(*, data_dir: Path | None, **given: Any) -> Answer:
        return answer(connect(data_dir), **given)

    return says(run)


keyed = click.option("--idempotency-key", "key", metavar="K", help="The same key leads to the same result.")


def connect(data_dir: Path | None) -> "Client":
    """A client of the system in this data folder, or of the one that the environment names."""
    from waymark.address import find_address, may_come_back
    from waymark.client import Client
    from waymark.transport import Transport

    address = find_address(data_dir)
    return Client(Transport(address.url, address.token, may_come_back=lambda: may_come_back(address)))


def _tell(found: Answer, *, as_json: bool) -> None:
    if as_json:
        for document in found.documents:
            click.echo(json.dumps(document, ensure_ascii=False))
    else:
        for line in found.lines:
            click.echo(line)


def _leave(exit_code: int, sentence: str | None) -> None:
    if sentence:
        click.echo(sentence, err=True)
    if exit_code:
        click.get_current_context().exit(exit_code)
