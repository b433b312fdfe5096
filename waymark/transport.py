"""How does one request reach the system and come back, also while a process of it is being restarted?"""

import json
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import urllib3

from waymark.problems import CannotBeDoneNow, CannotBeUsed, Problem

RESTARTING = frozenset({502, 503, 504})
OURS = "json"
"""What is in the content type of every answer of ours; a server that is stopping answers 500 without it."""
FIRST_PAUSE = 0.1
LONGEST_PAUSE = 1.0

Fields = Mapping[str, str | tuple[str, bytes, str]]


@dataclass(frozen=True, slots=True)
class Request:
    """One question to the API; a write carries a key, so that asking it twice is asking it once."""

    method: str
    path: str
    query: Mapping[str, object] | None = None
    body: Mapping[str, object] | None = None
    fields: Fields | None = None
    key: str | None = None
    patience: float = 120.0


@dataclass(frozen=True, slots=True)
class Transport:
    """Sends requests to one address; `may_come_back` says whether it is worth waiting while nobody answers."""

    url: str
    token: str
    may_come_back: Callable[[], bool]
    waits: float = 60.0
    pool: urllib3.PoolManager = field(default_factory=lambda: urllib3.PoolManager(retries=False, maxsize=4))

    def ask(self, request: Request) -> Any:
        """The answer's JSON document; problems are raised by kind."""
        response = self._until_answered(request, stream=False)
        return _document(response.status, response.data)

    def stream(self, request: Request) -> Iterator[Any]:
        """The JSON documents of an answer that has one a line."""
        response = self._until_answered(request, stream=True)
        if response.status >= 400:
            _document(response.status, response.data)
        try:
            yield from _documents_in(response)
        except urllib3.exceptions.HTTPError as gone:
            raise CannotBeDoneNow("The system stopped answering half-way: ask again.") from gone
        finally:
            response.release_conn()

    def _until_answered(self, request: Request, *, stream: bool) -> urllib3.BaseHTTPResponse:
        deadline = time.monotonic() + self.waits
        pause = FIRST_PAUSE
        while True:
            try:
                response = self._send(request, stream=stream)
                if not _is_restarting(response) or not self._may_wait(deadline):
                    return response
                response.drain_conn()
            except urllib3.exceptions.HTTPError as unreached:
                if not self._may_wait(deadline):
                    raise CannotBeDoneNow(f"The system at {self.url} does not answer: is it running?") from unreached
            time.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)

    def _may_wait(self, deadline: float) -> bool:
        return time.monotonic() < deadline and self.may_come_back()

    def _send(self, request: Request, *, stream: bool) -> urllib3.BaseHTTPResponse:
        headers = {"Authorization": f"Bearer {self.token}", "Accept": "application/json"}
        if request.key is not None:
            headers["Idempotency-Key"] = request.key
        given: dict[str, Any] = {}
        if request.body is not None:
            headers["Content-Type"] = "application/json"
            given["body"] = json.dumps(request.body).encode()
        elif request.fields is not None:
            given["fields"] = dict(request.fields)
        return self.pool.request(
            request.method,
            self.url + request.path + _query(request.query),
            headers=headers,
            preload_content=not stream,
            redirect=False,
            timeout=urllib3.Timeout(connect=5.0, read=request.patience),
            **given,
        )


def _is_restarting(response: urllib3.BaseHTTPResponse) -> bool:
    cut_off = response.status == 500 and OURS not in response.headers.get("Content-Type", "")
    return response.status in RESTARTING or cut_off


def _query(query: Mapping[str, object] | None) -> str:
    given = [(name, _as_text(value)) for name, value in (query or {}).items() if value is not None]
    return f"?{urlencode(given)}" if given else ""


def _as_text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _documents_in(response: urllib3.BaseHTTPResponse) -> Iterator[Any]:
    rest = b""
    for chunk in response.stream(65536):
        *whole, rest = (rest + chunk).split(b"\n")
        yield from (json.loads(line) for line in whole if line.strip())
    if rest.strip():
        yield json.loads(rest)


def _document(status: int, content: bytes) -> Any:
    try:
        document = json.loads(content) if content else {}
    except ValueError:
        raise CannotBeDoneNow("What answered is not Waymark: check the address.") from None
    if status >= 400:
        raise _problem(status, document)
    return document


def _problem(status: int, document: Any) -> Problem:
    """RFC 9457: `detail` is the sentence that names what to mend, `title` the kind of it."""
    problem = document if isinstance(document, dict) else {}
    sentence = str(problem.get("detail") or problem.get("title") or f"The system answered {status}.")
    kind = CannotBeDoneNow if status >= 500 or status in {408, 425, 429} else CannotBeUsed
    return kind(sentence, problem or {"title": sentence, "status": status})
