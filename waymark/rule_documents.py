"""What do the rules and the events say, as pages that a person reads? Made from the tables and the models."""

import csv
from collections.abc import Iterable, Iterator
from importlib.resources import files
from types import UnionType
from typing import Any, Union, get_args, get_origin

from pydantic import BaseModel

from services.status.domain.rules import FIRST_VERSION, TABLES
from shared import codes
from shared.domain.events import Event, Frozen
from shared.domain.topics import CONTROL, LANES

Page = tuple[str, list[str]]
QUESTIONS = {
    "guarantee": "Which guarantee outcome has somebody in a campaign? (SG rows)",
    "participation": "What does somebody do, and does it count as learning? (PA rows)",
    "need_summer": "Whom does the council contact before 1 September? (OR rows)",
    "need_autumn": "Whom does the council contact from 1 September on? (OR rows)",
}


def rules() -> Page:
    """Every decision table, row by row, then the code lists and the guidance."""
    parts = [f"Version {FIRST_VERSION}. The first row that fits decides; `*` is any. The last row fits always."]
    for name in TABLES:
        text = files("services.status.tables").joinpath(f"{name}.csv").read_text("utf-8")
        parts += [f"## {name}", QUESTIONS[name], _csv(text)]
    parts += ["## Guidance: what a council may change", _csv(codes.text("guidance"))]
    parts += [
        "## Activity codes: what each counts as, and how long it stays current",
        _csv(codes.text("activity_codes")),
    ]
    parts += ["## September Guarantee codes", _csv(codes.text("guarantee_codes"))]
    return "The rules", parts


def events() -> Page:
    """Every topic with its writer, its readers and the fields of each event on it."""
    parts = [
        "A message is a parcel of events of one person's partition, in order. Every event has the fields of the "
        "envelope first; those marked *every partition* are facts about a day, a cohort or a provider.",
        "## The envelope",
        _fields(Event, ()),
    ]
    for name, lane in LANES.items():
        readers = ", ".join(lane.readers)
        parts += [f"## {lane.topic} (lane `{name}`)", f"Said by {lane.writer}, heard by {readers}."]
        for model in lane.carries:
            control = " *Every partition.*" if model in CONTROL else ""
            parts += [f"### {model.__name__}, version {_version(model)}", (model.__doc__ or "") + control]
            parts += [_fields(model, Event.model_fields)]
    parts += ["## Parts of events"]
    for part in _parts():
        parts += [f"### {part.__name__}", part.__doc__ or "", _fields(part, ())]
    return "The events", parts


def _version(model: type[BaseModel]) -> object:
    return model.model_fields["version"].default


def _fields(model: type[BaseModel], but: Iterable[str]) -> str:
    left_out = {*but, "type", "version"}
    rows = [
        (f"`{name}`", _kind(field.annotation), field.description or "")
        for name, field in model.model_fields.items()
        if name not in left_out
    ]
    return _table(("field", "kind", "meaning"), rows) if rows else "No fields of its own."


def _kind(annotation: Any) -> str:
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin in (Union, UnionType):
        kinds = [_kind(one) for one in arguments if one is not type(None)]
        return " or ".join(kinds) + (" or null" if type(None) in arguments else "")
    if origin is tuple:
        return "list of " + _kind(arguments[0]) if arguments[-1] is ... else "list of two numbers"
    if arguments:
        return ", ".join(str(one) for one in arguments)
    return getattr(annotation, "__name__", str(annotation))


def _parts() -> Iterator[type[BaseModel]]:
    """The models that stand inside events, each once, in the order in which they are met."""
    met: dict[type[BaseModel], None] = {}
    for lane in LANES.values():
        for model in lane.carries:
            _meet(model, met)
    return iter(met)


def _meet(model: type[BaseModel], met: dict[type[BaseModel], None]) -> None:
    for field in model.model_fields.values():
        for inner in _models(field.annotation):
            if inner not in met:
                met[inner] = None
                _meet(inner, met)


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, Frozen):
        yield annotation
    for argument in get_args(annotation):
        yield from _models(argument)


def _csv(text: str) -> str:
    heads, *rows = csv.reader(text.splitlines())
    return _table(heads, rows)


def _table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    heads = tuple(heads)
    lines = (heads, ("---",) * len(heads), *(tuple(cell.replace("|", " or ") for cell in row) for row in rows))
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
