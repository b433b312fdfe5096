"""What is mounted at the one address: each service's own routes, and those that need more than one service."""

from typing import Final

from services.ingest import api as ingest
from services.outreach import api as outreach
from services.reporting import api as reporting
from waymark.api import cohorts, people, system, tokens

ROUTERS: Final = (
    cohorts.routes,
    people.routes,
    system.routes,
    tokens.routes,
    ingest.routes,
    outreach.routes,
    reporting.routes,
)
