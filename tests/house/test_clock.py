"""Is the clock asked in one place alone, so that the business date is an argument everywhere else?"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.house.source import CODE, files, place, tree

ASKS = {("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today"), ("date", "today"), ("time", "time")}
SQL_DATE = re.compile(r"\b(current_date|localtimestamp|current_timestamp)\b", re.IGNORECASE)


def test_only_the_clock_asks_what_time_it_is() -> None:
    asking = [place(path) for path in files(*CODE) for _ in _asks(path) if path.name != "clock.py"]
    assert not asking


def test_no_query_takes_the_date_from_the_database_server() -> None:
    assert not [place(path) for path in files(*CODE, suffix=".sql") if SQL_DATE.search(path.read_text())]


def _asks(path: Path) -> Iterator[ast.Attribute]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Attribute) and (ast.unparse(node.value).split(".")[-1], node.attr) in ASKS:
            yield node
