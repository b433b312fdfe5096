"""Which spells of activity does the evidence give, and until when is each current? (rulebook 3.4, 3.9, 5.1, 5.2)"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from services.status.domain.currency import Known, lapse
from services.status.domain.repeats import repeats
from services.status.domain.rules import Activity
from shared.domain.academic_year import ends_on, starts_on
from shared.domain.events import ActivityStated, CohortRowStated, EnrolmentStated, Evidence, Said
from shared.domain.vocabulary import EnrolmentStatus, Origin, Participation, ProviderKind

Activities = Mapping[int, Activity]
RANK = {origin: rank for rank, origin in enumerate(reversed(Origin))}
"""The better the source, the higher."""


class SpellRow(NamedTuple):
    """What one row says of a spell; None states nothing."""

    key: str
    piece: Evidence
    origin: Origin
    starts_on: date
    seen_on: date
    verified_on: date
    activity_code: int
    status: EnrolmentStatus
    ends_on: date | None = None
    expected_end_on: date | None = None
    review_on: date | None = None

    @property
    def said(self) -> Said:
        return self.piece.said


class Spell(NamedTuple):
    """A time in one activity at one place, as its standing rows have it."""

    provider: str
    starts_on: date
    seen_on: date
    ends_on: date | None
    expected_end_on: date | None
    review_on: date | None
    verified_on: date
    lapses_on: date | None
    activity_code: int
    group: Participation
    confirmed: bool
    began: bool
    origin: Origin
    said: Said

    def covers(self, day: date) -> bool:
        return self.began and self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)

    def current_on(self, day: date) -> bool:
        return self.lapses_on is None or day <= self.lapses_on


def spells(evidence: Iterable[Evidence], tolerance: int, activities: Activities) -> list[Spell]:
    """Every spell of this evidence (in the order said), starts within `tolerance` days of the earliest being one."""
    by_key: dict[str, list[SpellRow]] = defaultdict(list)
    for piece in evidence:
        if (row := spell_row(piece, activities)) is not None:
            by_key[row.key].append(row)
    return [_spell(group, activities) for rows in by_key.values() for group in _grouped(rows, tolerance)]


def spell_row(piece: Evidence, activities: Activities) -> SpellRow | None:
    """What a piece of evidence says of a spell, if anything."""
    if isinstance(piece, EnrolmentStated):
        return _enrolment_row(piece)
    if isinstance(piece, ActivityStated):
        return _activity_row(piece, activities)
    if isinstance(piece, CohortRowStated) and piece.kind is not None:
        return _roll_row(piece, piece.kind)
    return None


def _enrolment_row(piece: EnrolmentStated) -> SpellRow:
    return SpellRow(
        key=piece.provider,
        piece=piece,
        origin=Origin.PROVIDER,
        starts_on=piece.starts_on,
        seen_on=min(piece.starts_on, piece.sent_on),
        verified_on=piece.sent_on,
        activity_code=piece.activity_code,
        status=piece.status,
        ends_on=piece.ends_on or (piece.sent_on if piece.status is EnrolmentStatus.LEFT else None),
        expected_end_on=piece.expected_end_on,
    )


def _activity_row(piece: ActivityStated, activities: Activities) -> SpellRow:
    own_word = piece.origin is Origin.SELF
    return SpellRow(
        key=piece.provider or f"={activities[piece.activity_code].group}",
        piece=piece,
        origin=piece.origin,
        starts_on=piece.starts_on,
        seen_on=min(piece.starts_on, piece.sent_on),
        verified_on=min(piece.verified_on or piece.sent_on, piece.sent_on),
        activity_code=piece.activity_code,
        status=EnrolmentStatus.EXPECTED if own_word else EnrolmentStatus.ENROLLED,
        ends_on=piece.ends_on,
        expected_end_on=piece.expected_end_on,
        review_on=piece.review_on,
    )


ROLL_CODES = {ProviderKind.SCHOOL: 210, ProviderKind.SIXTH_FORM_COLLEGE: 220, ProviderKind.OTHER: 230}


def _roll_row(piece: CohortRowStated, kind: ProviderKind) -> SpellRow:
    """Being on a roll is a confirmed spell there; in Year 11 of compulsory age, to the end of that August."""
    august = ends_on(piece.campaign)
    start = piece.joined_on or starts_on(piece.campaign)
    left = piece.leaving is not None or piece.left_on is not None
    end = (piece.left_on or piece.sent_on) if left else None
    compulsory = piece.year_group == 11
    return SpellRow(
        key=piece.establishment,
        piece=piece,
        origin=Origin.PROVIDER,
        starts_on=start,
        seen_on=min(start, piece.sent_on),
        verified_on=min(piece.sent_on, august),
        activity_code=110 if compulsory else ROLL_CODES[kind],
        status=EnrolmentStatus.LEFT if left else EnrolmentStatus.ENROLLED,
        ends_on=min(end or august, august) if compulsory else end,
    )


def _grouped(rows: Sequence[SpellRow], tolerance: int) -> list[list[SpellRow]]:
    """Rows of one key as spells: read from the whole set by start, so that the order of arrival cannot matter."""
    groups: list[list[SpellRow]] = []
    reach = timedelta(days=tolerance)
    for row in sorted(rows, key=lambda row: (row.starts_on, row.said)):
        if groups and row.starts_on <= groups[-1][0].starts_on + reach:
            groups[-1].append(row)
        else:
            groups.append([row])
    return groups


def _spell(rows: Sequence[SpellRow], activities: Activities) -> Spell:
    """What the sender said last of a spell stands; an own word never replaces what somebody else said."""
    said = _dated(sorted(rows, key=lambda row: row.said))
    stands = said[0]
    for row in said[1:]:
        stands = _replaced(stands, row)
    verified_on = max(row.verified_on for row in rows)
    began = stands.status is not EnrolmentStatus.DID_NOT_START
    activity = activities[stands.activity_code]
    starts_on = min(row.starts_on for row in rows)
    expected_end_on = stands.expected_end_on if _after(stands.expected_end_on, verified_on) else None
    return Spell(
        provider="" if stands.key.startswith("=") else stands.key,
        starts_on=starts_on,
        seen_on=min(row.seen_on for row in rows),
        ends_on=stands.ends_on,
        expected_end_on=expected_end_on,
        review_on=stands.review_on,
        verified_on=verified_on,
        lapses_on=lapse(activity.currency, Known(starts_on, verified_on, expected_end_on, stands.review_on)),
        activity_code=stands.activity_code,
        group=activity.group,
        confirmed=began and stands.status is not EnrolmentStatus.EXPECTED,
        began=began,
        origin=max((row.origin for row in rows), key=RANK.__getitem__),
        said=said[-1].said,
    )


def _dated(rows: Sequence[SpellRow]) -> list[SpellRow]:
    """A `left` without an end ended when it was first sent, however often its sender repeats it."""
    latest: dict[type[Evidence], SpellRow] = {}
    dated = []
    for row in rows:
        before = latest.get(type(row.piece))
        if row.status is EnrolmentStatus.LEFT and before is not None and repeats(row.piece, before.piece):
            row = row._replace(ends_on=before.ends_on)
        latest[type(row.piece)] = row
        dated.append(row)
    return dated


def _after(expected_end_on: date | None, verified_on: date) -> bool:
    return expected_end_on is not None and expected_end_on >= verified_on


def _replaced(stands: SpellRow, row: SpellRow) -> SpellRow:
    if row.origin is Origin.SELF and stands.origin is not Origin.SELF:
        return stands
    cleared = row.status is EnrolmentStatus.ENROLLED and row.origin is Origin.PROVIDER
    return row._replace(
        ends_on=row.ends_on if row.ends_on or cleared else stands.ends_on,
        expected_end_on=row.expected_end_on or stands.expected_end_on,
        review_on=row.review_on or stands.review_on,
    )
