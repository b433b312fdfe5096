"""What becomes of a file, and what is said of it?"""

from datetime import date, datetime

import pytest

from services.ingest import store, submissions
from services.ingest.acts import Asked, AskedOtherwise
from services.ingest.domain.problems import Refusal
from services.ingest.submissions import Sent, next_checking
from services.ingest.worker import check_next
from shared.domain.vocabulary import Feed
from tests.ingest_service.files import OTHER_SCHOOL, SCHOOL, ULNS, UPNS, cohort, offers
from tests.ingest_service.office import Office, asked

ANN = f"{UPNS[0]},,Aldric,Ann,2010-01-01,ST90 1FZ"
BEN = f"{UPNS[1]},{ULNS[0]},Brand,Ben,2010-02-02,"
COUNTS = ("accepted", "unchanged", "unmatched", "rejected")


def counts(verdict: dict[str, object]) -> tuple[object, ...]:
    return tuple(verdict[name] for name in COUNTS)


async def test_a_roll_makes_young_people_and_says_what_it_says_of_each(office: Office) -> None:
    await office.opened()
    verdict = await office.submit("cohort", SCHOOL, cohort(ANN, BEN))
    assert (verdict["state"], verdict["campaign"], counts(verdict)) == ("accepted", 2026, (2, 0, 0, 0))
    (ann,) = await office.find(upn=UPNS[0])
    (row,) = await office.standing(ann)
    assert (row["type"], row["establishment"], row["kind"], row["sent_on"]) == (
        "CohortRowStated", SCHOOL, "school", "2026-05-01",
    )  # fmt: skip
    (returned,) = await office.said("SubmissionReturned")
    assert (returned["provider"], returned["feed"], returned["returned_on"]) == (SCHOOL, "cohort", "2026-05-01")
    assert verdict["accepted_at"] == row["recorded_at"]


async def test_names_are_said_on_the_topic_of_personal_details_alone(office: Office) -> None:
    await office.opened()
    await office.submit("cohort", SCHOOL, cohort(ANN))
    (details,) = await office.said("PersonDetailsStated")
    assert (details["surname"], details["born_on"]) == ("Aldric", "2010-01-01")
    evidence = await office.desk.pool.fetch("SELECT payload FROM bus.journal")
    assert not any(word in row["payload"] for row in evidence for word in ("Aldric", UPNS[0], "2010-01", "ST90 1FZ"))


async def test_a_second_copy_of_a_file_is_said_and_counted_unchanged(office: Office) -> None:
    await office.opened()
    await office.submit("cohort", SCHOOL, cohort(ANN, BEN))
    again = await office.submit("cohort", SCHOOL, cohort(ANN, BEN, BEN))
    assert (again["rows"], counts(again)) == (3, (0, 3, 0, 0))
    assert len(await office.said("CohortRowStated")) == 4
    assert len(await office.said("SubmissionReturned")) == 1


async def test_a_row_that_fits_nobody_waits_for_a_roll_that_names_them(office: Office) -> None:
    await office.opened()
    sent = await office.submit("offers", OTHER_SCHOOL, offers(f",{ULNS[0]},,,,made,Second School,2026-04-01"))
    assert counts(sent) == (0, 0, 1, 0)
    assert [row["submission_id"] for row in await store.unmatched(office.desk.pool)] == [sent["submission_id"]]
    await office.advance(date(2026, 5, 4))
    await office.submit("cohort", SCHOOL, cohort(BEN))
    (ben,) = await office.find(uln=ULNS[0])
    roll, offer = sorted(await office.standing(ben), key=lambda piece: str(piece["type"]))
    assert (offer["provider"], offer["sent_on"]) == (OTHER_SCHOOL, "2026-05-01")
    assert offer["recorded_at"] == roll["recorded_at"]
    assert offer["said"] < roll["said"]
    assert not await store.unmatched(office.desk.pool)


async def test_two_rows_that_turn_out_to_be_one_persons_and_differ_are_both_rejected(office: Office) -> None:
    await office.opened()
    await office.submit("cohort", SCHOOL, cohort(BEN))
    one, other = (f"{UPNS[1]},,,,,made,Somewhere,2026-04-01", f",{ULNS[0]},,,,declined,Somewhere,2026-04-01")
    elsewhere = f"{UPNS[1]},,,,,made,Elsewhere,2026-04-01"
    verdict = await office.submit("offers", SCHOOL, offers(one, other, elsewhere))
    assert (verdict["state"], counts(verdict)) == ("accepted", (1, 0, 0, 2))
    assert [(problem["row"], problem["code"]) for problem in verdict["problems"] if problem["severity"] == "mend"] == [
        (2, "same-key"), (3, "same-key"),
    ]  # fmt: skip


