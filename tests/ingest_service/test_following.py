"""Is a submission told of at each stage once, in order, and also when another process goes on with it?"""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from services.ingest.following import STAGES, Followed, Following
from tests.ingest_service.files import SCHOOL, UPNS, cohort
from tests.ingest_service.office import Office

MOMENT = datetime(2026, 9, 7, tzinfo=UTC)
BEFORE, AFTER = MOMENT - timedelta(seconds=1), MOMENT + timedelta(seconds=1)


ANN = f"{UPNS[0]},,Aldric,Ann,2010-01-01,ST90 1FZ"


def followed() -> Followed:
    return Followed(UUID(int=1), 7, MOMENT, since=None)


def test_nothing_has_passed_while_everybody_has_something_before_it_to_do() -> None:
    assert followed().passes(dict.fromkeys(STAGES, BEFORE)) == []


def test_what_status_has_yet_to_decide_is_neither_in_the_queue_nor_in_the_figures() -> None:
    assert followed().passes({"status": MOMENT}) == ["relay"]


def test_who_has_later_things_to_do_has_passed_it() -> None:
    assert followed().passes({"status": AFTER, "reporting": MOMENT}) == ["relay", "status", "outreach"]


def test_each_stage_is_told_once() -> None:
    one = followed()
    assert one.passes({"outreach": MOMENT}) == ["relay", "status", "reporting"]
    assert one.passes({}) == ["outreach"]
    assert (one.passes({}), one.before) == ([], set())


async def test_another_process_goes_on_with_what_is_on_its_way(office: Office) -> None:
    await office.opened()
    accepted = await office.submit("cohort", SCHOOL, cohort(ANN))
    following = Following(office.desk.pool)
    await following.take_over()
    (roll,) = [one for one in following.on_their_way if str(one.submission_id) == str(accepted["submission_id"])]
    assert roll.before == set(STAGES)
    await office.withdraw(accepted["submission_id"])
    again = Following(office.desk.pool)
    await again.take_over()
    numbers = [one.number for one in again.on_their_way if one.submission_id == roll.submission_id]
    assert numbers == [roll.number, max(numbers)]
