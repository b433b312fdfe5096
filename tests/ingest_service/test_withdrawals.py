"""Is everything as if it had never been sent, once a submission is withdrawn?"""

import pytest

from services.ingest import store, submissions, withdrawals
from services.ingest.acts import CannotBeUsed, NotKnown, NotNow
from services.ingest.submissions import Sent
from shared.domain.vocabulary import Feed
from tests.ingest_service.files import (
    OTHER_SCHOOL,
    SCHOOL,
    SCHOOLS,
    THE_COLLEGE,
    ULNS,
    UPNS,
    cohort,
    establishments,
    expectations,
    offers,
    postcodes,
)
from tests.ingest_service.office import Office, asked

ANN = f"{UPNS[0]},,Aldric,Ann,2010-01-01,ST90 1FZ"
ANN_WITH_ULN = f"{UPNS[0]},{ULNS[0]},Aldric,Ann,2010-01-01,ST90 1FZ"
BY_ULN = f",{ULNS[0]},,,,made,Town College,2026-04-01"
BY_UPN = f"{UPNS[0]},,,,,made,Town College,2026-04-01"


async def test_what_rested_on_a_withdrawn_identifier_waits_again(office: Office) -> None:
    await office.opened()
    await office.submit("cohort", SCHOOL, cohort(ANN))
    wrong = await office.submit("cohort", OTHER_SCHOOL, cohort(ANN_WITH_ULN))
    await office.submit("offers", SCHOOL, offers(BY_ULN))
    (ann,) = await office.find(upn=UPNS[0])
    assert len(await office.standing(ann)) == 3
    await office.withdraw(wrong["submission_id"])
    assert [piece["establishment"] for piece in await office.standing(ann)] == [SCHOOL]
    assert len(await store.unmatched(office.desk.pool)) == 1
    await office.submit("cohort", SCHOOL, cohort(ANN_WITH_ULN))
    assert len(await office.standing(ann)) == 3


async def test_whoever_comes_again_under_the_same_upn_is_the_same_young_person(office: Office) -> None:
    await office.opened()
    wrong = await office.submit("cohort", SCHOOL, cohort(ANN))
    (ann,) = await office.find(upn=UPNS[0])
    await office.withdraw(wrong["submission_id"])
    assert await office.find(upn=UPNS[0]) == []
    assert await office.standing(ann) == []
    await office.submit("cohort", OTHER_SCHOOL, cohort(ANN))
    assert await office.find(upn=UPNS[0]) == [ann]


async def test_the_day_of_return_goes_back_with_the_file(office: Office) -> None:
    await office.opened()
    wrong = await office.submit("cohort", SCHOOL, cohort(ANN))
    await office.withdraw(wrong["submission_id"])
    assert [event["returned_on"] for event in await office.said("SubmissionReturned")] == ["2026-05-01", None]


async def test_withdrawing_again_changes_nothing(office: Office) -> None:
    await office.opened()
    wrong = await office.submit("cohort", SCHOOL, cohort(ANN))
    first = await office.withdraw(wrong["submission_id"])
    journal = await office.desk.pool.fetchval("SELECT count(*) FROM bus.journal")
    assert await office.withdraw(wrong["submission_id"]) == first
    assert await office.desk.pool.fetchval("SELECT count(*) FROM bus.journal") == journal


async def test_only_what_was_accepted_can_be_withdrawn(office: Office) -> None:
    refused = await office.submit("cohort", SCHOOL, b"")
    with pytest.raises(CannotBeUsed):
        await office.withdraw(refused["submission_id"])
    with pytest.raises(NotKnown):
        await office.withdraw("5f0f4b6e-6a43-5a0b-9d0a-6b1f6f1d2a10")


