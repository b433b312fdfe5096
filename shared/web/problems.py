"""What does a refusal look like, so that whoever asked knows what to mend?"""

from collections.abc import Mapping
from typing import Any, Final

from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field

MEDIA_TYPE: Final = "application/problem+json"

TITLES: Final[Mapping[int, str]] = {
    401: "Sign in first",
    403: "Not yours to open",
    404: "Not found",
    405: "This address does not do that",
    409: "It cannot be done in the present state",
    413: "Too large",
    422: "What was sent cannot be used",
    500: "A fault of ours",
    503: "Not now: ask again",
}
ALWAYS: Final = (401, 403, 422, 500, 503)


class Mend(BaseModel):
    """One thing to mend in a request."""

    where: str = Field(description="The part of the request and the name of the field.", examples=["query as_at"])
    mend: str = Field(description="What to write there.", examples=["give a date such as 2026-10-20"])


class Problem(BaseModel):
    """RFC 9457. It never quotes what was sent."""

    model_config = ConfigDict(extra="allow")

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    errors: list[Mend] | None = None


class Refused(Exception):
    """A request that is answered with a problem; `more` are further members of its document."""

    def __init__(self, status: int, title: str | None, detail: str, **more: Any) -> None:
        super().__init__(detail)
        self.status = status
        self.title = title or TITLES.get(status, "Refused")
        self.detail = detail
        self.more = more


def problem(refused: Refused) -> JSONResponse:
    document = {"type": "about:blank", "title": refused.title, "status": refused.status, "detail": refused.detail}
    headers = {"WWW-Authenticate": "Bearer"} if refused.status == 401 else {}
    if refused.status == 503:
        headers["Retry-After"] = "1"
    return JSONResponse(document | refused.more, refused.status, headers, MEDIA_TYPE)


def answers(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """What a route's `responses` are to say of the problems that it answers with."""
    schema = {"schema": {"$ref": "#/components/schemas/Problem"}}
    return {
        status: {"description": TITLES.get(status, "Refused"), "content": {MEDIA_TYPE: schema}} for status in statuses
    }
