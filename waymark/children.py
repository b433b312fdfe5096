"""How is a process started so that it cannot outlive us, and how is it ended?"""

import asyncio
import ctypes
import os
import signal
import sys
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from waymark.embedded.os_user import OURSELVES, OsUser

PR_SET_PDEATHSIG = 1
LOG_LIMIT = 10_000_000


@dataclass(frozen=True, slots=True)
class Part:
    """One process of an installation: how it is started, how it says that it works, how it is stopped."""

    name: str
    command: Callable[[], Sequence[str]]
    answers: Callable[[], Awaitable[bool]]
    environment: Mapping[str, str]
    stops_on: signal.Signals = signal.SIGTERM
    dies_on: signal.Signals = signal.SIGKILL
    patience: float = 15.0
    user: OsUser = OURSELVES
    health_port: int | None = None


async def start(part: Part, logs: Path) -> asyncio.subprocess.Process:
    """Starts it in a session of its own; to be called from the main thread, with which it dies."""
    with _log(logs / f"{part.name}.log") as log:
        return await asyncio.create_subprocess_exec(
            *part.command(),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            env=dict(part.environment),
            cwd="/",
            start_new_session=True,
            preexec_fn=dies_with_us(part.dies_on),
            **part.user.options,
        )


async def stop(process: asyncio.subprocess.Process, part: Part) -> None:
    """Asks, waits, and then ends it with whatever it started."""
    with suppress(ProcessLookupError):
        process.send_signal(part.stops_on)
    try:
        await asyncio.wait_for(process.wait(), part.patience)
    except TimeoutError:
        end_group(process.pid)
        await process.wait()
    end_group(process.pid)


def end_group(pid: int) -> None:
    """Ends what is left of the session that `pid` led."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)


def _log(path: Path) -> "_Log":
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if path.exists() and path.stat().st_size > LOG_LIMIT:
        path.replace(path.with_suffix(".log.1"))
    return _Log(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600))


@dataclass(frozen=True, slots=True)
class _Log:
    """A file that is open only while a child takes it over."""

    descriptor: int

    def __enter__(self) -> int:
        return self.descriptor

    def __exit__(self, *_: object) -> None:
        os.close(self.descriptor)


def dies_with_us(death: signal.Signals = signal.SIGKILL) -> Callable[[], None] | None:
    """Runs in the child, after its user was changed (which would clear it) and before its program."""
    if sys.platform != "linux":
        return None
    parent, prctl = os.getpid(), ctypes.CDLL(None).prctl

    def arrange() -> None:
        prctl(PR_SET_PDEATHSIG, int(death))
        if os.getppid() != parent:
            os._exit(1)

    return arrange
