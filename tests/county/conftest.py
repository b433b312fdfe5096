"""Which counties do these tests play? Each is played once."""

from pathlib import Path

import pytest

from tests.county.played import Played, played

SAMPLE = Path(__file__).parents[1] / "data" / "sample-county"


@pytest.fixture(scope="session")
def county() -> Played:
    return played(SAMPLE)
