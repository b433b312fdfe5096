"""Do files and names use the field's words, and none that say nothing?"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.house.source import CODE, files, place, tree

SAY_NOTHING = {"utils", "helpers", "common", "misc", "base", "manager", "service", "processor", "engine"}
SAY_NOTHING |= {"constants", "types"}
OTHER_WORDS = re.compile(r"(^|_)(students?|learners?|pupils?|institutions?|registrations?|uploads?|expired|ttl)(_|$)")


def test_no_file_is_called_what_could_hold_anything() -> None:
    assert not [place(path) for path in files() if path.stem in SAY_NOTHING]


def test_names_in_code_use_one_word_for_one_thing() -> None:
    refused = [f"{place(path)}: {name}" for path in files(*CODE) for name in _names(path) if _is_refused(name)]
    assert not refused


def _names(path: Path) -> Iterator[str]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, ast.arg):
            yield node.arg


def _is_refused(name: str) -> bool:
    return bool(OTHER_WORDS.search(re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()))
