"""How is an API put together, so that every answer keeps the same promises?"""

from collections.abc import Awaitable, Callable, Iterable
from typing import Any, cast

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.openapi.utils import get_openapi
from starlette.exceptions import HTTPException

from shared.web.access import whoever_asks
from shared.web.edge import Edge
from shared.web.problems import Problem, Refused, problem
from shared.web.validation import refusal

BASE = "/api/v1"

Handler = Callable[[Request, Any], Awaitable[Response]]

NO_SUCH_ADDRESS = "There is nothing at this address."
WRONG_METHOD = "This address is there, but not for this method: see /openapi.json."
NOT_READ = "The body could not be read: send JSON, or multipart/form-data where a file is sent."


def application(version: str, routers: Iterable[APIRouter], **state: Any) -> FastAPI:
    """The routers under /api/v1; `state` is what `request.app.state` has: `door`, `pools`, `settings`."""
    app = FastAPI(title="Waymark", version=version, docs_url=None, redoc_url=None, redirect_slashes=False)
    for name, value in state.items():
        setattr(app.state, name, value)
    for one in routers:
        app.include_router(one, prefix=BASE)
    app.add_exception_handler(Refused, _refused)
    app.add_exception_handler(RequestValidationError, cast(Handler, _unusable))
    app.add_exception_handler(HTTPException, cast(Handler, _elsewhere))
    app.add_middleware(Edge)
    app.openapi = lambda: _described(app)  # type: ignore[method-assign]
    return app


async def _refused(_: Request, refused: Exception) -> Response:
    return problem(cast(Refused, refused))


async def _unusable(_: Request, invalid: RequestValidationError) -> Response:
    return problem(refusal(invalid.errors()))


async def _elsewhere(request: Request, error: HTTPException) -> Response:
    """No route answers this; to somebody unknown the API says only that."""
    if request.url.path.startswith("/api/") and error.status_code in {404, 405}:
        try:
            await whoever_asks(request)
        except Refused as unknown:
            return problem(unknown)
    said = {404: NO_SUCH_ADDRESS, 405: WRONG_METHOD, 400: NOT_READ, 413: error.detail}
    status = 422 if error.status_code == 400 else error.status_code
    answer = problem(Refused(status, None, said.get(error.status_code, "This request cannot be answered.")))
    answer.headers.update(error.headers or {})
    return answer


def _described(app: FastAPI) -> dict[str, Any]:
    """OpenAPI with our problem in place of the framework's own."""
    if app.openapi_schema is None:
        found = get_openapi(title=app.title, version=app.version, routes=app.routes)
        schemas = found.setdefault("components", {}).setdefault("schemas", {})
        for theirs in ("HTTPValidationError", "ValidationError"):
            schemas.pop(theirs, None)
        described = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
        schemas |= described.pop("$defs") | {"Problem": described}
        app.openapi_schema = found
    return app.openapi_schema
