"""Which broker does a benchmark use where it starts no whole system?"""

import asyncio
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager

from waymark.children import dies_with_us
from waymark.embedded import broker
from waymark.ports import free_port

STARTS_WITHIN = 30.0


@contextmanager
def a_broker() -> Iterator[str]:
    """The address of an embedded broker that runs while the block runs."""
    port = free_port()
    child = subprocess.Popen(
        broker.command(port),
        preexec_fn=dies_with_us(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        deadline = time.monotonic() + STARTS_WITHIN
        while not asyncio.run(broker.answers(port)):
            if time.monotonic() > deadline:
                raise TimeoutError("The broker does not start.")
            time.sleep(0.05)
        yield f"127.0.0.1:{port}"
    finally:
        child.kill()
        child.wait()
