"""What is one thing, however it is written? The pure pieces of the natural keys (rulebook 3.4)."""

import unicodedata

from shared.domain.vocabulary import UNRESOLVED, ProviderId


def compared(text: str) -> str:
    """A name or a course as it is compared: case, spaces and punctuation aside; accents count."""
    if text.isascii():
        return "".join(filter(str.isalnum, text.lower()))
    folded = unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())
    return "".join(mark for mark in folded if mark.isalnum() or unicodedata.category(mark)[0] == "M")


def unresolved(name: str | None) -> ProviderId | None:
    """The id of a provider or employer that no establishment is; None for a name that says nothing."""
    normalised = compared(name or "")
    return ProviderId(UNRESOLVED + normalised) if normalised else None
