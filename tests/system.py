"""How does a test start a whole system by the command that people type, and ask it things?"""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil

WITHIN = 60.0
WAYMARK = (sys.executable, "-m", "waymark")


def until(holds: Callable[[], bool], within: float = WITHIN) -> None:
    """Waits for something to come true; fails where it does not in time."""
    deadline = time.monotonic() + within
    while not holds():
        assert time.monotonic() < deadline, f"not so after {within} s"
        time.sleep(0.05)


def alive(pid: int) -> bool:
    return psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE


@dataclass
class System:
    """A system in a folder of its own, with a free port."""

    folder: Path
    settings: Mapping[str, str] = field(default_factory=dict)
    supervisor: subprocess.Popen[bytes] | None = None

    @property
    def data_dir(self) -> Path:
        return self.folder / "data"

    def up(self, *options: str) -> None:
        """Returns when it says that it runs."""
        with (self.folder / "said").open("w") as said:
            self.supervisor = subprocess.Popen(
                [*WAYMARK, "up", "--data-dir", str(self.data_dir), "--port", "0", *options],
                stderr=said,
                stdout=subprocess.DEVNULL,
                env=self._environment(),
            )
        until(lambda: "Waymark is running" in self.said() or not self.is_up(), within=120)
        assert self.is_up(), self.said()

    def said(self) -> str:
        return (self.folder / "said").read_text()

    def is_up(self) -> bool:
        return self.supervisor is not None and self.supervisor.poll() is None

    def tell(self, told: signal.Signals) -> int:
        """Sends the supervisor a signal and gives the exit code with which it ends."""
        assert self.supervisor
        self.supervisor.send_signal(told)
        return self.supervisor.wait(WITHIN)

    def end(self) -> None:
        if self.is_up():
            self.tell(signal.SIGTERM)

    def pids(self) -> dict[str, int]:
        """Of every child, by the name of its part."""
        return {one["name"]: one["pid"] for one in json.loads((self.data_dir / "processes.json").read_text())}

    def token(self) -> str:
        return str(json.loads((self.data_dir / "system.json").read_text())["token"])

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """A command against this system, whatever its exit code."""
        told = self._environment() | {"WAYMARK_DATA_DIR": str(self.data_dir)}
        return subprocess.run([*WAYMARK, *words], capture_output=True, text=True, check=False, env=told)

    def begin(self, *words: str) -> subprocess.Popen[bytes]:
        """A command that goes on meanwhile; its progress goes into the file `progress`."""
        told = self._environment() | {"WAYMARK_DATA_DIR": str(self.data_dir)}
        with (self.folder / "progress").open("w") as progress:
            return subprocess.Popen([*WAYMARK, *words], stdout=subprocess.DEVNULL, stderr=progress, env=told)

    def progress(self) -> list[str]:
        return (self.folder / "progress").read_text().splitlines()

    def ask(self, *words: str) -> Any:
        """A command's JSON document; fails where it does not exit with 0."""
        done = self.run(*words, "--json")
        assert done.returncode == 0, f"{' '.join(words)}: {done.returncode} {done.stderr}"
        return json.loads(done.stdout)

    def _environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("WAYMARK_")}
        return kept | dict(self.settings)


@contextmanager
def a_system() -> Iterator[System]:
    """Not yet started; stopped, with all its data, when the block ends."""
    folder = Path(tempfile.mkdtemp(prefix="waymark-system-"))
    folder.chmod(0o711)
    system = System(folder)
    try:
        yield system
    finally:
        system.end()
        shutil.rmtree(folder, ignore_errors=True)
