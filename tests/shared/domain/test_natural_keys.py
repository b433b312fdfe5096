"""Is one thing one thing, however it is written?"""

import pytest

from shared.domain.natural_keys import unresolved


@pytest.mark.parametrize("written", ["Keldale Care Ltd.", "KELDALE  CARE LTD", "keldale-care (ltd)"])
def test_a_provider_whom_nobody_knows_is_the_same_however_written(written: str) -> None:
    assert unresolved(written) == "~keldalecareltd"


@pytest.mark.parametrize("written", [None, "", " ", "-", "?!"])
def test_a_name_that_says_nothing_is_nobody(written: str | None) -> None:
    assert unresolved(written) is None
