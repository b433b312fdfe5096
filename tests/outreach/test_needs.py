"""On which days does somebody need contact, and since when have they waited?"""

from datetime import date

from services.outreach.domain.facets import ContactDecided, Facets, with_said
from services.outreach.domain.needs import Need, needs
from services.outreach.tables import contact_rows
from shared.domain.decisions import CampaignDecided, DimensionsSpan, MembershipSpan, PersonDecided
from tests.outreach.said import JUNE, SEPTEMBER, as_heard, needing

AUGUST, OCTOBER = date(2026, 8, 1), date(2026, 10, 1)


def after(held: Facets, said: PersonDecided) -> Facets:
    event = as_heard(said)
    assert isinstance(event, ContactDecided)
    return with_said(held, event)


def heard(*said: PersonDecided) -> list[Need]:
    held = Facets()
    for event in said:
        held = after(held, event)
    return needs(held, contact_rows())


def test_who_waits_without_a_gap_has_waited_since_the_first_day() -> None:
    found = heard(needing("1", ("OR21", JUNE, SEPTEMBER), ("OR32", SEPTEMBER, OCTOBER)))
    assert [(need.row_code, need.waiting_since) for need in found] == [("OR21", JUNE), ("OR32", JUNE)]


def test_a_gap_begins_the_wait_anew() -> None:
    found = heard(needing("1", ("OR21", JUNE, AUGUST), ("OR10", AUGUST, SEPTEMBER), ("OR30", SEPTEMBER, None)))
    assert [(need.row_code, need.waiting_since) for need in found] == [("OR21", JUNE), ("OR30", SEPTEMBER)]
    assert found[-1].to_on == date.max


def test_where_they_are_and_what_is_true_of_them_goes_with_the_day() -> None:
    event = needing("1", ("OR21", JUNE, SEPTEMBER))
    moved = (MembershipSpan(to_on=AUGUST, year_group=12, establishment="1111111"),
             MembershipSpan(from_on=AUGUST, year_group=12, establishment="2222222"))  # fmt: skip
    told = event.model_copy(update={
        "campaigns": (CampaignDecided(campaign=2026, membership=moved),),
        "dimensions": (DimensionsSpan(send="E", characteristics=("110",), roni_band="high"),)})  # fmt: skip
    found = heard(event, told)
    assert [(need.establishment, need.from_on, need.waiting_since) for need in found] == [
        ("1111111", JUNE, JUNE), ("2222222", AUGUST, JUNE)]  # fmt: skip
    assert {(need.provision, need.characteristics, need.roni_band) for need in found} == {("E", ("110",), "high")}


def test_a_need_that_is_gone_leaves_nothing() -> None:
    assert heard(needing("1", ("OR21", JUNE, None)), needing("1")) == []


def test_sex_and_ethnicity_are_not_even_held() -> None:
    held = after(Facets(), needing("1", dimensions=DimensionsSpan(sex="F", ethnicity="asian", send="K")))
    assert held["dimensions"] == [
        {"send": "K", "characteristics": [], "roni_band": None, "from_on": None, "to_on": None}
    ]


def test_days_on_which_nothing_changes_that_bears_on_contact_are_held_as_one() -> None:
    told = needing("1").model_copy(update={"dimensions": (
        DimensionsSpan(to_on=JUNE, sex="F"),
        DimensionsSpan(from_on=JUNE, to_on=AUGUST, sex="M"),
        DimensionsSpan(from_on=AUGUST, send="K"))})  # fmt: skip
    held = after(Facets(), told)["dimensions"]
    assert [(span["from_on"], span["to_on"]) for span in held] == [(None, "2026-08-01"), ("2026-08-01", None)]
