"""What are the steps of a county's plan, and are they fit to be played?"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from waymark.problems import CannotBeUsed

NEEDED: Mapping[str, tuple[str, ...]] = {
    "advance": (),
    "submit": ("feed", "provider", "file", "full"),
    "withdraw": ("step",),
    "freeze": ("campaign",),
    "except": ("campaign", "upn", "op", "reason"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One step; `given` has the other keys of contract.md's plan.json, `key` names it for ever."""

    index: int
    on: date
    action: str
    given: Mapping[str, Any]
    key: str


@dataclass(frozen=True, slots=True)
class Plan:
    """The steps in order, the folder of their files, and the hash that tells this plan from any other."""

    folder: Path
    digest: str
    steps: tuple[Step, ...]


def read_plan(folder: Path) -> Plan:
    """The plan of a county's folder; what cannot be played is refused before anything is sent."""
    try:
        content = (folder / "plan.json").read_bytes()
        given = json.loads(content)
    except FileNotFoundError:
        raise CannotBeUsed(f"{folder} has no plan.json: make a county with `waymark generate county`.") from None
    except ValueError:
        raise CannotBeUsed(f"{folder / 'plan.json'} is not JSON.") from None
    digest = hashlib.sha256(content).hexdigest()[:32]
    if not isinstance(given, list):
        raise CannotBeUsed(f"{folder / 'plan.json'} is not a list of steps.")
    steps = tuple(_step(index, step, digest) for index, step in enumerate(given))
    for step in steps:
        _check(step, steps, folder)
    return Plan(folder, digest, steps)


def _step(index: int, given: Any, digest: str) -> Step:
    try:
        rest = {name: value for name, value in given.items() if name not in {"date", "action"}}
        return Step(index, date.fromisoformat(given["date"]), str(given["action"]), rest, f"{digest}-{index}")
    except (AttributeError, KeyError, TypeError, ValueError):
        raise CannotBeUsed(f"Step {index} of the plan needs a date and an action.") from None


def _check(step: Step, steps: tuple[Step, ...], folder: Path) -> None:
    if step.action not in NEEDED:
        raise CannotBeUsed(f"Step {step.index} of the plan has an action that is not known: {step.action}.")
    missing = [name for name in NEEDED[step.action] if name not in step.given]
    if missing:
        raise CannotBeUsed(f"Step {step.index} of the plan ({step.action}) lacks: {', '.join(missing)}.")
    if step.action == "submit" and not (folder / step.given["file"]).is_file():
        raise CannotBeUsed(f"Step {step.index} of the plan sends {step.given['file']}, which is not in {folder}.")
    if step.action == "withdraw" and not _is_earlier_submission(step, steps):
        raise CannotBeUsed(f"Step {step.index} of the plan withdraws a step that is no earlier submission.")


def _is_earlier_submission(step: Step, steps: tuple[Step, ...]) -> bool:
    index = step.given["step"]
    return isinstance(index, int) and 0 <= index < step.index and steps[index].action == "submit"
