"""Does `waymark up` leave nothing behind, bring back what dies, and carry on after its own kill -9?"""

import asyncio
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest

from waymark.embedded import postgres

WITHIN = 60.0


def until(holds: Callable[[], bool], within: float = WITHIN) -> float:
    began = time.monotonic()
    while not holds():
        assert time.monotonic() - began < within, f"not so after {within} s"
        time.sleep(0.05)
    return time.monotonic() - began


@dataclass
class System:
    """A whole system in a folder of its own, started by the command that people type."""

    data_dir: Path
    supervisor: subprocess.Popen[str] | None = None

    def up(self) -> None:
        self.supervisor = self.start()
        until(lambda: "Waymark is running" in self.said() or self.ended())
        assert not self.ended(), self.said()

    def start(self) -> subprocess.Popen[str]:
        self.data_dir.parent.joinpath("said").unlink(missing_ok=True)
        with self.data_dir.parent.joinpath("said").open("w") as said:
            return subprocess.Popen(
                [sys.executable, "-m", "waymark", "up", "--data-dir", str(self.data_dir), "--port", "0"],
                stderr=said,
                stdout=subprocess.DEVNULL,
                text=True,
                env={name: value for name, value in os.environ.items() if not name.startswith("WAYMARK_")},
            )

    def said(self) -> str:
        return self.data_dir.parent.joinpath("said").read_text()

    def ended(self) -> bool:
        return self.supervisor is None or self.supervisor.poll() is not None

    def tell(self, told: signal.Signals) -> int:
        assert self.supervisor
        self.supervisor.send_signal(told)
        return self.supervisor.wait(WITHIN)

    def pids(self) -> dict[str, int]:
        return {one["name"]: one["pid"] for one in json.loads((self.data_dir / "processes.json").read_text())}

    def token(self) -> str:
        return str(json.loads((self.data_dir / "system.json").read_text())["token"])


def alive(pid: int) -> bool:
    return psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE


@pytest.fixture
def system() -> Iterator[System]:
    folder = Path(tempfile.mkdtemp(prefix="waymark-up-"))
    folder.chmod(0o711)
    system = System(folder / "data")
    yield system
    if system.supervisor and not system.ended():
        system.tell(signal.SIGTERM)
    shutil.rmtree(folder, ignore_errors=True)


@pytest.mark.parametrize("told", [signal.SIGINT, signal.SIGTERM])
def test_told_to_stop_it_ends_with_0_and_leaves_no_process(system: System, told: signal.Signals) -> None:
    system.up()
    pids = system.pids()
    assert {"postgres", "broker"} <= set(pids)
    assert system.tell(told) == 0
    assert not [name for name, pid in pids.items() if alive(pid)]


def test_a_second_one_in_the_same_folder_ends_with_2_and_a_sentence(system: System) -> None:
    system.up()
    second = subprocess.run(
        [sys.executable, "-m", "waymark", "up", "--data-dir", str(system.data_dir), "--port", "0"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (second.returncode, "running in" in second.stderr, second.stdout) == (2, True, "")


def test_whatever_dies_is_started_again_within_ten_seconds(system: System) -> None:
    system.up()
    for name, pid in system.pids().items():
        os.kill(pid, signal.SIGKILL)
        until(lambda name=name, pid=pid: system.pids()[name] != pid and alive(system.pids()[name]), within=10)
    until(lambda: asyncio.run(database_answers(system)), within=10)
    assert not system.ended()


async def database_answers(system: System) -> bool:
    command = psutil.Process(system.pids()["postgres"]).cmdline()
    port = next(int(word.partition("=")[2]) for word in command if word.startswith("--port="))
    return await postgres.answers(port, system.data_dir / "keys")


def test_after_its_own_kill_9_nothing_lives_on_and_the_next_one_carries_on(system: System) -> None:
    system.up()
    pids, token = system.pids(), system.token()
    system.tell(signal.SIGKILL)
    until(lambda: not [name for name, pid in pids.items() if alive(pid)], within=10)
    system.up()
    assert system.token() == token


def test_children_that_outlive_it_all_the_same_are_ended_by_the_next_one(system: System) -> None:
    system.up()
    system.tell(signal.SIGTERM)
    stray = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"], start_new_session=True)
    left = [{"name": "status", "pid": stray.pid, "started": psutil.Process(stray.pid).create_time()}]
    (system.data_dir / "processes.json").write_text(json.dumps(left))
    system.up()
    assert stray.wait(10) == -signal.SIGKILL


def test_the_machine_can_tell_its_processes_apart_and_no_key_is_shown(system: System) -> None:
    system.up()
    keys = [path.read_text() for path in (system.data_dir / "keys").iterdir()]
    assert system.supervisor
    children = psutil.Process(system.supervisor.pid).children(recursive=True)
    shown = {child.pid: " ".join(child.cmdline()) for child in children}
    for name, pid in system.pids().items():
        assert name.partition("-")[0] in shown[pid], shown[pid]
    assert not [key for key in keys if key in " ".join(shown.values())]
