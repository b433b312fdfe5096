"""Does everything travel over the bus while nothing is amiss, however many processes share a service's partitions?"""

import json
import urllib.request

import pytest

from tests.journeys import asking
from tests.journeys.asking import SAMPLE
from tests.system import System, a_system

READERS = ("ingest", "status", "outreach", "reporting")


def counted(system: System, metric: str) -> dict[str, float]:
    """What each process of a service has counted of it in all, by the name of the process."""
    running = json.loads((system.data_dir / "processes.json").read_text())
    return {
        one["name"]: _sum(one["health_port"], metric) for one in running if one["name"].partition("-")[0] in READERS
    }


def _sum(port: int, metric: str) -> float:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=5) as answer:
        lines = answer.read().decode().splitlines()
    return sum(float(line.rpartition(" ")[2]) for line in lines if line.startswith(f"{metric}_total{{"))


@pytest.mark.parametrize("workers", [1, 2, 4])
def test_nothing_is_read_from_the_journal_while_a_county_is_played(workers: int) -> None:
    with a_system() as system:
        system.settings = {"WAYMARK_WORKERS": str(workers)}
        system.up("--clock", "2026-05-01")
        assert system.run("play", str(SAMPLE), "--to", "2026-06-02").returncode == 0
        assert asking.client_of(system).settle(60)["settled"]
        reads, applied = counted(system, "waymark_journal_reads"), counted(system, "waymark_events_applied")
    assert reads == dict.fromkeys(reads, 0)
    assert len(applied) == workers * len(READERS)
    assert all(count > 0 for name, count in applied.items() if not name.startswith("ingest")), applied
