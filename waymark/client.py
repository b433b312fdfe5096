"""What can be asked of a running system? One method an endpoint of the API."""

import time
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from waymark.problems import CannotBeDoneNow
from waymark.transport import Request, Transport

Document = dict[str, Any]

BASE = "/api/v1"
VERDICT_WITHIN = 900.0
LONG_WORK = 900.0


@dataclass(frozen=True, slots=True)
class Client:
    """The API as methods; each answers with the document of the contract or raises a Problem."""

    transport: Transport

    def post_submission(
        self,
        file: Path,
        *,
        feed: str,
        provider: str,
        campaign: int | None = None,
        full: bool | None = None,
        key: str | None = None,
    ) -> Document:
        """Takes a file in; the answer may still say `checking`."""
        fields: dict[str, str | tuple[str, bytes, str]] = {
            "feed": feed,
            "provider": provider,
            "file": (file.name, file.read_bytes(), "application/octet-stream"),
        }
        if campaign is not None:
            fields["campaign"] = str(campaign)
        if full is not None:
            fields["full"] = str(full).lower()
        return self._answer(Request("POST", f"{BASE}/submissions", fields=fields, key=key or _new_key()))

    def submission(self, submission_id: str) -> Document:
        return self._read(f"/submissions/{_part(submission_id)}")

    def verdict(self, submission: Document) -> Document:
        """The submission as it is once it is no longer being checked."""
        deadline, pause = time.monotonic() + VERDICT_WITHIN, 0.02
        while submission["state"] == "checking":
            if time.monotonic() > deadline:
                raise CannotBeDoneNow(f"Submission {submission['submission_id']} is still being checked: ask again.")
            time.sleep(pause)
            pause = min(pause * 1.5, 0.5)
            submission = self.submission(submission["submission_id"])
        return submission

    def withdraw(self, submission_id: str, *, reason: str, key: str | None = None) -> Document:
        return self._write(f"/submissions/{_part(submission_id)}/withdrawal", {"reason": reason}, key=key)

    def advance(self, to: str, *, key: str | None = None) -> Document:
        return self._write("/calendar/advance", {"to": to}, key=key, patience=LONG_WORK)

    def freeze(self, campaign: int, *, key: str | None = None) -> Document:
        return self._write(f"/cohorts/{campaign}/freeze", {}, key=key, patience=LONG_WORK)

    def except_(self, campaign: int, *, young_person_id: str, op: str, reason: str, key: str | None = None) -> Document:
        body = {"young_person_id": young_person_id, "op": op, "reason": reason}
        return self._write(f"/cohorts/{campaign}/exceptions", body, key=key)

    def ledger(self, campaign: int) -> Document:
        return self._all_pages(f"/cohorts/{campaign}/ledger", {}, "entries")

    def settle(self, timeout: float) -> Document:
        return self._question("/settle", {"timeout": timeout}, patience=timeout + 60.0)

    def where(self) -> Document:
        return self._read("/where")

    def find(self, identifiers: Mapping[str, str]) -> Document:
        """Identifiers travel in the body: never in a URL."""
        return self._question("/people/find", identifiers)

    def person(self, young_person_id: str, *, as_at: str | None = None, known_at: str | None = None) -> Document:
        return self._read(f"/young-people/{_part(young_person_id)}", {"as_at": as_at, "known_at": known_at})

    def people(
        self, *, campaign: int | None = None, as_at: str | None = None, known_at: str | None = None
    ) -> Iterator[Document]:
        query = {"campaign": campaign, "as_at": as_at, "known_at": known_at}
        return self.transport.stream(Request("GET", f"{BASE}/young-people", query, patience=LONG_WORK))

    def queue(self, *, limit: int | None = None, schools: Sequence[str] = ()) -> Document:
        query = {"limit": limit, "school": ",".join(schools) or None}
        return self._all_pages("/queue", query, "entries", at_most=limit)

    def report(self, kind: str, query: Mapping[str, object]) -> Document:
        return self._read(f"/reports/{kind}", query, patience=LONG_WORK)

    def verify(self) -> Document:
        return self._question("/verify", {}, patience=LONG_WORK)

    def issue_token(self, role: str, *, establishments: Sequence[str] = (), key: str | None = None) -> Document:
        return self._write("/tokens", {"role": role, "establishments": list(establishments)}, key=key)

    def revoke_token(self, token_id: str, *, key: str | None = None) -> Document:
        return self._answer(Request("DELETE", f"{BASE}/tokens/{_part(token_id)}", key=key or _new_key()))

    def _read(self, path: str, query: Mapping[str, object] | None = None, *, patience: float = 120.0) -> Document:
        return self._answer(Request("GET", BASE + path, query, patience=patience))

    def _question(self, path: str, body: Mapping[str, object], *, patience: float = 120.0) -> Document:
        """A question that changes nothing but has a body."""
        return self._answer(Request("POST", BASE + path, body=body, patience=patience))

    def _write(
        self, path: str, body: Mapping[str, object], *, key: str | None = None, patience: float = 120.0
    ) -> Document:
        return self._answer(Request("POST", BASE + path, body=body, key=key or _new_key(), patience=patience))

    def _answer(self, request: Request) -> Document:
        document = self.transport.ask(request)
        return document if isinstance(document, dict) else {"answer": document}

    def _all_pages(self, path: str, query: Mapping[str, object], name: str, *, at_most: int | None = None) -> Document:
        """Lists are paged by cursor: the pages' entries in one document."""
        document = self._read(path, query)
        cursor = document.pop("next_cursor", None)
        while cursor is not None and (at_most is None or len(document[name]) < at_most):
            page = self._read(path, {**query, "cursor": cursor})
            document[name] += page[name]
            cursor = page.get("next_cursor")
        document[name] = document[name][:at_most]
        return document


def _new_key() -> str:
    return uuid.uuid4().hex


def _part(identifier: str) -> str:
    return quote(identifier, safe="")
