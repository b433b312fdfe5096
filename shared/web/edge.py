"""What holds for every answer, also for one that failed?"""

import logging
from typing import Final

from fastapi import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from shared.plumbing.faults import is_transient
from shared.plumbing.metrics import ANSWERS, labels
from shared.web.problems import Refused, problem

LOG: Final = logging.getLogger(__name__)

ALWAYS: Final = ((b"x-content-type-options", b"nosniff"), (b"cache-control", b"no-store"))

OURS: Final = "Something failed on our side and has been noted. What you sent did no harm: you may send it again."
AWAY: Final = "The database does not answer at the moment: ask again in a few seconds."


class Edge:
    """Puts our headers on each answer, counts it, and turns whatever was not expected into a problem."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun = False

        async def told(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                given = {name for name, _ in message["headers"]}
                message["headers"] = [*message["headers"], *(one for one in ALWAYS if one[0] not in given)]
                ANSWERS.labels(**labels(method=scope["method"], answer=f"{message['status'] // 100}xx")).inc()
            await send(message)

        try:
            await self.app(scope, receive, told)
        except Exception as fault:
            if begun:
                raise
            await problem(_as_problem(fault))(scope, Request(scope).receive, told)


def _as_problem(fault: Exception) -> Refused:
    if isinstance(fault, Refused):
        return fault
    if is_transient(fault):
        LOG.warning("The database was away.", exc_info=fault)
        return Refused(503, None, AWAY)
    LOG.error("A request failed.", exc_info=fault)
    return Refused(500, None, OURS)