async def test_a_file_is_refused_whose_every_row_turns_out_to_contradict_another(office: Office) -> None:
    await office.opened()
    await office.submit("cohort", SCHOOL, cohort(BEN))
    one, other = (f"{UPNS[1]},,,,,made,Somewhere,2026-04-01", f",{ULNS[0]},,,,declined,Somewhere,2026-04-01")
    verdict = await office.submit("offers", SCHOOL, offers(one, other))
    assert (verdict["state"], verdict["rows"], counts(verdict)) == ("refused", 2, (0, 0, 0, 2))
    mends = [problem for problem in verdict["problems"] if problem["severity"] == "mend"]
    assert [(problem["row"], problem["code"]) for problem in mends] == [
        (None, "nothing-usable"), (2, "same-key"), (3, "same-key"),
    ]  # fmt: skip
    assert {returned["feed"] for returned in await office.said("SubmissionReturned")} == {"cohort"}
    assert await office.desk.pool.fetchval("SELECT count(*) FROM ingest.act WHERE recorded_at IS NULL") == 0


async def test_only_rows_that_go_in_raise_queries(office: Office) -> None:
    await office.opened()
    unsound = "A860200015011"
    queried, rejected = f"{unsound},,Aldric,Ann,2010-01-01,", f"{unsound[:-1]}2,,,Ben,2010-02-02,"
    assert (await office.submit("cohort", SCHOOL, cohort(queried, rejected)))["queries"] == 1
    assert (await office.submit("cohort", SCHOOL, cohort(rejected)))["queries"] == 0


@pytest.mark.parametrize(
    ("feed", "provider", "content", "code"),
    [
        ("cohort", SCHOOL, b"", "empty"),
        ("cohort", SCHOOL, offers(f"{UPNS[0]},,,,,made,Somewhere,2026-04-01").encode(), "wrong-feed"),
        ("cohort", "8609999", cohort(ANN).encode(), "provider-unknown"),
        ("cohort", SCHOOL, cohort(",,,,,").encode(), "nothing-usable"),
        ("postcodes", SCHOOL, b"Postcode,District,Authority,From,To\nST90 1FZ,Here,860,2009-04-01,", "council-only"),
    ],
)
async def test_a_file_that_cannot_be_used_is_refused_with_one_sentence(
    office: Office, feed: str, provider: str, content: bytes, code: str
) -> None:
    await office.opened()
    verdict = await office.submit(feed, provider, content)
    whole = [problem for problem in verdict["problems"] if problem["row"] is None]
    assert (verdict["state"], [problem["code"] for problem in whole]) == ("refused", [code])
    assert sum(map(int, map(str, counts(verdict)))) == verdict["rows"]
    assert await office.desk.pool.fetchval("SELECT count(*) FROM ingest.sent_row") == 0


async def test_the_same_request_leads_to_the_same_submission(office: Office) -> None:
    pool, once = office.desk.pool, asked()
    sent = Sent(Feed.COHORT, SCHOOL, cohort(ANN).encode())
    first = await submissions.send(pool, sent, once)
    assert await submissions.send(pool, sent, once) == first
    with pytest.raises(AskedOtherwise):
        await submissions.send(pool, sent, Asked(once.act_id, "another"))
    assert await pool.fetchval("SELECT count(*) FROM ingest.submission") == 1


async def test_a_verdict_is_given_once_whoever_comes_second(office: Office) -> None:
    await office.opened()
    pool = office.desk.pool
    await submissions.send(pool, Sent(Feed.COHORT, SCHOOL, cohort(ANN).encode()), asked())
    async with pool.acquire() as connection:
        await connection.execute("SET search_path TO ingest_g1, ingest, bus")
        checking = await next_checking(connection)
        await connection.execute("RESET search_path")
    assert checking is not None
    while await check_next(office.desk, office.reader):
        pass
    await submissions.conclude(office.desk, checking, Refusal("empty", "It is empty."))
    assert (await store.submission(pool, checking.submission_id))["state"] == "accepted"


async def test_what_is_recorded_later_has_a_later_moment_whoever_it_is_about(office: Office) -> None:
    await office.opened()
    moments = [
        (await office.submit("cohort", SCHOOL, cohort(f"{upn},,Same,Some{n},2010-01-0{n + 1},")))["recorded_at"]
        for n, upn in enumerate(UPNS)
    ]
    assert moments == sorted(moments)
    assert len(set(moments)) == len(moments)


async def test_identifiers_are_those_known_at_the_moment(office: Office) -> None:
    await office.opened()
    temporary = "A86020001503A"
    first = await office.submit("cohort", SCHOOL, cohort(f"{temporary},,Aldric,Ann,2010-01-01,"))
    (ann,) = await office.find(upn=temporary)
    later = await office.submit("cohort", SCHOOL, cohort(f"{UPNS[0]},{ULNS[0]},Aldric,Ann,2010-01-01,"))
    await office.withdraw(later["submission_id"])
    pool = office.desk.pool

    async def known(at: str) -> tuple[str | None, str | None]:
        return (await store.identifiers(pool, [ann], datetime.fromisoformat(at)))[ann]

    assert await known(first["recorded_at"]) == (temporary, None)
    assert await known(later["recorded_at"]) == (UPNS[0], ULNS[0])
    now = await pool.fetchval("SELECT bus.now() + interval '1 day'")
    assert (await store.identifiers(pool, [ann], now))[ann] == (temporary, None)
