"""Does every module say what it answers, and is nothing left undone in it?"""

import ast
import re
from pathlib import Path

from tests.house.source import files, place, tree

SENTENCE = re.compile(r"[A-Z`“(].*[.?…)]$")
UNDONE = re.compile(r"#\s*(TODO|FIXME|XXX|HACK)\b")  # fmt: skip


def test_every_module_opens_with_a_sentence() -> None:
    silent = [place(path) for path in files() if path.read_text().strip() and not SENTENCE.match(_opening(path))]
    assert not silent


def _opening(path: Path) -> str:
    return (ast.get_docstring(tree(path)) or "").partition("\n\n")[0].replace("\n", " ")


def test_nothing_is_left_for_later() -> None:
    undone = [place(path) for path in files() if UNDONE.search(path.read_text())]
    assert not undone


def test_no_package_is_without_its_sentence() -> None:
    empty = [place(path) for path in files("shared", "services", "waymark") if not path.read_text().strip()]
    assert not empty
