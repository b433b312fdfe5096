"""Which of the bus's own fixtures do tests that kill processes share?"""

from tests.shared.plumbing.conftest import frail, pool_of

__all__ = ["frail", "pool_of"]
