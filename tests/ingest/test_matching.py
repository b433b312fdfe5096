"""Whom is a row about? Rulebook 3.10 sentence by sentence, and matching as rows come against matching all again."""

from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from services.ingest.domain.identifiers import name_key
from services.ingest.domain.matching import Act, Match, MatchRow, Register, match, rematch, replay
from services.ingest.domain.rows import Identity
from shared.domain.events import Said

BORN = date(2010, 3, 4)
UPN, OTHER_UPN = "A860200000001", "B860200000002"
ULN, OTHER_ULN = "1100000001", "1100000002"
HOME, OTHER_HOME = "ST90 1AA", "ST91 2BB"


def who(
    upn: str | None = None,
    uln: str | None = None,
    name: str | None = None,
    postcode: str | None = None,
    *,
    sound: bool = True,
) -> Identity:
    """An identity as a row gives it; `name` is surname and forename, and comes with a birth."""
    surname, forename = (name or " ").split(" ")
    key = name_key(surname, forename, BORN) if name else None
    return Identity(
        upn=upn, upn_sound=sound and upn is not None, uln=uln, uln_sound=sound and uln is not None,
        surname=surname or None, forename=forename or None, dob=BORN if name else None, name_key=key, postcode=postcode,
    )  # fmt: skip


@dataclass(slots=True)
class Office:
    """Files as they are accepted: each is one act, its rows are numbered in it."""

    acts: list[Act] = field(default_factory=list)

    def cohort(self, *rows: Identity) -> int:
        return self._take(rows, cohort=True)

    def sent(self, *rows: Identity) -> int:
        """An offers, enrolments or activities file."""
        return self._take(rows, cohort=False)

    def _take(self, rows: Sequence[Identity], *, cohort: bool) -> int:
        number = len(self.acts)
        self.acts.append(Act(number, cohort, [MatchRow((number, at), row, cohort) for at, row in enumerate(rows)]))
        return number

    def matched(self, without: int | None = None) -> dict[Said, str | None]:
        """Of each row the person by whose cohort row they were made, as `number.row`, or None: it waits."""
        found = replay([act for act in self.acts if act.number != without], named_after_row)
        return {said: one.young_person_id if one else None for said, one in found.items()}


def named_after_row(row: MatchRow) -> str:
    return f"{row.said[0]}.{row.said[1]}"


def test_a_cohort_row_that_no_step_fits_makes_a_young_person() -> None:
    office = Office()
    office.cohort(who(UPN, ULN, "Lane Ada"), who(OTHER_UPN, OTHER_ULN, "Lane Bea"))
    assert office.matched() == {(0, 0): "0.0", (0, 1): "0.1"}


def test_a_sound_upn_goes_before_all_else() -> None:
    office = Office()
    office.cohort(who(UPN, ULN, "Lane Ada"), who(OTHER_UPN, OTHER_ULN, "Lane Bea"))
    office.sent(who(UPN, OTHER_ULN, "Lane Bea"))
    assert office.matched()[1, 0] == "0.0"


def test_where_upn_and_uln_point_to_two_the_uln_stays_with_whom_it_had() -> None:
    office = Office()
    office.cohort(who(UPN, None, "Lane Ada"), who(OTHER_UPN, OTHER_ULN, "Lane Bea"))
    office.sent(who(UPN, OTHER_ULN))
    office.sent(who(uln=OTHER_ULN))
    assert office.matched()[2, 0] == "0.1"


def test_a_uln_stays_with_whom_it_had_when_a_row_with_another_upn_makes_somebody() -> None:
    office = Office()
    office.cohort(who(UPN, ULN, "Lane Ada"), who(OTHER_UPN, ULN, "Lane Bea"))
    office.sent(who(uln=ULN))
    assert office.matched() == {(0, 0): "0.0", (0, 1): "0.1", (1, 0): "0.0"}