async def test_a_provider_that_a_later_file_knows_is_said_again_and_taken_back_with_it(office: Office) -> None:
    await office.opened()
    await office.submit("cohort", SCHOOL, cohort(ANN))
    await office.submit("offers", SCHOOL, offers(BY_UPN))
    (ann,) = await office.find(upn=UPNS[0])

    async def provider() -> str:
        return next(str(piece["provider"]) for piece in await office.standing(ann) if piece["type"] == "OfferStated")

    assert (await provider()).startswith("~")
    later = await office.submit("establishments", "council", establishments(THE_COLLEGE))
    assert await provider() == "8608000"
    await office.withdraw(later["submission_id"])
    assert (await provider()).startswith("~")


async def test_a_sender_of_another_kind_has_its_rolls_said_again(office: Office) -> None:
    await office.opened()
    await office.submit("cohort", SCHOOL, cohort(ANN))
    (ann,) = await office.find(upn=UPNS[0])
    changed = SCHOOLS[0].replace("Academy,Secondary,Not applicable", "Academy,16 plus,Sixth form college")
    later = await office.submit("establishments", "council", establishments(changed))
    assert [piece["kind"] for piece in await office.standing(ann)] == ["sixth-form college"]
    await office.withdraw(later["submission_id"])
    assert [piece["kind"] for piece in await office.standing(ann)] == ["school"]


async def test_a_postcode_that_moves_somebody_is_said_of_them_and_taken_back_with_its_file(office: Office) -> None:
    await office.opened()
    await office.submit("cohort", SCHOOL, cohort(ANN))
    (ann,) = await office.find(upn=UPNS[0])
    assert [piece["believed"] for piece in await office.standing(ann)] == [True]
    first = await office.submit("postcodes", "council", postcodes("ST90 1FZ,Northmoor,860,2009-04-01"))
    said = await office.said("CohortRowStated")
    again = await office.submit("postcodes", "council", postcodes("ST90 1FZ,Northmoor,860,2009-04-01"))
    assert (again["unchanged"], len(await office.said("CohortRowStated"))) == (1, len(said))
    await office.submit("postcodes", "council", postcodes("ST90 1FZ,Nextdoor,861,2009-04-01"))
    assert [piece["residence"][0]["district"] for piece in await office.standing(ann)] == ["Nextdoor"]
    await office.withdraw(first["submission_id"])
    assert [piece["residence"][0]["district"] for piece in await office.standing(ann)] == ["Nextdoor"]


async def test_an_expectation_put_off_stands_as_before_once_that_is_withdrawn(office: Office) -> None:
    await office.opened()
    await office.submit("expectations", "council", expectations("100001,offers,2026,2026-05-29"))
    later = await office.submit("expectations", "council", expectations(f"{SCHOOL},offers,2026,2026-06-30"))
    await office.withdraw(later["submission_id"])
    due = [event["expectations"][0] for event in await office.said("ExpectationsSet")]
    assert [(one["provider"], one["due_on"]) for one in due] == [
        (SCHOOL, "2026-05-29"), (SCHOOL, "2026-06-30"), (SCHOOL, "2026-05-29"),
    ]  # fmt: skip


async def test_an_expectation_of_a_provider_that_a_later_file_knows_is_said_again(office: Office) -> None:
    await office.opened()
    await office.submit("expectations", "council", expectations("10000003,enrolments,2026,2026-09-11"))
    await office.submit("establishments", "council", establishments(THE_COLLEGE))
    first, again = await office.said("ExpectationsSet")
    assert [one["provider"] for one in first["expectations"]] == ["~10000003"]
    assert [(one["provider"], one["due_on"]) for one in again["expectations"]] == [
        ("8608000", "2026-09-11"),
        ("~10000003", None),
    ]


async def test_what_is_still_being_checked_can_be_taken_back_later(office: Office) -> None:
    await office.opened()
    pool = office.desk.pool
    sent = await submissions.send(pool, Sent(Feed.COHORT, SCHOOL, cohort(ANN).encode()), asked())
    with pytest.raises(NotNow, match="still being checked"):
        await withdrawals.ask(pool, sent, "too early", asked())
