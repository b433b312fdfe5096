"""Is every folder called `domain` pure: no input or output, framework, clock, randomness or logging?"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.house.source import CODE, files, imported, place, tree

IMPURE = {"asyncio", "logging", "random", "secrets", "socket", "subprocess", "threading", "multiprocessing", "os",
          "sys", "time", "shutil", "tempfile", "urllib", "http", "signal", "sqlite3"}  # fmt: skip
ACTS = {"open", "print", "input", "exec", "eval"}


def _domain_files() -> list[Path]:
    return [path for path in files(*CODE) if "domain" in path.parts]


def test_a_domain_imports_only_what_is_pure() -> None:
    assert not [f"{place(path)}: {name}" for path in _domain_files() for name in _foreign(path)]


def test_a_domain_opens_and_prints_nothing() -> None:
    acting = [
        f"{place(path)}: {node.func.id}"
        for path in _domain_files()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ACTS
    ]
    assert not acting


def _foreign(path: Path) -> Iterator[str]:
    home = _home(path)
    for name in imported(path):
        first = name.split(".")[0]
        pure = first in sys.stdlib_module_names and first not in IMPURE
        if not (
            pure
            or first in ("pydantic", "pydantic_core", "typing_extensions")
            or name.startswith(("shared.domain", home))
        ):
            yield name


def _home(path: Path) -> str:
    """`services.status.domain` for every file in it."""
    parts = place(path).split("/")
    return ".".join(parts[: parts.index("domain") + 1])
