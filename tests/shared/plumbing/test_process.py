"""Does a process leave with the right code, and until_first end what it began?"""

import asyncio
import os
import subprocess
import sys
from pathlib import Path

import pytest

from shared.plumbing.process import until_first


def test_what_cannot_be_used_ends_with_2_and_a_sentence(tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("WAYMARK_")}
    ended = subprocess.run(
        [sys.executable, "-m", "shared.plumbing.relay"],
        env=environment | {"WAYMARK_DATA_DIR": str(tmp_path), "PYTHONPATH": str(Path.cwd())},
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert ended.returncode == 2
    assert ended.stderr == "WAYMARK_DATABASE_DSN is not set; `waymark up` sets it for what it starts.\n"


async def test_the_first_that_fails_ends_the_others() -> None:
    ended: list[str] = []

    async def fails() -> None:
        raise LookupError("the first")

    async def lasts() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            ended.append("the other")

    with pytest.raises(LookupError, match="the first"):
        await until_first(lasts(), fails())
    assert ended == ["the other"]


async def test_when_one_ends_all_end() -> None:
    async def done() -> None:
        return None

    async def lasts() -> None:
        await asyncio.Event().wait()

    await until_first(lasts(), done())
