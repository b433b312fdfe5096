"""Whose token is it, where a test cares for the role alone?"""

from uuid import UUID

from shared.web.access import Account, Role


class ByRole:
    """Everybody's secret is the name of their role."""

    async def account(self, secret: str) -> Account | None:
        return Account(UUID(int=1), Role(secret)) if secret in list(Role) else None
