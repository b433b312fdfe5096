"""How is it said to whoever asked that a service will not do something?"""

from collections.abc import Callable, Mapping
from typing import Final

from fastapi import FastAPI, Request, Response

from services.ingest.acts import AskedOtherwise, CannotBeUsed, NotKnown, NotNow
from shared.web.acts import used_otherwise
from shared.web.problems import Refused, problem

REFUSALS: Final[Mapping[type[Exception], Callable[[Exception], Refused]]] = {
    CannotBeUsed: lambda said: Refused(422, None, str(said)),
    NotKnown: lambda said: Refused(404, None, str(said)),
    NotNow: lambda said: Refused(503, None, str(said)),
    AskedOtherwise: lambda said: used_otherwise(),
}


def answer_refusals(app: FastAPI) -> None:
    async def answer(_: Request, said: Exception) -> Response:
        return problem(REFUSALS[type(said)](said))

    for kind in REFUSALS:
        app.add_exception_handler(kind, answer)
