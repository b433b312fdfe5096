"""Which kind of provider is an establishment, by what the national register calls it?"""

from collections.abc import Sequence

from services.ingest.domain.tables import EVERY, KindRow, plain
from shared.domain.vocabulary import ProviderKind

Looks = tuple[str | None, str | None, str | None]
"""Further education type, type of establishment, phase of education."""


def kind_of(looks: Looks, rows: Sequence[KindRow]) -> ProviderKind:
    """The first row that fits; the last one fits all."""
    seen = tuple(plain(look or "") for look in looks)
    for row in rows:
        wanted = (row.further_education_type, row.establishment_type, row.phase)
        if all(look in (EVERY, has) for look, has in zip(wanted, seen, strict=True)):
            return row.kind
    return ProviderKind.OTHER
