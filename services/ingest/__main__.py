"""What does ingest hear, and what does it do beside? `python -m services.ingest` runs one process of it."""

from services.ingest.handlers import attempted
from services.ingest.worker import work
from shared.domain.events import ContactAttempted
from shared.plumbing.turns import Hears
from shared.plumbing.worker import run

HEARS: Hears = {
    ContactAttempted: attempted,
}

if __name__ == "__main__":
    run("ingest", HEARS, work)
