"""Is a log line JSON, and free of what an error quotes?"""

import json
import logging
import sys

from shared.plumbing.logs import JsonLines


def _line(**extra: object) -> dict[str, object]:
    record = logging.getLogger("tests").makeRecord("tests", logging.WARNING, __file__, 1, "Refused", (), None)
    vars(record).update(extra)
    return dict(json.loads(JsonLines("status").format(record)))


def test_a_line_says_who_speaks_and_how_serious_it_is() -> None:
    line = _line(partition=3)
    assert (line["part"], line["level"], line["says"], line["partition"]) == ("status", "warning", "Refused", 3)


def test_what_is_no_known_field_is_left_out() -> None:
    assert "surname" not in _line(surname="Somebody")


def test_an_error_is_told_by_its_type_and_place_but_not_by_its_text() -> None:
    try:
        raise ValueError("Key (surname)=(Somebody) already exists")
    except ValueError:
        line = _line(exc_info=sys.exc_info())
    assert line["error"] == "ValueError"
    assert "test_an_error_is_told" in str(line["arose"])
    assert "Somebody" not in json.dumps(line)
