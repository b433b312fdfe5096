"""What else might be sent that must make no difference? Plans made from a county's plan."""

from collections.abc import Callable, Sequence
from itertools import count, cycle
from typing import Any

Step = dict[str, Any]
OF_PEOPLE = ("cohort", "offers", "enrolments")
EVERY = 4


def every_file_twice(plan: Sequence[Step]) -> list[Step]:
    return _with(plan, lambda step: [step, step])


def wrong_files_taken_back(plan: Sequence[Step]) -> list[Step]:
    """Before every fourth file of people another school sends it as its own, and withdraws it."""
    schools = cycle(sorted({step["provider"] for step in plan if step.get("feed") == "cohort"}))
    turn = count(1)

    def sent(step: Step) -> list[Step]:
        if step["feed"] not in OF_PEOPLE or next(turn) % EVERY:
            return [step]
        other = next(school for school in schools if school != step["provider"])
        return [{**step, "provider": other}, {"date": step["date"], "action": "withdraw", "before": 1}, step]

    return _with(plan, sent)


def _with(plan: Sequence[Step], sent: Callable[[Step], list[Step]]) -> list[Step]:
    """Each submission as it is `sent` instead; whatever withdraws it withdraws every sending of it."""
    found: list[Step] = []
    places: dict[int, list[int]] = {}
    for index, step in enumerate(plan):
        if step["action"] == "submit":
            instead = sent(step)
            places[index] = [len(found) + at for at, one in enumerate(instead) if one is step]
            found += [_placed(one, len(found) + at) for at, one in enumerate(instead)]
        elif step["action"] == "withdraw":
            found += [{**step, "step": place} for place in places[step["step"]]]
        else:
            found.append(step)
    return found


def _placed(step: Step, at: int) -> Step:
    return {**step, "step": at - step["before"]} if "before" in step else step
