"""How is a county's plan sent through the front door, and carried on where it was stopped?"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Protocol

from waymark.plan import Plan, Step
from waymark.problems import CannotBeUsed

COUNTED = ("rows", "accepted", "unchanged", "unmatched", "rejected")
WITHDRAWN_BECAUSE = "sent by mistake"

Progress = Callable[[str], None]


class FrontDoor(Protocol):
    """What playing needs of the API; waymark.client.Client is one."""

    def post_submission(
        self, file: Path, *, feed: str, provider: str, campaign: int | None, full: bool | None, key: str | None
    ) -> dict[str, Any]: ...
    def verdict(self, submission: dict[str, Any]) -> dict[str, Any]: ...
    def withdraw(self, submission_id: str, *, reason: str, key: str | None) -> dict[str, Any]: ...
    def advance(self, to: str, *, key: str | None) -> dict[str, Any]: ...
    def freeze(self, campaign: int, *, key: str | None) -> dict[str, Any]: ...
    def except_(
        self, campaign: int, *, young_person_id: str, op: str, reason: str, key: str | None
    ) -> dict[str, Any]: ...
    def find(self, identifiers: Mapping[str, str]) -> dict[str, Any]: ...


@dataclass(slots=True)
class Played:
    """What has been played so far: counts of rows, and which submissions were not taken in."""

    steps: int = 0
    submissions: dict[int, str] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=lambda: dict.fromkeys(COUNTED, 0))
    accepted_by_feed: dict[str, int] = field(default_factory=dict)
    not_accepted: list[str] = field(default_factory=list)
    business_date: str | None = None

    def document(self) -> dict[str, Any]:
        return {
            "steps": self.steps,
            "submissions": len(self.submissions),
            **self.rows,
            "accepted_by_feed": self.accepted_by_feed,
            "not_accepted": self.not_accepted,
            "business_date": self.business_date,
        }


def play(plan: Plan, door: FrontDoor, *, to: date | None, progress: Progress) -> Played:
    """Plays the steps up to the end of `to`; every step has its own key, so what was done before is not done twice."""
    played = Played()
    steps = [step for step in plan.steps if to is None or step.on <= to]
    for step in steps:
        said = ACTIONS[step.action](step, plan, door, played)
        played.steps += 1
        progress(f"{step.index + 1} of {len(plan.steps)}: {_in_words(step.on)}: {said}")
    if to is not None and (not steps or steps[-1].on < to):
        _advance(to, f"{plan.digest}-to-{to.isoformat()}", door, played)
        progress(f"{_in_words(to)}: the day begins")
    return played


def _in_words(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _advance(to: date, key: str, door: FrontDoor, played: Played) -> None:
    played.business_date = str(door.advance(to.isoformat(), key=key)["business_date"])


def _play_advance(step: Step, plan: Plan, door: FrontDoor, played: Played) -> str:
    _advance(step.on, step.key, door, played)
    return "the day begins"


def _play_submit(step: Step, plan: Plan, door: FrontDoor, played: Played) -> str:
    given = step.given
    sent = door.post_submission(
        plan.folder / given["file"],
        feed=given["feed"],
        provider=str(given["provider"]),
        campaign=given.get("campaign"),
        full=given["full"],
        key=step.key,
    )
    verdict = door.verdict(sent)
    played.submissions[step.index] = str(verdict["submission_id"])
    for name in COUNTED:
        played.rows[name] += int(verdict.get(name) or 0)
    taken = int(verdict.get("accepted") or 0) + int(verdict.get("unchanged") or 0)
    played.accepted_by_feed[given["feed"]] = played.accepted_by_feed.get(given["feed"], 0) + taken
    if verdict["state"] not in {"accepted", "withdrawn"}:
        played.not_accepted.append(given["file"])
    return f"{given['file']} {verdict['state']}, {verdict.get('accepted')} of {verdict.get('rows')} rows"


def _play_withdraw(step: Step, plan: Plan, door: FrontDoor, played: Played) -> str:
    door.withdraw(played.submissions[step.given["step"]], reason=WITHDRAWN_BECAUSE, key=step.key)
    return f"{plan.steps[step.given['step']].given['file']} withdrawn"


def _play_freeze(step: Step, plan: Plan, door: FrontDoor, played: Played) -> str:
    frozen = door.freeze(int(step.given["campaign"]), key=step.key)
    return f"campaign {step.given['campaign']} frozen with {frozen.get('frozen')} young people"


def _play_except(step: Step, plan: Plan, door: FrontDoor, played: Played) -> str:
    found = door.find({"upn": step.given["upn"]})["people"]
    if len(found) != 1:
        raise CannotBeUsed(
            f"Step {step.index} of the plan makes an exception of {len(found)} young people, not of one."
        )
    door.except_(
        int(step.given["campaign"]),
        young_person_id=str(found[0]["young_person_id"]),
        op=step.given["op"],
        reason=step.given["reason"],
        key=step.key,
    )
    return f"exception: {step.given['op']} one young person"


ACTIONS: Mapping[str, Callable[[Step, Plan, FrontDoor, Played], str]] = {
    "advance": _play_advance,
    "submit": _play_submit,
    "withdraw": _play_withdraw,
    "freeze": _play_freeze,
    "except": _play_except,
}
