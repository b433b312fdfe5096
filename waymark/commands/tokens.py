"""Who may ask the API, in which role, and until when?"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from waymark.commands.answering import Answer, asks, keyed, one

if TYPE_CHECKING:
    from waymark.client import Client


@click.group(epilog="Example: waymark token issue --role adviser")
def token() -> None:
    """Tokens for the API."""


@token.command(epilog="Example: waymark token issue --role provider --establishment 8604000")
@click.option("--role", required=True, help="provider, adviser, coordinator, manager, operations, …")
@click.option("--establishment", "establishments", multiple=True, metavar="ID", help="Of a provider; may be repeated.")
@keyed
@asks
def issue(client: "Client", role: str, establishments: tuple[str, ...], key: str | None) -> Answer:
    """Make a token; it is shown this once."""
    issued = client.issue_token(role, establishments=establishments, key=key)
    return one(issued, _lines(issued))


@token.command(epilog="Example: waymark token revoke 0d5fe173-9d0c-4a60-95a5-2f3a5c8b6c11")
@click.argument("token_id", metavar="ID")
@keyed
@asks
def revoke(client: "Client", token_id: str, key: str | None) -> Answer:
    """End a token at once."""
    revoked = client.revoke_token(token_id, key=key)
    return one(revoked, [f"Token {token_id} opens nothing any more."])


def _lines(issued: dict[str, Any]) -> Iterator[str]:
    yield f"Token {issued['token_id']}"
    secret = issued.get("token")
    yield secret if secret else "Its secret was shown when it was first issued and is not shown again."
