"""What do ingest's tests go by?"""

import pytest

from services.ingest.domain.tables import Tables
from services.ingest.tables import load


@pytest.fixture(scope="session")
def tables() -> Tables:
    return load()
