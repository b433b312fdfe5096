"""How does `waymark up` go from a folder to a running system and back?"""

import asyncio
import importlib.util
import os
import signal
import sys
from collections.abc import Mapping
from datetime import date
from typing import Any

from shared.plumbing.keys import KeyRefused
from shared.plumbing.settings import Settings, SettingsRefused, unknown_names
from waymark.children import dies_with_us, end_group
from waymark.leftovers import sole_use
from waymark.parts import Installation, installation
from waymark.problems import CannotBeUsed
from waymark.supervisor import Say, supervise

DEMO = "waymark.demo"


def run(told: Mapping[str, Any], *, starts_on: date | None, demo: bool, say: Say) -> dict[str, str]:
    """Returns when it was told to stop, with where it was; raises a Problem where it could not start."""
    for name in unknown_names(os.environ):
        say(f"{name} is no setting of Waymark's and is not read.")
    try:
        settings = Settings.from_environment(**told)
        with sole_use(settings.data_dir):
            return asyncio.run(_run(settings, starts_on, demo=demo, say=say))
    except (SettingsRefused, KeyRefused) as refused:
        raise CannotBeUsed(str(refused)) from None


async def _run(settings: Settings, starts_on: date | None, *, demo: bool, say: Say) -> dict[str, str]:
    stopping = asyncio.Event()
    for told in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        asyncio.get_running_loop().add_signal_handler(told, stopping.set)
    ready = installation(settings)
    say(f"Starting Waymark in {ready.settings.data_dir}.")

    async def once_up() -> None:
        say(f"Waymark is running at {ready.url} (Ctrl-C stops it).")
        if demo and importlib.util.find_spec(DEMO):
            await _play_demo(ready, say)

    await supervise(ready, starts_on=starts_on, stopping=stopping, say=say, once_up=once_up)
    return {"url": ready.url, "data_dir": str(ready.settings.data_dir)}


async def _play_demo(ready: Installation, say: Say) -> None:
    """A process of its own, which speaks to the system as anybody would and to the person who started it."""
    player = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", DEMO),
        stdin=asyncio.subprocess.DEVNULL,
        env=dict(ready.web.environment),
        start_new_session=True,
        preexec_fn=dies_with_us(),
    )
    try:
        if await player.wait():
            say("The demo was not played to its end; the system goes on running.")
    finally:
        end_group(player.pid)
        await player.wait()
