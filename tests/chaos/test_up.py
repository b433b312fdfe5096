"""Does `waymark up` leave nothing behind, bring back what dies, and carry on after its own kill -9?"""

import asyncio
import os
import signal
from collections.abc import Iterator
from contextlib import suppress

import psutil
import pytest

from tests.system import System, a_system, alive, until
from waymark.embedded import postgres


@pytest.fixture(scope="module")
def running() -> Iterator[System]:
    """One that is up, for tests that do not stop it."""
    with a_system() as system:
        system.up()
        yield system


@pytest.mark.parametrize("told", [signal.SIGINT, signal.SIGTERM])
def test_told_to_stop_it_ends_with_0_and_leaves_no_process(system: System, told: signal.Signals) -> None:
    system.up()
    pids = system.pids()
    assert {"postgres", "broker"} <= set(pids)
    assert system.tell(told) == 0
    assert not [name for name, pid in pids.items() if alive(pid)]


def test_a_second_one_in_the_same_folder_ends_with_2_and_a_sentence(running: System) -> None:
    second = running.run("up", "--port", "0")
    assert (second.returncode, "running in" in second.stderr, second.stdout) == (2, True, "")


def test_the_machine_can_tell_its_processes_apart_and_no_key_is_shown(running: System) -> None:
    keys = [path.read_text() for path in (running.data_dir / "keys").iterdir()]
    assert running.supervisor
    children = psutil.Process(running.supervisor.pid).children(recursive=True)
    shown = {child.pid: " ".join(child.cmdline()) for child in children}
    for name, pid in running.pids().items():
        assert name.partition("-")[0] in shown[pid], shown[pid]
    assert not [key for key in keys if key in " ".join(shown.values())]


def test_whatever_dies_is_started_again_within_ten_seconds(running: System) -> None:
    for name in running.pids():
        pid = running.pids()[name]
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        until(lambda name=name, pid=pid: running.pids()[name] != pid and alive(running.pids()[name]), within=10)
    until(lambda: asyncio.run(database_answers(running)), within=10)
    assert running.is_up()


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
