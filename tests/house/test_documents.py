"""Does every document that restates code say what the code says?"""

import pytest

from waymark.documents import DOCUMENTS, FOLDER


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_generated_document_equals_the_code(name: str) -> None:
    assert (FOLDER / name).read_text(encoding="utf-8") == DOCUMENTS[name](), "run `make docs`"


def test_every_setting_and_metric_is_described() -> None:
    assert "|  |\n" not in DOCUMENTS["settings.md"]() + DOCUMENTS["metrics.md"]()