def test_a_uln_joins_whoever_has_no_different_sound_upn() -> None:
    office = Office()
    office.cohort(who(None, ULN, "Lane Ada"))
    office.sent(who(UPN, ULN))
    office.sent(who(UPN))
    assert office.matched() == {(0, 0): "0.0", (1, 0): "0.0", (2, 0): "0.0"}


def test_a_uln_joins_nobody_with_a_different_sound_upn() -> None:
    office = Office()
    office.cohort(who(UPN, ULN, "Lane Ada"))
    office.sent(who(OTHER_UPN, ULN))
    assert office.matched()[1, 0] is None


def test_an_identifier_that_is_not_sound_neither_joins_nor_separates() -> None:
    office = Office()
    office.cohort(who(UPN, ULN, "Lane Ada", sound=False))
    office.sent(who(UPN, sound=False), who(OTHER_UPN, OTHER_ULN, "Lane Ada"))
    assert office.matched() == {(0, 0): "0.0", (1, 0): None, (1, 1): "0.0"}


def test_names_compare_without_case_spaces_and_punctuation_but_with_accents() -> None:
    office = Office()
    office.cohort(who(UPN, name="O'Lane-Smith Adé"))
    office.sent(who(name="olane=smith ADÉ"), who(name="OLaneSmith Ade"))
    assert office.matched() == {(0, 0): "0.0", (1, 0): "0.0", (1, 1): None}


def test_a_name_joins_nobody_with_a_different_sound_identifier_of_a_kind_that_the_row_gives() -> None:
    office = Office()
    office.cohort(who(UPN, ULN, "Lane Ada"))
    office.sent(who(OTHER_UPN, name="Lane Ada"), who(uln=OTHER_ULN, name="Lane Ada"), who(name="Lane Ada"))
    assert office.matched() == {(0, 0): "0.0", (1, 0): None, (1, 1): None, (1, 2): "0.0"}


def test_a_name_is_that_of_the_latest_standing_cohort_row() -> None:
    office = Office()
    office.cohort(who(UPN, name="Lane Ada"))
    renamed = office.cohort(who(UPN, name="Mill Ada"))
    office.sent(who(name="Lane Ada"), who(name="Mill Ada"))
    assert (office.matched()[2, 0], office.matched()[2, 1]) == (None, "0.0")
    assert (office.matched(renamed)[2, 0], office.matched(renamed)[2, 1]) == ("0.0", None)


def test_a_name_in_a_row_of_another_feed_joins_nobody() -> None:
    office = Office()
    office.cohort(who(UPN, name="Lane Ada"))
    office.sent(who(UPN, name="Mill Ada"))
    office.sent(who(name="Mill Ada"))
    assert office.matched()[2, 0] is None


def test_of_several_the_postcode_decides_if_it_leaves_one() -> None:
    office = Office()
    office.cohort(who(UPN, name="Lane Ada", postcode=HOME), who(OTHER_UPN, name="Lane Ada", postcode=OTHER_HOME))
    office.sent(
        who(name="Lane Ada", postcode=OTHER_HOME), who(name="Lane Ada", postcode="ST9 9ZZ"), who(name="Lane Ada")
    )
    assert [office.matched()[1, at] for at in range(3)] == ["0.1", None, None]


def test_a_single_name_needs_no_postcode() -> None:
    office = Office()
    office.cohort(who(UPN, name="Lane Ada", postcode=HOME))
    office.sent(who(name="Lane Ada", postcode=OTHER_HOME))
    assert office.matched()[1, 0] == "0.0"


def test_a_cohort_row_whose_third_step_leaves_several_waits() -> None:
    office = Office()
    office.cohort(who(UPN, name="Lane Ada"), who(OTHER_UPN, name="Lane Ada"))
    office.cohort(who(name="Lane Ada"))
    assert office.matched()[1, 0] is None


def test_an_earlier_identifier_neither_joins_nor_separates() -> None:
    office = Office()
    office.cohort(who(None, ULN, "Lane Ada"))
    office.sent(who(None, OTHER_ULN), who(uln=OTHER_ULN, name="Lane Ada"))
    office.cohort(who(UPN, ULN, "Lane Ada"))
    office.cohort(who(UPN, OTHER_ULN, "Lane Ada"))
    office.sent(who(uln=ULN), who(uln=OTHER_ULN))
    assert (office.matched()[4, 0], office.matched()[4, 1]) == (None, "0.0")


