"""What stands in an offers file that a school or college sends on a day?"""

from collections.abc import Iterator
from datetime import date
from random import Random

from waymark.county.county import County
from waymark.county.dates import CAMPAIGN
from waymark.county.naming import Register, by_school
from waymark.county.offers import MADE, Offer, Prospects, Statement, Turn
from waymark.county.people import Person
from waymark.county.sheet import Row, Sheet, needs_campaign

FORGOTTEN = 0.06
NAMED_ONLY = 0.12


def offers_file(random: Random, county: County, register: Register, code: str, sent_on: date) -> Sheet:
    """Each offer that the sender knows of its people, with its status that day; now and then one is forgotten."""
    rows: list[Row] = []
    people: list[str] = []
    for person in county.on_roll.get(code, ()):
        roll = county.rolls[person.serial]
        if sent_on >= roll.gone_on or roll.last().at != code:
            continue
        for said in _said(random, county.prospects[person.serial], sent_on):
            rows.append({**by_school(random, person, sent_on, register), **said})
            people.append(person.upn)
    campaign = CAMPAIGN if needs_campaign("offers", sent_on) else None
    return Sheet("offers", code, sent_on, tuple(rows), tuple(people), full=False, campaign=campaign)


def one_offer(county: County, person: Person, names: Row, sent_on: date, code: str, *, tag: str) -> Sheet:
    """A small file about one person."""
    college = county.establishments.colleges[0]
    offer = Offer(college, college.name, "education", "BTEC Sport", None, ())
    row = {**names, **_offer_row(offer, Turn(sent_on, MADE, dated=False), named_only=False)}
    return Sheet("offers", code, sent_on, (row,), (person.upn,), full=False, tag=tag)


def _said(random: Random, prospects: Prospects, sent_on: date) -> Iterator[Row]:
    for statement in prospects.statements:
        if statement.said_from <= sent_on and random.random() > FORGOTTEN:
            yield _statement_row(statement)
    for offer in prospects.offers:
        turn = offer.turn_by(sent_on)
        if turn is not None and random.random() > FORGOTTEN:
            yield _offer_row(offer, turn, named_only=random.random() < NAMED_ONLY)


def _statement_row(statement: Statement) -> Row:
    return {
        "Offer status": "none" if statement.says_none else "",
        "Guarantee status code": statement.code,
        "Status date": statement.dated_on,
    }


def _offer_row(offer: Offer, turn: Turn, *, named_only: bool) -> Row:
    return {
        "Offer status": turn.status,
        "Offer type": offer.kind,
        "Provider ID": "" if offer.at is None or named_only else offer.at.code,
        "Provider name": offer.provider_name,
        "Course": offer.course,
        "Offer date": offer.offered_on,
        "Status date": turn.on if turn.dated else None,
    }
