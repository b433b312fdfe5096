"""What is written in this repository, as the house tests read it?"""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CODE = ("shared", "services", "waymark")
NOT_OURS = {".git", ".venv", ".waymark", "__pycache__", ".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis"}


@cache
def files(*folders: str, suffix: str = ".py") -> tuple[Path, ...]:
    """All files of a kind in these folders, or in the whole repository."""
    found = (path for folder in folders or (".",) for path in (ROOT / folder).rglob(f"*{suffix}"))
    return tuple(sorted(path for path in found if path.is_file() and not NOT_OURS & set(path.parts)))


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def imported(path: Path) -> Iterator[str]:
    """Every module that is named in an import, wherever it stands."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def place(path: Path) -> str:
    return str(path.relative_to(ROOT))
