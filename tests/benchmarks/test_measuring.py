"""Does a measurement say what was measured, in numbers and in pictures?"""

from xml.etree import ElementTree

from benchmarks.measuring import Spread, by_turns, effort
from benchmarks.plots import drawn
from benchmarks.results import Aim, Plot, Result, Table, in_text, result

FOUND = result(
    "sample",
    "How much?",
    {"rows": 2},
    tables=[Table(title="Both", columns=("way", "ms"), rows=(("ours", 1234.5), ("theirs <", 0.25)))],
    plots=[Plot(name="both", title="Both", unit="ms", labels=("ours", "theirs <"), series={"": (1234.5, 0.25)})],
    aims=[
        Aim(what="Ours", unit="ms", measured=1234.5, at_most=1000),
        Aim(what="Share", unit="", measured=1, at_least=1),
    ],
)


def test_a_percentile_is_a_value_that_was_measured() -> None:
    hundred = Spread(tuple(float(number) for number in range(100, 0, -1)))
    assert [hundred.percentile(at) for at in (50, 95, 99, 100)] == [50, 95, 99, 100]
    assert Spread((3.0,)).percentile(99) == 3.0


def test_a_spread_is_shown_by_its_median_and_its_ends() -> None:
    assert str(Spread((2.0, 1.0, 9.0))) == "2 (1–9)"
    assert str(Spread((1234.5,))) == "1,234"


def test_ways_are_tried_by_turns() -> None:
    tried: list[str] = []
    by_turns(2, {"a": lambda: tried.append("a"), "b": lambda: tried.append("b")})
    assert tried == ["a", "b", "a", "b"]


def test_effort_counts_what_it_takes() -> None:
    with effort() as spent:
        sum(range(100_000))
    assert 0 < spent.processor <= spent.seconds * 1.5


def test_an_aim_says_whether_it_is_met() -> None:
    missed, met = FOUND.aims
    assert (missed.is_met, met.is_met) == (False, True)
    assert str(missed) == "Ours: 1,234 ms, asked for at most 1,000 ms: MISSED"


def test_a_result_is_the_same_when_it_is_read_again() -> None:
    assert Result.model_validate_json(FOUND.model_dump_json()) == FOUND


def test_a_table_stands_in_columns() -> None:
    assert "way          ms\nours      1,234\ntheirs <   0.25" in in_text(FOUND)


def test_a_picture_has_a_bar_a_value() -> None:
    picture = ElementTree.fromstring(drawn(FOUND.plots[0]))
    bars = [one for one in picture if one.tag.endswith("rect") and one.get("x")]
    assert [float(bar.get("width", "")) for bar in bars] == [420.0, 0.1]
