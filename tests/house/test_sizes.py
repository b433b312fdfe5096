"""Is every file and function small enough to be read in one go?"""

from tests.house.source import files, functions, place

FILE_LINES, FUNCTION_LINES = 300, 40


def test_no_file_has_more_than_300_lines() -> None:
    long = [place(path) for path in files() if len(path.read_text().splitlines()) > FILE_LINES]
    assert not long


def test_no_function_has_more_than_40_lines() -> None:
    long = [
        f"{place(path)}: {function.name}"
        for path in files()
        for function in functions(path)
        if (function.end_lineno or 0) - function.lineno >= FUNCTION_LINES
    ]
    assert not long
