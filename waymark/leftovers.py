"""Is a data folder in use, and what did a supervisor that was killed leave running?"""

import fcntl
import json
import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

import psutil

from shared.plumbing.keys import write_private
from waymark.address import LOCK_FILE
from waymark.children import end_group
from waymark.problems import CannotBeUsed

RECORD = "processes.json"
PATIENCE = 10.0


@dataclass(frozen=True, slots=True)
class Running:
    """A child by name, and by the two numbers that together no other process ever has."""

    name: str
    pid: int
    started: float
    dies_on: int = signal.SIGKILL
    health_port: int | None = None

    def is_alive(self) -> bool:
        try:
            process = psutil.Process(self.pid)
            return abs(process.create_time() - self.started) < 1 and process.status() != psutil.STATUS_ZOMBIE
        except psutil.NoSuchProcess:
            return False


def started_at(pid: int) -> float:
    """0 where it is gone already."""
    try:
        return float(psutil.Process(pid).create_time())
    except psutil.NoSuchProcess:
        return 0.0


@contextmanager
def sole_use(data_dir: Path) -> Iterator[None]:
    """Holds the folder for this supervisor alone; raises CannotBeUsed while another one lives in it."""
    with _lock_of(data_dir) as lock:
        if not _locked(lock.fileno()):
            raise CannotBeUsed(f"A system is running in {data_dir} already: stop it, or give another --data-dir.")
        yield


def _lock_of(data_dir: Path) -> IO[str]:
    try:
        data_dir.mkdir(parents=True, exist_ok=True, mode=0o711)
        return (data_dir / LOCK_FILE).open("a")
    except OSError as refused:
        raise CannotBeUsed(
            f"{data_dir} cannot be used as a data folder ({refused.strerror}): give another --data-dir."
        ) from None


def _locked(descriptor: int) -> bool:
    """A command that only looks whether we are alive holds it for a moment, so it is tried for a second."""
    deadline = time.monotonic() + 1
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            if time.monotonic() > deadline:
                return False
            time.sleep(0.05)
        else:
            return True


def record(data_dir: Path, running: list[Running]) -> None:
    write_private(data_dir / RECORD, json.dumps([asdict(one) for one in running], indent=1))


def recorded(data_dir: Path) -> list[Running]:
    try:
        return [Running(**one) for one in json.loads((data_dir / RECORD).read_text())]
    except (FileNotFoundError, ValueError, TypeError):
        return []


def end_leftovers(data_dir: Path) -> list[str]:
    """Ends, with all that they started, the children of a supervisor that is gone; gives their names."""
    found = recorded(data_dir)
    left = [one for one in found if one.is_alive()]
    for one in left:
        with suppress(ProcessLookupError):
            os.kill(one.pid, one.dies_on)
    _wait_for_end(left)
    for one in found:
        # A number that no process has may still be a session's, and then it is ours.
        if one.is_alive() or not psutil.pid_exists(one.pid):
            end_group(one.pid)
    record(data_dir, [])
    return [one.name for one in left]


def _wait_for_end(left: list[Running]) -> None:
    deadline = time.monotonic() + PATIENCE
    while any(one.is_alive() for one in left) and time.monotonic() < deadline:
        time.sleep(0.05)
