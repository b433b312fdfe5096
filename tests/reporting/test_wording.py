"""Do the words of a decision stand for what it says, wherever they come in it and whoever it is about?"""

import json
from datetime import timedelta

from hypothesis import given

from services.reporting.domain.heard import FiguresDecided
from shared.domain.decisions import PersonDecided
from shared.plumbing.database import Pool
from tests.reporting.conftest import hear, rows
from tests.reporting.decisions import NOON, decisions, enrolled
from tests.reporting.test_spans import QUICK

HOUR = timedelta(hours=1)


@QUICK
@given(decisions())
def test_facets_are_the_same_wherever_they_stand(said: list[PersonDecided]) -> None:
    for event in said:
        document = json.loads(event.model_dump_json())
        as_said = FiguresDecided.model_validate_json(event.model_dump_json())
        turned = FiguresDecided.model_validate_json(json.dumps(dict(reversed(document.items()))))
        assert as_said.given == turned.given
        assert PersonDecided.model_validate({**document, **as_said.given}) == event
        assert as_said.model_dump(exclude={"words"}) == turned.model_dump(exclude={"words"})


async def test_the_same_words_say_the_same_of_everyone(pool: Pool) -> None:
    people = [str(number) for number in range(1, 30)]
    for turn in range(4):
        outcome = "NO_OFFER" if turn % 2 else "OFFER_MADE"
        await hear(pool, *(enrolled(person, outcome=outcome, known_from=NOON + turn * HOUR) for person in people))
    found = await rows(
        pool,
        """SELECT o.outcome, known_from, count(DISTINCT young_person_id) FROM ever_known
        JOIN outcome AS o ON timeline = ever_known.outcome GROUP BY 1, 2 ORDER BY 2""",
    )
    assert found == [
        (outcome, NOON + turn * HOUR, 29)
        for turn, outcome in enumerate(("OFFER_MADE", "NO_OFFER", "OFFER_MADE", "NO_OFFER"))
    ]
