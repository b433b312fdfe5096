"""Which ports are free on this machine?"""

import socket
from contextlib import suppress
from random import sample
from typing import Final

from waymark.problems import CannotBeUsed

OURS: Final = range(20_000, 32_000)
"""Below what systems hand out by themselves."""
TRIES: Final = 50


def free_port() -> int:
    """Some loopback port that nobody listens on at this moment.

    Not one of those that an outgoing connection is given, where there is another: such a connection would keep whom
    the port is for from ever listening on it.
    """
    for port in (*sample(OURS, TRIES), 0):
        with socket.socket() as taken, suppress(OSError):
            taken.bind(("127.0.0.1", port))
            return int(taken.getsockname()[1])
    raise CannotBeUsed("This machine has no free port.")


def usable(port: int, host: str = "127.0.0.1") -> int:
    """The port itself, or a free one for 0; raises CannotBeUsed where somebody listens on it already."""
    if port == 0:
        return free_port()
    with socket.socket() as wanted:
        wanted.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            wanted.bind((host, port))
        except OSError:
            raise CannotBeUsed(f"Port {port} is in use: give another one with --port.") from None
    return port
