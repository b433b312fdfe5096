"""How is it made sure that every route says who may, and asks that before anything else?"""

from collections.abc import Callable, Coroutine, Iterator
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute

from shared.web.access import Access
from shared.web.body_size import limited
from shared.web.problems import ALWAYS, answers


class AccessUndeclared(Exception):
    """A route that does not say who may use it: give one of its parameters `allow(…)`."""


class Guarded(APIRoute):
    """A route that asks who may before it reads what was sent."""

    def __init__(self, path: str, endpoint: Callable[..., Any], **given: Any) -> None:
        reads = {"POST", "PUT", "PATCH"} & set(given.get("methods") or ())
        usual = answers(*ALWAYS, *((404,) if "{" in path else ()), *((413,) if reads else ()))
        given["responses"] = usual | (given.get("responses") or {})
        super().__init__(path, endpoint, **given)

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        inner, access = super().get_route_handler(), self.access

        async def handle(request: Request) -> Response:
            await access.admit(request)
            return await inner(Request(request.scope, limited(request)))

        return handle

    @property
    def access(self) -> Access:
        """Raises AccessUndeclared."""
        declared = [call for call in _calls(self.dependant) if isinstance(call, Access)]
        if len(declared) != 1:
            raise AccessUndeclared(f"{', '.join(self.methods or ())} {self.path} declares {len(declared)} accesses.")
        return declared[0]


def router(*tags: str) -> APIRouter:
    """An APIRouter whose every route declares its access."""
    return APIRouter(tags=list(tags), route_class=Guarded)


def _calls(dependant: Dependant) -> Iterator[object]:
    for dependency in dependant.dependencies:
        yield dependency.call
        yield from _calls(dependency)
