"""A small real HTTP server that takes what a county sends, so that client, commands and play can be asked for real."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.parser import BytesParser
from email.policy import HTTP
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Answer = tuple[int, Any]


@dataclass
class Door:
    """What was asked, what was taken in, and how it should answer."""

    asked: list[tuple[str, str, dict[str, str], Any]] = field(default_factory=list)
    answers: dict[str, Any] = field(default_factory=dict)
    refuses: int = 0
    business_date: str = "2026-05-01"
    by_key: dict[str, Answer] = field(default_factory=dict)
    submissions: list[dict[str, Any]] = field(default_factory=list)
    url: str = ""

    def bodies(self, path: str) -> list[Any]:
        return [body for _, asked, _, body in self.asked if asked.partition("?")[0] == f"/api/v1{path}"]

    def keys(self) -> list[str]:
        return [headers["Idempotency-Key"] for _, _, headers, _ in self.asked if "Idempotency-Key" in headers]

    def answer(self, method: str, path: str, headers: dict[str, str], body: Any) -> Answer:
        self.asked.append((method, path, headers, body))
        if self.refuses:
            self.refuses -= 1
            return 503, {"title": "Not now", "detail": "Not now: ask again."}
        key = headers.get("Idempotency-Key")
        if key is not None and key in self.by_key:
            return self.by_key[key]
        answer = self._answer(method, path.removeprefix("/api/v1"), body)
        if key is not None:
            self.by_key[key] = answer
        return answer

    def _answer(self, method: str, path: str, body: Any) -> Answer:
        if path in self.answers:
            answer = self.answers[path]
            return answer if isinstance(answer, tuple) else (200, answer)
        if path == "/submissions":
            return 202, self._take(body)
        if path.startswith("/submissions/"):
            return self._submission(path.split("/")[2], withdrawn=path.endswith("/withdrawal"))
        if path == "/calendar/advance":
            self.business_date = max(self.business_date, body["to"])
            return 200, {"business_date": self.business_date}
        if path.endswith("/freeze"):
            return 201, {"campaign": int(path.split("/")[2]), "frozen": 3, "recorded_at": "2026-06-04T00:00:00+01:00"}
        if path.endswith("/exceptions"):
            return 201, {**body, "campaign": int(path.split("/")[2])}
        if path == "/people/find":
            return 200, {"people": [{"young_person_id": "41"}]}
        return 404, {"title": "Not found", "status": 404, "detail": "There is nothing here."}

    def _take(self, fields: dict[str, Any]) -> dict[str, Any]:
        submission_id = str(len(self.submissions) + 1)
        rows = len(fields["file"].splitlines()) - 1
        counts = {"rows": rows, "accepted": rows, "unchanged": 0, "unmatched": 0, "rejected": 0}
        self.submissions.append({**fields, "submission_id": submission_id, "state": "accepted", **counts})
        return {"submission_id": submission_id, "state": "checking"}

    def _submission(self, submission_id: str, *, withdrawn: bool) -> Answer:
        found = self.submissions[int(submission_id) - 1]
        if withdrawn:
            found["state"] = "withdrawn"
        return 200, {**{name: value for name, value in found.items() if name != "file"}, "problems": []}


def _fields(content_type: str, content: bytes) -> dict[str, Any]:
    message = BytesParser(policy=HTTP).parsebytes(b"Content-Type: " + content_type.encode() + b"\r\n\r\n" + content)
    parts = {str(part.get_param("name", header="content-disposition")): part for part in message.iter_parts()}
    return {
        name: part.get_payload(decode=True) if name == "file" else str(part.get_payload())
        for name, part in parts.items()
    }


def _handler(door: Door) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def _answer(self) -> None:
            content = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            kind = self.headers.get("Content-Type", "")
            body = _fields(kind, content) if kind.startswith("multipart/") else json.loads(content or b"null")
            status, document = door.answer(self.command, self.path, dict(self.headers), body)
            said = document if isinstance(document, bytes) else json.dumps(document).encode()
            self.send_response(status)
            self.send_header("Content-Type", "text/plain" if isinstance(document, bytes) else "application/json")
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        do_GET = do_POST = do_DELETE = _answer  # noqa: N815

        def log_message(self, *given: Any) -> None:
            """Says nothing."""

    return Handler


@contextmanager
def open_door() -> Iterator[Door]:
    door = Door()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(door))
    server.daemon_threads = True
    door.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield door
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
