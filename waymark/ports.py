"""Which ports are free on this machine?"""

import socket

from waymark.problems import CannotBeUsed


def free_port() -> int:
    """Some loopback port that nobody listens on at this moment."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


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
