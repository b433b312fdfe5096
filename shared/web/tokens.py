"""Which tokens are there, whose is this one, and how does it end?"""

import hashlib
import hmac
import secrets
import uuid
from dataclasses import dataclass
from typing import Final

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
            return Issued(await _of_act(connection, act), None)
        secret, token_id = secrets.token_urlsafe(32), uuid.uuid4()
        digest = hashlib.sha256(secret.encode()).digest()
        await connection.execute(queries(SQL)["issue_token"], token_id, role, establishments, digest, act.account_id)
        await connection.execute(queries(SQL)["act_led_to"], act.act_id, token_id)
        return Issued(token_id, secret)


async def revoke(pool: Pool, token_id: uuid.UUID) -> bool:
    """False where there is no such token; ending it again changes nothing."""
    return await pool.fetchval(queries(SQL)["revoke_token"], token_id) is not None


async def _begin(connection: Connection, act: Act) -> bool:
    """Whether the act is new; one who asks at the same time waits for the first."""
    return await connection.fetchval(queries(SQL)["begin_act"], act.act_id, act.request_hash) is not None


async def _of_act(connection: Connection, act: Act) -> uuid.UUID:
    row = await connection.fetchrow(queries(SQL)["act_done"], act.act_id)
    if row["request_hash"] != act.request_hash:
        raise used_otherwise()
    found: uuid.UUID = row["led_to"]
    return found
