"""How is something measured on a noisy machine: by turns, more than once, with the spread beside the median?"""

import gc
import statistics
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing import get_context
from typing import TypeVar

import psutil

from shared.plumbing.process import COLLECTS

T = TypeVar("T")


@dataclass(slots=True)
class Effort:
    """Seconds by the wall and seconds of processors, of ours and of all that `beside` started."""

    seconds: float = 0.0
    processor: float = 0.0


@contextmanager
def effort(beside: Sequence[int] = ()) -> Iterator[Effort]:
    """What the block takes; `beside` are process ids whose whole trees work for it too."""
    spent, began, used = Effort(), time.perf_counter(), _used(beside)
    yield spent
    spent.seconds, spent.processor = time.perf_counter() - began, _used(beside) - used


def _used(pids: Sequence[int]) -> float:
    return time.process_time() + sum(used_by(pid) for pid in pids)


def used_by(pid: int) -> float:
    """Processor seconds of a process, of its children and of those that it has seen end."""
    root = psutil.Process(pid)
    total = root.cpu_times().children_user + root.cpu_times().children_system
    for process in (root, *root.children(recursive=True)):
        try:
            times = process.cpu_times()
        except psutil.NoSuchProcess:
            continue
        total += times.user + times.system
    return float(total)


@dataclass(frozen=True, slots=True)
class Spread:
    """What came of several measurements of one thing."""

    values: tuple[float, ...] = field(default_factory=tuple)

    @property
    def median(self) -> float:
        return statistics.median(self.values)

    @property
    def mean(self) -> float:
        return statistics.fmean(self.values)

    def percentile(self, hundredth: int) -> float:
        """The least value that at least so many of a hundred do not exceed."""
        ordered = sorted(self.values)
        return ordered[max(0, -(-len(ordered) * hundredth // 100) - 1)]

    def __str__(self) -> str:
        least, most = min(self.values), max(self.values)
        return f"{short(self.median)} ({short(least)}–{short(most)})" if len(self.values) > 1 else short(self.median)


def short(number: float) -> str:
    """Three digits that count, whole where it is large."""
    return f"{number:,.0f}" if abs(number) >= 100 else f"{number:.3g}"


def by_turns(repeats: int, ways: Mapping[str, Callable[[], T]]) -> dict[str, list[T]]:
    """Each way once, then each again: what disturbs the machine for a while disturbs them all."""
    found: dict[str, list[T]] = {name: [] for name in ways}
    for _ in range(repeats):
        for name, way in ways.items():
            found[name].append(way())
    return found


def apart(work: Callable[..., T], *given: object) -> T:
    """In a process of its own, which has remembered nothing of an earlier turn; as our processes look for garbage."""
    with ProcessPoolExecutor(1, get_context("spawn"), gc.set_threshold, COLLECTS) as alone:
        return alone.submit(work, *given).result()
