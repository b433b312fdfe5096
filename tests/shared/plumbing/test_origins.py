"""Does every event keep, through a decision, when the act was accepted that led to it, and is its age seen?"""

from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID, uuid4

from pydantic_core import to_json

from shared.domain import events
from shared.domain.decisions import PersonDecided
from shared.domain.events import Event
from shared.domain.written import written
from shared.plumbing import clock, journal
from shared.plumbing.database import Connection, Pool
from shared.plumbing.entry import Entry
from shared.plumbing.journal import Head
from shared.plumbing.mailbox import Mailbox
from shared.plumbing.metrics import TO_FIGURES, TO_QUEUE, Histogram
from shared.plumbing.origins import of_answers
from tests.shared.plumbing.conftest import OpenPool
from tests.shared.plumbing.said import Heard, day_passed, enrolment
from tests.shared.plumbing.test_mailbox import FELLOWS, HEAD, P, say

EARLY, LATE = datetime(2026, 9, 1, 12, tzinfo=UTC), datetime(2026, 9, 1, 13, tzinfo=UTC)


def decided(event: Event) -> Event:
    return PersonDecided(
        event_id=uuid4(),
        source="status",
        young_person_id=event.young_person_id,
        known_from=EARLY,
        caused_by=event.event_id,
        cause="EnrolmentStated",
    )


def heard(person: str | None, at: datetime, event_id: UUID | None = None) -> Entry:
    return Entry(1, "EnrolmentStated", person, at, to_json({"event_id": event_id or uuid4()}))


def seen(histogram: Histogram) -> tuple[float, float]:
    """How often, and how many seconds in all."""
    samples = {sample.name: sample.value for family in histogram.collect() for sample in family.samples}
    name = histogram._name
    return samples[f"{name}_count"], samples[f"{name}_sum"]


def test_an_answer_has_the_origin_of_its_cause_else_of_the_last_about_the_person_else_the_earliest() -> None:
    cause = enrolment("1")
    origin = of_answers([heard("1", EARLY, cause.event_id), heard("1", LATE), heard("2", LATE)])
    assert origin(written(decided(cause))) == EARLY
    assert origin(written(enrolment("1"))) == LATE
    assert origin(written(enrolment("2"))) == LATE
    assert origin(written(day_passed())) == EARLY


async def accepted(pool: Pool, lane: str) -> Sequence[datetime | None]:
    async with pool.acquire() as connection:
        return [one.accepted_at for one in await journal.read(connection, Head(lane, P), after=0, limit=99)]


async def test_the_moment_of_the_commit_goes_through_a_decision_to_who_sees_it(pool_of: OpenPool) -> None:
    ingest, status = await pool_of("ingest"), await pool_of("status")
    for person in (FELLOWS[0], FELLOWS[1]):
        before = clock.now()
        await say(ingest, enrolment(person))
    origins = await accepted(ingest, "evidence")
    assert origins[0] < before <= origins[1] <= clock.now()

    async def decide(_: Connection, heard: Sequence[Event]) -> Sequence[Event]:
        return [decided(event) for event in heard]

    await Mailbox("status", {events.EnrolmentStated: decide}, status).catch_up(HEAD, 2)
    assert await accepted(ingest, "decisions") == origins


async def test_ages_are_counted_once_for_everyone_where_people_see_them(pool_of: OpenPool) -> None:
    ingest = await pool_of("ingest")
    await say(ingest, *(enrolment(person) for person in FELLOWS[:3]), day_passed())
    hears = {events.EnrolmentStated: Heard(says=decided), events.DayPassed: Heard(says=lambda event: event)}
    await Mailbox("status", hears, await pool_of("status")).catch_up(HEAD, 4)
    for reader, histogram in (("outreach", TO_QUEUE), ("reporting", TO_FIGURES)):
        mailbox, (count, total) = Mailbox(reader, {PersonDecided: Heard()}, await pool_of(reader)), seen(histogram)
        await mailbox.catch_up(Head("decisions", P), 4)
        age = (clock.now() - (await accepted(ingest, "evidence"))[0]).total_seconds()
        assert seen(histogram)[0] == count + 3
        assert 0 < seen(histogram)[1] - total <= 3 * age
