"""How are tokens given and taken back?"""

import uuid
from datetime import datetime
from typing import Annotated, Literal

from fastapi import Depends, Request
from pydantic import BaseModel, Field, StringConstraints

from shared.web.access import Account, Role, allow
from shared.web.acts import Act, act
from shared.web.problems import Refused
from shared.web.routing import router
from shared.web.tokens import issue, revoke

routes = router("tokens")

Establishment = Annotated[str, StringConstraints(pattern=r"^[0-9]{6,8}$")]
"""A LAESTAB, a UKPRN or a URN."""

WHOSE = "A provider's token names at least one establishment; any other names none: change role or establishments."


class NewToken(BaseModel):
    role: Literal["provider", "adviser", "coordinator", "manager", "operations", "governance"]
    establishments: list[Establishment] = Field(default_factory=list, max_length=100)


class GivenToken(BaseModel):
    token_id: uuid.UUID
    token: str | None = Field(description="Shown once; null where the same key was used before.")
    recorded_at: datetime


class EndedToken(BaseModel):
    token_id: uuid.UUID
    recorded_at: datetime


@routes.post("/tokens", status_code=201)
async def give(
    request: Request, asked: NewToken, _: Annotated[Account, allow()], once: Annotated[Act, Depends(act)]
) -> GivenToken:
    """Makes a token for a role; a provider's is for its own establishments."""
    role = Role(asked.role)
    if (role is Role.PROVIDER) != bool(asked.establishments):
        raise Refused(422, None, WHOSE, errors=[{"where": "body establishments", "mend": WHOSE}])
    issued = await issue(request.app.state.pools["web"], once, role, asked.establishments)
    return GivenToken(token_id=issued.token_id, token=issued.secret, recorded_at=issued.recorded_at)


@routes.delete("/tokens/{token_id}")
async def take_back(
    request: Request, token_id: uuid.UUID, _: Annotated[Account, allow()], once: Annotated[Act, Depends(act)]
) -> EndedToken:
    """Ends a token at once; ending it again changes nothing."""
    ended_at = await revoke(request.app.state.pools["web"], once, token_id)
    if ended_at is None:
        raise Refused(404, None, "There is no token with this id: see what `token issue` answered.")
    return EndedToken(token_id=token_id, recorded_at=ended_at)
