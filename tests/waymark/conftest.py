"""Which system do the client, the commands and the play of this folder ask? A small server of their own."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.waymark.front_door import Door, open_door
from waymark.__main__ import main
from waymark.client import Client
from waymark.county.generate import generate_county
from waymark.county.writer import write_county
from waymark.transport import Transport


@pytest.fixture
def door() -> Iterator[Door]:
    with open_door() as opened:
        yield opened


@pytest.fixture
def client(door: Door) -> Iterator[Client]:
    transport = Transport(door.url, "a-token", may_come_back=lambda: True, waits=5.0)
    yield Client(transport)
    transport.pool.clear()


Typed = Callable[..., tuple[int, str, str]]


@pytest.fixture
def typed(door: Door, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> Typed:
    """Types a command at the system behind the door: (exit code, standard output, standard error)."""
    (tmp_path / "system.json").write_text(json.dumps({"url": door.url, "token": "a-token"}))

    def run(*words: str) -> tuple[int, str, str]:
        capfd.readouterr()
        with pytest.raises(SystemExit) as left:
            main([*words, "--data-dir", str(tmp_path)])
        said = capfd.readouterr()
        code: Any = left.value.code
        return int(code or 0), said.out, said.err

    return run


@pytest.fixture(scope="session")
def small_county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Fifty young people's year, in a folder."""
    out = tmp_path_factory.mktemp("county") / "small"
    write_county(generate_county(seed=5, young_people=50), out)
    return out
