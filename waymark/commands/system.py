"""Where is the system, has everything passed through it, and do its figures equal a recount?"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from waymark.commands.answering import Answer, asks, one
from waymark.commands.showing import cell, count, in_words, table

if TYPE_CHECKING:
    from waymark.client import Client


@click.command(epilog="Example: waymark settle --timeout 120")
@click.option("--timeout", type=click.FloatRange(min=0), default=300.0, show_default=True, metavar="S", help="Seconds.")
@asks
def settle(client: "Client", timeout: float) -> Answer:
    """Wait until all that was submitted has passed through every service."""
    found = client.settle(timeout)
    if found["settled"]:
        return one(found, [f"Settled: everything recorded by {in_words(found.get('watermark'))} has passed through."])
    sentence = _parked(found) or "Not everything has passed through every service yet."
    return one(found, _behind(found), exit_code=1, sentence=sentence)


def _behind(found: dict[str, Any]) -> Iterator[str]:
    rows = [[cell(reader.get("reader")), cell(reader.get("seconds"))] for reader in found.get("behind") or []]
    if rows:
        yield from table(("Reader", "Seconds behind"), rows)


def _parked(found: dict[str, Any]) -> str | None:
    parked = found.get("parked") or []
    if not parked:
        return None
    ids = ", ".join(str(one_.get("young_person_id") if isinstance(one_, dict) else one_) for one_ in parked)
    return f"{len(parked)} young people are not up to date: {ids}."


@click.command(epilog="Example: waymark where --json")
@asks
def where(client: "Client") -> Answer:
    """Say where the system and its broker are."""
    found = client.where()
    return one(found, [f"Pages and API  {found['url']}", f"Kafka          {found['kafka_bootstrap']}"])


@click.command(epilog="Example: waymark verify")
@asks
def verify(client: "Client") -> Answer:
    """Recount every aggregate from the evidence and compare."""
    found = client.verify()
    parked = _parked(found)
    differences = found["differences"]
    if not differences and not parked:
        return one(found, _checked(found))
    sentence = (
        parked if not differences else f"{count(len(differences))} differences between what is stored and a recount."
    )
    return one(found, _differences(found), exit_code=1, sentence=sentence)


def _checked(found: dict[str, Any]) -> Iterator[str]:
    parts = ", ".join(f"{count(number)} {what}" for what, number in found["checked"].items())
    yield f"No difference, up to {in_words(found['watermark'])}: {parts} compared with a recount."


def _differences(found: dict[str, Any]) -> Iterator[str]:
    yield from table(
        ("What", "Stored", "Recount", "Young people"),
        [
            [
                cell(difference.get("what")),
                cell(difference.get("stored")),
                cell(difference.get("recount")),
                ", ".join(map(str, difference.get("young_person_ids") or [])) or "–",
            ]
            for difference in found["differences"]
        ],
    )
