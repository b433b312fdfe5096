"""How much may be sent?"""

from typing import Final

from fastapi import HTTPException, Request
from starlette.types import Message, Receive

from shared.web.problems import Refused

LARGEST_FORM: Final = 60_000_000
"""Bytes: a file of the largest size that is read, with what multipart puts around it."""
LARGEST_DOCUMENT: Final = 1_000_000

FILE_TOO_LARGE: Final = "A file may have up to 50 MB and this one is larger: send it in parts."
DOCUMENT_TOO_LARGE: Final = "What was sent is larger than 1 MB: send it in parts."


def limited(request: Request) -> Receive:
    """Receives the body up to its limit; raises Refused at once where it is said to be larger."""
    is_form = request.headers.get("content-type", "").startswith("multipart/")
    limit, sentence = (LARGEST_FORM, FILE_TOO_LARGE) if is_form else (LARGEST_DOCUMENT, DOCUMENT_TOO_LARGE)
    received = 0
    said = request.headers.get("content-length", "")
    if said.isdecimal() and int(said) > limit:
        raise Refused(413, None, sentence)

    async def receive() -> Message:
        nonlocal received
        message = await request.receive()
        received += len(message.get("body", b""))
        if received > limit:
            raise HTTPException(413, sentence)
        return message

    return receive
