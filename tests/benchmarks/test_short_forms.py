"""Does each benchmark that needs no broker run, and answer a machine?"""

import pytest
from click.testing import CliRunner

from benchmarks.__main__ import BENCHMARKS, main
from benchmarks.results import Result

SMALL = {
    "deciding": ("--people", "30", "--repeats", "1"),
    "growth": ("--people", "60", "--rows", "40", "--file", "20", "--repeats", "1"),
    "rebuild": ("--people", "60"),
    "figures": ("--people", "60", "--times", "2"),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", SMALL)
def test_a_benchmark_answers_in_json(name: str) -> None:
    ran = CliRunner().invoke(main, [name, "--short", "--json", *SMALL[name]], catch_exceptions=False)
    found = Result.model_validate_json(ran.stdout)
    assert (found.benchmark, bool(found.tables)) == (name, True)


def test_every_benchmark_is_listed_with_what_it_answers() -> None:
    listed = CliRunner().invoke(main, ["--help"]).stdout
    assert all(f"  {name} " in listed and one.answers in listed for name, one in BENCHMARKS.items())
