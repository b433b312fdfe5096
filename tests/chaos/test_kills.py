"""Does a county that is being played come to what the recount says, whichever process is killed in the middle?"""

import json
import os
import signal
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field

import pytest

from tests.journeys import asking
from tests.journeys.asking import DAYS, SAMPLE
from tests.system import System, a_system, alive, until
from waymark.plan import read_plan

BACK_WITHIN, ALL_WITHIN = 10.0, 300.0
KILLED_ON_THE_WAY_TO = {
    "ingest": "2026-05-15", "status": "2026-06-04", "outreach": "2026-06-15", "reporting": "2026-06-24",
    "relay": "2026-07-15", "web": "2026-09-08", "broker": "2026-09-30", "postgres": "2026-10-20",
}  # fmt: skip
"""Until which day the county is played while each part is killed; the supervisor is the last."""
READERS = ("status", "outreach", "reporting")
STEPS = read_plan(SAMPLE).steps


@dataclass
class Survived:
    """A system of which everything was killed once while a county was played; and in how many seconds it was back."""

    system: System
    seconds: dict[str, float] = field(default_factory=dict)

    def play(self, *to: str) -> "subprocess.Popen[bytes]":
        return self.system.begin("play", str(SAMPLE), *to)

    def until_steps(self, number: int, play: "subprocess.Popen[bytes]") -> None:
        until(lambda: len(self.system.progress()) >= number or play.poll() is not None, within=ALL_WITHIN)

    def kill_on_the_way(self, name: str, since: str, to: str) -> None:
        play = self.play("--to", to)
        self.until_steps(sum(step.on.isoformat() <= since for step in STEPS) + 5, play)
        assert play.poll() is None, self.system.progress()[-1:]
        pid, began, steps = self.system.pids()[name], time.monotonic(), len(self.system.progress())
        os.kill(pid, signal.SIGKILL)
        until(lambda: self.system.pids()[name] != pid and alive(self.system.pids()[name]))
        self.until_steps(steps + 2, play)
        until(lambda: self.is_at_work(name))
        self.seconds[name] = time.monotonic() - began
        assert play.wait(ALL_WITHIN) == 0

    def is_at_work(self, name: str) -> bool:
        """Does it say that it can work, and, where it reads, that it has applied something?"""
        running = json.loads((self.system.data_dir / "processes.json").read_text())
        port = next(one["health_port"] for one in running if one["name"] == name)
        if port is None or name == "web":
            return True
        return asked(port, "readyz") != "" and (name not in READERS or has_applied(asked(port, "metrics")))


def asked(port: int, path: str) -> str:
    with suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{port}/{path}", timeout=2) as answer:
        return str(answer.read().decode())
    return ""


def has_applied(metrics: str) -> bool:
    lines = [line for line in metrics.splitlines() if line.startswith("waymark_events_applied_total")]
    return sum(float(line.rpartition(" ")[2]) for line in lines) > 0


@pytest.fixture(scope="module")
def survived() -> Iterator[Survived]:
    with a_system() as system:
        survived, since = Survived(system), ""
        system.up("--clock", "2026-05-01")
        for name, to in KILLED_ON_THE_WAY_TO.items():
            survived.kill_on_the_way(name, since, to)
            since = to
        play = survived.play()
        survived.until_steps(226, play)
        system.tell(signal.SIGKILL)
        assert play.wait(ALL_WITHIN) == 3
        system.up()
        assert survived.play().wait(ALL_WITHIN) == 0
        assert asking.client_of(system).settle(60)["settled"]
        yield survived


@pytest.mark.parametrize("name", KILLED_ON_THE_WAY_TO)
def test_whatever_is_killed_is_back_at_work_within_ten_seconds(survived: Survived, name: str) -> None:
    assert survived.seconds[name] < BACK_WITHIN


def test_at_the_end_everything_is_as_the_recount_has_it(survived: Survived) -> None:
    client, end = asking.client_of(survived.system), DAYS[-1]
    found = asking.answers(client, end, end)
    assert found == asking.expected(end)
    assert asking.in_queue(client, end) == asking.to_contact(found["people"])


@pytest.mark.parametrize("day", DAYS[:-1])
def test_what_was_known_on_a_day_is_as_the_recount_has_it(survived: Survived, day: str) -> None:
    assert asking.people(asking.client_of(survived.system), day, known_at=day) == asking.expected(day)["people"]


def test_the_recount_finds_no_difference(survived: Survived) -> None:
    assert survived.system.ask("verify")["differences"] == []
