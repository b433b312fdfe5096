"""Is what a killed supervisor left recognised, and is nothing of somebody else's ended?"""

import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from waymark.address import LOCK_FILE, Address, may_come_back
from waymark.leftovers import Running, end_leftovers, record, recorded, sole_use, started_at
from waymark.problems import CannotBeUsed


@pytest.fixture
def stray() -> Iterator[subprocess.Popen[bytes]]:
    with subprocess.Popen([sys.executable, "-c", "import signal; signal.pause()"], start_new_session=True) as process:
        yield process
        process.kill()


def _left(process: subprocess.Popen[bytes]) -> Running:
    return Running("status", process.pid, started_at(process.pid))


def test_a_child_of_a_killed_supervisor_is_ended(tmp_path: Path, stray: subprocess.Popen[bytes]) -> None:
    record(tmp_path, [_left(stray)])
    assert end_leftovers(tmp_path) == ["status"]
    assert stray.wait(10) == -signal.SIGKILL
    assert recorded(tmp_path) == []


def test_another_process_that_got_the_same_number_is_left_alone(tmp_path: Path, stray: subprocess.Popen[bytes]) -> None:
    earlier = replace(_left(stray), started=started_at(stray.pid) - 1000)
    record(tmp_path, [earlier])
    assert end_leftovers(tmp_path) == []
    assert stray.poll() is None


def test_a_folder_is_used_by_one_system_at_a_time(tmp_path: Path) -> None:
    with sole_use(tmp_path), pytest.raises(CannotBeUsed, match="running in"), sole_use(tmp_path):
        pass


def test_what_is_no_folder_is_no_data_folder(tmp_path: Path) -> None:
    (tmp_path / "a file").write_text("")
    with pytest.raises(CannotBeUsed, match="--data-dir"), sole_use(tmp_path / "a file"):
        pass


def test_commands_see_whether_a_supervisor_is_alive(tmp_path: Path) -> None:
    address = Address("http://127.0.0.1:8000", "token", tmp_path)
    with sole_use(tmp_path):
        assert may_come_back(address)
    assert (tmp_path / LOCK_FILE).exists()
    assert not may_come_back(address)
