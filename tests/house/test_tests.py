"""Are tests about the real thing: nothing pretended, and no waiting but for something to come true?"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.house.source import files, functions, imported, place, tree

PRETENDS = re.compile(r"\b(MagicMock|AsyncMock|monkeypatch|mocker)\b")


def test_nothing_is_mocked_or_patched() -> None:
    here = Path(__file__)
    pretending = [place(path) for path in files("tests") if path != here and PRETENDS.search(path.read_text())]
    assert not pretending + [place(path) for path in files("tests") if "unittest.mock" in set(imported(path))]


def test_sleep_is_called_only_while_waiting_until_something_holds() -> None:
    assert not [f"{place(path)}: {name}" for path in files("tests") for name in _sleepers(path)]


def _sleepers(path: Path) -> Iterator[str]:
    """Functions that sleep and whose name does not say for what they wait."""
    waiting = {node for f in functions(path) if "until" in f.name for node in ast.walk(f)}
    for node in ast.walk(tree(path)):
        if (
            node not in waiting
            and isinstance(node, ast.Call)
            and ast.unparse(node.func) in {"time.sleep", "asyncio.sleep"}
        ):
            yield f"line {node.lineno}"
