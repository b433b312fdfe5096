"""Where does the benchmarks' own SQL lie?"""

from shared.plumbing.database import queries


def sql(name: str) -> str:
    return queries("benchmarks")[name]
