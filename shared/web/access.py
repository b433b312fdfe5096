"""Who asks, and may they?"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any, Final, Protocol
from uuid import UUID

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from shared.web.problems import Refused


class Role(StrEnum):
    PROVIDER = "provider"
    ADVISER = "adviser"
    COORDINATOR = "coordinator"
    MANAGER = "manager"
    OPERATIONS = "operations"
    GOVERNANCE = "governance"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Account:
    """Whoever asks; `establishments` are a provider's own, as they were given: LAESTABs, UKPRNs or URNs."""

    account_id: UUID
    role: Role
    establishments: tuple[str, ...] = ()


class Door(Protocol):
    """Knows whose a bearer token is."""

    async def account(self, secret: str) -> Account | None: ...


BEARER: Final = HTTPBearer(auto_error=False, scheme_name="bearer", description="A token of `waymark token issue`.")

NO_BEARER: Final = "Send a token that is in force: Authorization: Bearer and the token."
NOT_THIS_ROLE: Final = "Your role does not open this. Someone who may open it can do this for you."


class Access:
    """What a route declares: the roles that may, and those that may with what is their own."""

    def __init__(self, roles: frozenset[Role], own: frozenset[Role]) -> None:
        self.roles = roles
        self.own = own

    async def admit(self, request: Request) -> Account:
        """Raises Refused: 401 where nobody is known by the bearer, 403 where their role may not."""
        account = await whoever_asks(request)
        if account.role not in self.roles | self.own:
            raise Refused(403, None, NOT_THIS_ROLE)
        request.state.account = account
        return account

    async def __call__(
        self, request: Request, _: Annotated[HTTPAuthorizationCredentials | None, Depends(BEARER)]
    ) -> Account:
        known: Account | None = getattr(request.state, "account", None)
        return known or await self.admit(request)


async def whoever_asks(request: Request) -> Account:
    """Raises Refused with 401 where there is no bearer or nobody is known by it."""
    scheme, _, secret = request.headers.get("authorization", "").partition(" ")
    door: Door = request.app.state.door
    account = await door.account(secret.strip()) if scheme.lower() == "bearer" and secret.strip() else None
    if account is None:
        raise Refused(401, None, NO_BEARER)
    return account


def allow(*roles: str, own: tuple[str, ...] = ()) -> Any:
    """For `Annotated[Account, allow("coordinator", own=("provider",))]`; `system` always may."""
    return Depends(Access(frozenset({Role.SYSTEM, *map(Role, roles)}), frozenset(map(Role, own))))


EVERYONE: Final = tuple(role.value for role in Role)
"""Whoever has a token in force: `allow(*EVERYONE)`."""
