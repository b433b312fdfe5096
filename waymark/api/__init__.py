"""What is mounted at the one address: each service's own routes, and those that need more than one service."""

import importlib
import importlib.util
from typing import Final

from fastapi import APIRouter

SERVICES: Final = ("services.ingest.api", "services.outreach.api", "services.reporting.api")
OURS: Final = ("waymark.api.cohorts", "waymark.api.people", "waymark.api.system", "waymark.api.tokens")


def _routes(module: str) -> APIRouter:
    found: APIRouter = importlib.import_module(module).routes
    return found


ROUTERS: Final = tuple(_routes(module) for module in (*OURS, *SERVICES) if importlib.util.find_spec(module))
