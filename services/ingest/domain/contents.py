"""What does a whole sheet say: which rows can be used, which not, and why?"""

from dataclasses import dataclass
from datetime import date

from services.ingest.domain.building import row_of
from services.ingest.domain.copies import contradicting, without_copies
from services.ingest.domain.drafts import Draft, drafts
from services.ingest.domain.natural_keys import ProviderOf, as_written
from services.ingest.domain.problems import Problem, Refusal, problem, refusal
from services.ingest.domain.record_checks import Known
from services.ingest.domain.rows import Row
from services.ingest.domain.sheet import Sheet
from services.ingest.domain.tables import Tables
from shared.domain import academic_year
from shared.domain.vocabulary import Feed

START_TOLERANCE = 14


@dataclass(frozen=True, slots=True)
class Parsed:
    """`rows` in file order; `copies` and `rejected` are row numbers; `problems` in file order, whatever the row."""

    rows: tuple[Row, ...]
    copies: tuple[int, ...]
    rejected: tuple[int, ...]
    problems: tuple[Problem, ...]
    notes: tuple[str, ...]

    @property
    def counted(self) -> int:
        return len(self.rows) + len(self.copies) + len(self.rejected)


def contents(
    sheet: Sheet,
    tables: Tables,
    *,
    today: date,
    campaign: int | None = None,
    provider_of: ProviderOf = as_written,
    tolerance: int = START_TOLERANCE,
) -> Parsed:
    """`tolerance` is the guidance `start_tolerance`, in days; the campaign is that given with the submission."""
    known = Known(sheet.feed, today, campaign or campaign_of(sheet.feed, today), tables)
    first, copies = without_copies(drafts(sheet, known))
    _mark(contradicting(first, sheet.feed, tables, provider_of=provider_of, tolerance=tolerance), sheet, tables)
    again = _standing(copies, first)
    rows = tuple(row_of(draft, sheet.feed, tables) for draft in first if not draft.rejected)
    return Parsed(
        rows,
        tuple(draft.number for draft in again),
        tuple(sorted(draft.number for draft in (*first, *copies) if draft.rejected)),
        tuple(sorted((p for draft in (*first, *copies) for p in draft.problems), key=_place)),
        sheet.notes,
    )


def refused(parsed: Parsed, tables: Tables) -> Refusal | None:
    """A file of which no row can be used is refused whole; its rows' problems are shown all the same."""
    return None if parsed.rows else refusal(tables.checks, "nothing-usable")


def campaign_of(feed: Feed, sent_on: date) -> int:
    """The campaign of a submission that names none (rulebook 1.4)."""
    if feed in (Feed.ENROLMENTS, Feed.ACTIVITIES):
        return academic_year.campaign_of_enrolments_file(sent_on)
    return academic_year.campaign_of_cohort_file(sent_on)


def _mark(contradictory: list[Draft], sheet: Sheet, tables: Tables) -> None:
    check = tables.checks["same-upn" if sheet.feed == Feed.COHORT else "same-key"]
    heading = next((heading for _, heading, column in sheet.columns if column.name in check.columns), None)
    for draft in {draft.number: draft for draft in contradictory}.values():
        draft.problems.append(problem(check, draft.number, heading))


def _standing(copies: list[Draft], first: list[Draft]) -> list[Draft]:
    """The copies of rows that stand; a copy of a row that is rejected as contradictory is rejected with it."""
    marked = {tuple(draft.cells.values()): draft for draft in first if draft.rejected}
    for draft in copies:
        original = marked.get(tuple(draft.cells.values()))
        if original is not None and not draft.rejected:
            faults = (fault for fault in original.problems if fault.severity == "mend")
            draft.problems.extend(Problem(draft.number, f.column, f.code, f.severity, f.message) for f in faults)
    return [draft for draft in copies if not draft.rejected]


def _place(problem: Problem) -> int:
    return problem.row or 0
