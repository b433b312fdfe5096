"""How does `waymark up` go from a folder to a running system and back?"""

import asyncio
import os
import signal
import sys
from collections.abc import Callable, Mapping
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

Where = Mapping[str, str]


def run(
    told: Mapping[str, Any], *, starts_on: date | None, demo: bool, say: Say, ready: Callable[[Where], None] | None
) -> None:
    """Returns when it was told to stop; raises a Problem where it could not start. `ready` is told where it runs."""
    for name in unknown_names(os.environ):
        say(f"{name} is no setting of Waymark's and is not read.")
    try:
        settings = Settings.from_environment(**told)
        with sole_use(settings.data_dir):
            asyncio.run(_run(settings, starts_on, demo=demo, say=say, ready=ready))
    except (SettingsRefused, KeyRefused) as refused:
        raise CannotBeUsed(str(refused)) from None


async def _run(
    settings: Settings, starts_on: date | None, *, demo: bool, say: Say, ready: Callable[[Where], None] | None
) -> None:
    stopping = asyncio.Event()
    for told in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        asyncio.get_running_loop().add_signal_handler(told, stopping.set)
    planned = installation(settings)
    data_dir = planned.settings.data_dir
    say(f"Starting Waymark in {data_dir}.")

    async def once_up() -> None:
        say(f"Waymark is running at {planned.url} (Ctrl-C stops it).")
        if ready is not None:
            ready({"url": planned.url, "data_dir": str(data_dir), "kafka_bootstrap": planned.settings.bootstrap})
        if demo:
            await _play_demo(planned, say)

    await supervise(planned, starts_on=starts_on, stopping=stopping, say=say, once_up=once_up)
    say(f"Stopped. The data are in {data_dir}.")


async def _play_demo(planned: Installation, say: Say) -> None:
    """A process of its own, which speaks to the system as anybody would and to the person who started it."""
    player = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", DEMO),
        stdin=asyncio.subprocess.DEVNULL,
        env=dict(planned.web.environment),
        start_new_session=True,
        preexec_fn=dies_with_us(),
    )
    try:
        if await player.wait():
            say("The demo was not played to its end; the system goes on running.")
    finally:
        end_group(player.pid)
        await player.wait()
