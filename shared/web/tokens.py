"""Which tokens are there, whose is this one, and how does it end?"""

import hashlib
import hmac
import secrets
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from shared.plumbing.database import Connection, Pool, queries
from shared.web.access import Account, Role
from shared.web.acts import Act, used_otherwise

SYSTEM: Final = Account(uuid.uuid5(uuid.NAMESPACE_URL, "waymark:system"), Role.SYSTEM)

SQL: Final = "shared.web"


@dataclass(frozen=True, slots=True)
class Issued:
    """`secret` is None where the act had been done before: it is given once."""

    token_id: uuid.UUID
    secret: str | None
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class Tokens:
    """The door: only hashes are kept, that of the system's own token (hex) outside the database."""

    pool: Pool
    system_hash: str

    async def account(self, secret: str) -> Account | None:
        digest = hashlib.sha256(secret.encode())
        if hmac.compare_digest(digest.hexdigest(), self.system_hash):
            return SYSTEM
        row = await self.pool.fetchrow(queries(SQL)["token_by_hash"], digest.digest())
        return row and Account(row["token_id"], Role(row["role"]), tuple(row["establishments"]))


async def issue(pool: Pool, act: Act, role: Role, establishments: list[str]) -> Issued:
    """Raises Refused where the act's key was used for another request."""
    async with pool.acquire() as connection, connection.transaction():
        if not await _begin(connection, act):
            done = await _done(connection, act)
            return Issued(done["led_to"], None, done["issued_at"])
        secret, token_id = secrets.token_urlsafe(32), uuid.uuid4()
        digest = hashlib.sha256(secret.encode()).digest()
        kept = (token_id, role, establishments, digest, act.account_id)
        recorded_at = await connection.fetchval(queries(SQL)["issue_token"], *kept)
        await connection.execute(queries(SQL)["act_led_to"], act.act_id, token_id)
        return Issued(token_id, secret, recorded_at)


async def revoke(pool: Pool, act: Act, token_id: uuid.UUID) -> datetime | None:
    """When it ended, or None where there is no such token; ending it again changes nothing. Refuses as `issue` does."""
    async with pool.acquire() as connection, connection.transaction():
        if not await _begin(connection, act):
            await _done(connection, act)
        ended_at: datetime | None = await connection.fetchval(queries(SQL)["revoke_token"], token_id)
        return ended_at


async def _begin(connection: Connection, act: Act) -> bool:
    """Whether the act is new; one who asks at the same time waits for the first."""
    return await connection.fetchval(queries(SQL)["begin_act"], act.act_id, act.request_hash) is not None


async def _done(connection: Connection, act: Act) -> Mapping[str, Any]:
    row: Mapping[str, Any] = await connection.fetchrow(queries(SQL)["act_done"], act.act_id)
    if row["request_hash"] != act.request_hash:
        raise used_otherwise()
    return row
