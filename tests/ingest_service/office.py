"""How is ingest asked for things in a test, without the web and without the bus?"""

import json
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from services.ingest import calendar_days, cohorts, store, submissions, withdrawals
from services.ingest.acts import Asked
from services.ingest.desk import Desk
from services.ingest.reading import Reader
from services.ingest.submissions import Sent
from services.ingest.worker import check_next
from shared.domain.vocabulary import Feed
from tests.ingest_service.files import SCHOOLS, establishments


def asked() -> Asked:
    return Asked(uuid4(), "the same")


@dataclass
class Office:
    """Does as the web process and the worker would, one thing after the other."""

    desk: Desk
    reader: Reader
    steps: dict[int, UUID] = field(default_factory=dict)

    async def submit(self, feed: str, provider: str, content: str | bytes, **more: Any) -> dict[str, Any]:
        data = content.encode() if isinstance(content, str) else content
        submission_id = await submissions.send(self.desk.pool, Sent(Feed(feed), provider, data, **more), asked())
        await self._worked()
        return await store.submission(self.desk.pool, submission_id)

    async def _worked(self) -> None:
        while await check_next(self.desk, self.reader):
            pass

    async def withdraw(self, submission_id: str | UUID) -> dict[str, Any]:
        once = asked()
        await withdrawals.ask(self.desk.pool, UUID(str(submission_id)), "sent by mistake", once)
        await self._worked()
        return await withdrawals.outcome(self.desk.pool, once)

    async def advance(self, to: date) -> dict[str, Any]:
        return await calendar_days.advance(self.desk.pool, to, asked())

    async def freeze(self, campaign: int = 2026) -> dict[str, Any]:
        return await cohorts.freeze(self.desk.pool, campaign, asked())

    async def opened(self) -> "Office":
        """With the schools' establishments accepted."""
        await self.submit("establishments", "council", establishments(*SCHOOLS))
        return self

    async def find(self, **identifiers: Any) -> list[str]:
        return await store.find(self.desk.pool, **identifiers)

    async def said(self, type_: str) -> list[dict[str, Any]]:
        """Everything of a type that was said, in the order of its moments; of what is said to all one copy."""
        rows = await self.desk.pool.fetch(
            "SELECT * FROM (SELECT DISTINCT ON (event_id, recorded_at) recorded_at, payload FROM ("
            "   SELECT event_id, type, recorded_at, payload FROM bus.journal WHERE lane = 'evidence'"
            "   UNION ALL SELECT event_id, type, recorded_at, payload FROM bus.detail_journal) AS every"
            " WHERE type = $1 ORDER BY event_id, recorded_at) AS once ORDER BY recorded_at",
            type_,
        )
        return [json.loads(row["payload"]) | {"recorded_at": row["recorded_at"]} for row in rows]

    async def standing(self, young_person_id: str) -> list[dict[str, Any]]:
        now = await self.desk.pool.fetchval("SELECT bus.now() + interval '1 day'")
        return await store.evidence(self.desk.pool, young_person_id, now)

    async def play(self, folder: Path) -> None:
        """A county's plan, step by step; afterwards `steps` has the submission of each step."""
        for index, step in enumerate(json.loads((folder / "plan.json").read_text())):
            await getattr(self, f"_{step['action']}")(folder, index, step)

    async def _advance(self, folder: Path, index: int, step: dict[str, Any]) -> None:
        await self.advance(date.fromisoformat(step["date"]))

    async def _submit(self, folder: Path, index: int, step: dict[str, Any]) -> None:
        content = (folder / step["file"]).read_bytes()
        said = await self.submit(
            step["feed"], step["provider"], content, campaign=step.get("campaign"), full=step["full"]
        )
        assert said["state"] == "accepted", (step, said["problems"])
        self.steps[index] = UUID(said["submission_id"])

    async def _withdraw(self, folder: Path, index: int, step: dict[str, Any]) -> None:
        await self.withdraw(self.steps[step["step"]])

    async def _freeze(self, folder: Path, index: int, step: dict[str, Any]) -> None:
        await self.freeze(step["campaign"])

    async def _except(self, folder: Path, index: int, step: dict[str, Any]) -> None:
        (who,) = await store.find(self.desk.pool, upn=step["upn"])
        await cohorts.except_(
            self.desk.pool, step["campaign"], who, op=step["op"], reason=step["reason"], asked=asked()
        )
