"""Which of two pieces of evidence about the same thing speaks last? (rulebook 3.3)"""

from datetime import date

from shared.domain.events import Evidence, Said

Place = tuple[date, Said]
"""When it happened, then when it was said."""


def place(piece: Evidence) -> Place:
    """Where a piece stands in the order; one without a day of its own happened when it was sent."""
    return piece.happened_on or piece.sent_on, piece.said
