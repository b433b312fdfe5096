"""Has each event one topic, one writer and somebody who reads it, and is no name of a person on the bus?"""

from collections import Counter

import pytest

from shared.domain.events import Event
from shared.domain.topics import CONTROL, LANES

SERVICES = {"ingest", "status", "outreach", "reporting"}
DETAILS = {"forename", "surname", "upn", "uln", "dob", "birth_date", "address", "phone", "email", "name"}


def test_each_lane_has_one_writer_and_readers_who_are_others() -> None:
    for lane in LANES.values():
        assert {lane.writer, *lane.readers} <= SERVICES
        assert lane.readers and lane.writer not in lane.readers


def test_each_event_is_said_on_one_lane_but_for_what_status_passes_on() -> None:
    said = Counter(model for lane in LANES.values() for model in lane.carries)
    assert {model for model, lanes in said.items() if lanes > 1} <= set(CONTROL)


@pytest.mark.parametrize(
    "model", [model for name, lane in LANES.items() if name != "details" for model in lane.carries]
)
def test_personal_details_have_one_lane_alone(model: type[Event]) -> None:
    assert not DETAILS & set(model.model_fields)
