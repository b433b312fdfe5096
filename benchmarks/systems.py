"""How does a benchmark start a whole system, as anybody would, and what does it read of its processes?"""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import urllib3
from prometheus_client.parser import text_string_to_metric_families

from benchmarks.databases import Server
from waymark.client import Client
from waymark.commands.answering import connect

ENDS_WITHIN = 60.0


@dataclass(frozen=True, slots=True)
class System:
    data_dir: Path
    client: Client
    supervisor: "subprocess.Popen[str]"

    def parts(self) -> list[dict[str, object]]:
        """Every process by name, with its id and the port of its metrics."""
        found: list[dict[str, object]] = json.loads((self.data_dir / "processes.json").read_text())
        return found

    def reading(self, service: str, sample: str, **labels: str) -> float:
        """The sum of a sample over the processes of a service; 0 where there is none."""
        total = 0.0
        for part in self.parts():
            if str(part["name"]).partition("-")[0] == service:
                text = urllib3.request("GET", f"http://127.0.0.1:{part['health_port']}/metrics").data.decode()
                total += sum(_values(text, sample, labels))
        return total


def _values(text: str, sample: str, labels: Mapping[str, str]) -> Iterator[float]:
    for family in text_string_to_metric_families(text):
        for one in family.samples:
            if one.name == sample and labels.items() <= one.labels.items():
                yield one.value


@contextmanager
def a_system(
    data_dir: Path, *, server: Server | None = None, clock: str | None = None, workers: int = 1
) -> Iterator[System]:
    """Running while the block runs, over the database of a server or over its own."""
    told = {name: value for name, value in os.environ.items() if not name.startswith("WAYMARK_")}
    told["WAYMARK_WORKERS"] = str(workers)
    if server is not None:
        told["WAYMARK_DATABASE_DSN"] = server.settings().dsn
    words = ["up", "--data-dir", str(data_dir), "--port", "0", "--json", *(["--clock", clock] if clock else [])]
    with (data_dir / "said").open("w") as said:
        supervisor = subprocess.Popen(
            [sys.executable, "-m", "waymark", *words], stdout=subprocess.PIPE, stderr=said, env=told, text=True
        )
    try:
        if not (supervisor.stdout and supervisor.stdout.readline()):
            raise RuntimeError((data_dir / "said").read_text())
        yield System(data_dir, connect(data_dir), supervisor)
    finally:
        supervisor.send_signal(signal.SIGTERM)
        supervisor.wait(ENDS_WITHIN)
