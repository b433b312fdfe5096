"""Which activity does an enrolment row stand for? (rulebook 5.1)"""

from collections.abc import Sequence

from services.ingest.domain.rows import EnrolmentRow
from services.ingest.domain.tables import EVERY, MappingRow
from shared.domain.vocabulary import ProviderKind


def activity_code(row: EnrolmentRow, kind: ProviderKind, table: Sequence[MappingRow]) -> int:
    """The code that was given, else the first row of the table that fits; blank hours are below no number."""
    if row.activity_code is not None:
        return row.activity_code
    return next(line.activity_code for line in table if _fits(line, row, kind))


def _fits(line: MappingRow, row: EnrolmentRow, kind: ProviderKind) -> bool:
    if line.course_type not in (EVERY, row.course_type) or line.provider_kind not in (EVERY, kind):
        return False
    below = line.planned_hours_below
    return below is None or (row.planned_hours is not None and row.planned_hours < below)