def test_a_row_waits_and_is_matched_when_a_cohort_file_comes() -> None:
    office = Office()
    office.sent(who(uln=ULN), who(UPN), who(name="Lane Ada"))
    office.cohort(who(UPN, ULN, "Lane Ada"))
    assert {office.matched()[0, at] for at in range(3)} == {"1.0"}


def test_waiting_rows_are_tried_once_each_in_the_order_of_acceptance() -> None:
    office = Office()
    office.sent(who(uln=ULN))
    office.sent(who(UPN, ULN))
    office.cohort(who(UPN, name="Lane Ada"))
    assert office.matched() == {(0, 0): None, (1, 0): "2.0", (2, 0): "2.0"}
    office.cohort(who(OTHER_UPN, name="Lane Bea"))
    assert office.matched()[0, 0] == "2.0"


def test_a_row_that_was_accepted_earlier_and_matched_later_takes_no_identifier_away() -> None:
    office = Office()
    office.sent(who(UPN, OTHER_ULN))
    office.cohort(who(UPN, ULN, "Lane Ada"))
    office.sent(who(uln=ULN), who(uln=OTHER_ULN))
    assert (office.matched()[2, 0], office.matched()[2, 1]) == ("1.0", None)


def test_a_match_that_rested_on_a_withdrawn_file_is_made_again_or_waits() -> None:
    office = Office()
    office.cohort(who(UPN, None, "Lane Ada"))
    gave_uln = office.cohort(who(UPN, ULN, "Lane Ada"))
    office.sent(who(uln=ULN))
    assert (office.matched()[2, 0], office.matched(gave_uln)[2, 0]) == ("0.0", None)
    office.cohort(who(UPN, ULN, "Lane Ada"))
    assert office.matched(gave_uln)[2, 0] == "0.0"


def test_a_row_that_names_its_person_is_theirs_or_waits() -> None:
    office = Office()
    office.cohort(who(UPN, ULN, "Lane Ada"))
    named = [MatchRow((1, at), who(uln=ULN), cohort=False, named=one) for at, one in enumerate(("0.0", "9.9"))]
    office.acts.append(Act(1, cohort=False, rows=named))
    assert (office.matched()[1, 0], office.matched()[1, 1]) == ("0.0", None)


IDENTITIES = st.builds(
    who,
    st.sampled_from([None, UPN, OTHER_UPN]),
    st.sampled_from([None, ULN, OTHER_ULN]),
    st.sampled_from([None, "Lane Ada", "Lane Bea"]),
    st.sampled_from([None, HOME, OTHER_HOME]),
    sound=st.booleans(),
)
FILES = st.lists(st.tuples(st.booleans(), st.lists(IDENTITIES, min_size=1, max_size=4)), max_size=8)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(files=FILES)
def test_matching_rows_as_they_come_is_matching_all_that_stands_from_nothing(
    files: list[tuple[bool, list[Identity]]],
) -> None:
    office = Office()
    for cohort, rows in files:
        office._take(rows, cohort=cohort)
    assert dict(_as_they_come(office.acts)) == replay(office.acts, named_after_row)


def _as_they_come(acts: Sequence[Act]) -> Iterator[tuple[Said, Match | None]]:
    """One act after another, each from what was kept of everyone after the one before."""
    kept, waiting = Register(), dict[Said, MatchRow]()
    found: dict[Said, Match | None] = {}
    for act in acts:
        register = Register()
        for known in kept.people.values():
            register.add(deepcopy(known))
        for row in act.rows:
            found[row.said] = match(register, row, named_after_row)
        waiting |= {row.said: row for row in act.rows if found[row.said] is None}
        if act.cohort:
            found |= rematch(register, waiting, named_after_row)
        kept = register
    yield from found.items()
