"""What does a system cost that has nothing to do: how much of a core, and how much memory in all?"""

import shutil
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import psutil

from benchmarks.county_files import CAMPAIGN
from benchmarks.measuring import used_by
from benchmarks.results import Aim, Plot, Result, Table, result
from benchmarks.systems import System, a_system

CALM_AFTER: Final = 20.0
"""Seconds: readers have joined their groups, and caches are written, by then."""
MOST_OF_A_CORE, MOST_MEMORY, MEGABYTE = 10.0, 1500.0, 1024**2
INSTEAD: Final = ("postgres", "broker")
"""What anybody would run who had a database and a broker and nothing else."""


def measure(*, seconds: int) -> Result:
    folder = Path(tempfile.mkdtemp(prefix="waymark-benchmark-"))
    folder.chmod(0o711)
    try:
        with a_system(folder, clock=f"{CAMPAIGN}-09-10") as system:
            time.sleep(CALM_AFTER)
            before = _used(system)
            time.sleep(seconds)
            after = _used(system)
            memory = {name: _memory(pid) / MEGABYTE for name, pid in _pids(system).items()}
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    core = {name: (after[name] - before[name]) / seconds * 100 for name in before}
    return _result(seconds, core, memory)


def _pids(system: System) -> dict[str, int]:
    """The supervisor and every part, the newest first."""
    return {"supervisor": system.supervisor.pid} | {str(part["name"]): int(str(part["pid"])) for part in system.parts()}


def _used(system: System) -> dict[str, float]:
    """Processor seconds of each part with its own children; of the supervisor alone, whose children are the parts."""
    found = {name: used_by(pid) for name, pid in _pids(system).items()}
    alone = psutil.Process(system.supervisor.pid).cpu_times()
    return found | {"supervisor": float(alone.user + alone.system)}


def _memory(pid: int) -> int:
    """Bytes of a session's processes, what they share counted once over all."""
    root = psutil.Process(pid)
    children = [] if _leads_parts(root) else root.children(recursive=True)
    return sum(int(process.memory_full_info().pss) for process in (root, *children))


def _leads_parts(process: psutil.Process) -> bool:
    return "up" in process.cmdline()


def _result(seconds: int, core: Mapping[str, float], memory: Mapping[str, float]) -> Result:
    together = {"everything": core.keys(), "database and broker alone": INSTEAD}
    sums = {name: (sum(core[one] for one in of), sum(memory[one] for one in of)) for name, of in together.items()}
    table = Table(
        title=f"Over {seconds} seconds in which nothing is asked",
        columns=("part", "% of a core", "memory, MB (PSS)"),
        rows=(*((name, core[name], memory[name]) for name in core), *((name, *sums[name]) for name in sums)),
    )
    bars = tuple(memory.values())
    plot = Plot(name="idle", title="Memory at rest", unit="MB (PSS)", labels=tuple(memory), series={"": bars})
    used, held = sums["everything"]
    aims = (
        Aim(what="Of one core", unit="%", measured=used, at_most=MOST_OF_A_CORE),
        Aim(what="Memory in all", unit="MB", measured=held, at_most=MOST_MEMORY),
    )
    return result("idle", __doc__ or "", {"seconds": seconds}, tables=(table,), plots=(plot,), aims=aims)
