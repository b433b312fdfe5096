"""What does a client send, what does it wait for, and what does it make of refusals?"""

import fcntl
import threading
from pathlib import Path

import pytest

from tests.waymark.front_door import Door, open_door
from waymark.address import Address, find_address, may_come_back
from waymark.client import Client
from waymark.problems import CannotBeDoneNow, CannotBeUsed
from waymark.transport import Transport


def test_a_file_goes_in_with_its_feed_and_comes_back_with_a_verdict(door: Door, client: Client, tmp_path: Path) -> None:
    file = tmp_path / "year 11.csv"
    file.write_bytes("UPN,Surname\nF860400019001,Caldené\n".encode("cp1252"))
    sent = client.post_submission(file, feed="cohort", provider="8604000", campaign=2026, full=False)
    assert client.verdict(sent)["state"] == "accepted"
    taken = door.submissions[0]
    assert (taken["feed"], taken["provider"], taken["campaign"], taken["full"]) == (
        "cohort",
        "8604000",
        "2026",
        "false",
    )
    assert taken["file"] == file.read_bytes()


def test_a_write_carries_the_token_and_a_key_and_a_question_no_key(door: Door, client: Client) -> None:
    client.advance("2026-05-02")
    client.find({"upn": "F860400019001"})
    (_, _, write, _), (_, _, question, _) = door.asked
    assert write["Authorization"] == "Bearer a-token"
    assert write["Idempotency-Key"]
    assert "Idempotency-Key" not in question


def test_identifiers_are_never_in_an_address(door: Door, client: Client) -> None:
    client.find({"uln": "1234567899"})
    assert [path for _, path, _, _ in door.asked] == ["/api/v1/people/find"]


def test_while_a_process_is_restarted_the_same_key_is_sent_until_it_answers(door: Door, client: Client) -> None:
    door.refuses = 2
    assert client.advance("2026-05-02")["business_date"] == "2026-05-02"
    assert len(door.keys()) == 3
    assert len(set(door.keys())) == 1


def test_a_refusal_that_can_be_mended_is_its_sentence(door: Door, client: Client) -> None:
    door.answers["/cohorts/2026/freeze"] = (409, {"title": "No", "detail": "The cohort of 2026 is frozen already."})
    with pytest.raises(CannotBeUsed, match="frozen already") as refused:
        client.freeze(2026)
    assert refused.value.exit_code == 2
    assert refused.value.document["title"] == "No"


def test_a_fault_of_the_system_is_not_the_askers(door: Door, client: Client) -> None:
    door.answers["/where"] = (500, {"title": "A fault of ours"})
    with pytest.raises(CannotBeDoneNow, match="A fault of ours") as failed:
        client.where()
    assert failed.value.exit_code == 3


def test_a_server_that_stops_in_the_middle_of_an_answer_is_waited_for(door: Door, client: Client) -> None:
    door.answers["/where"] = (500, b"Internal Server Error")
    threading.Timer(0.2, door.answers.update, [{"/where": (200, {"url": "here"})}]).start()
    assert client.where() == {"url": "here"}
    assert len(door.asked) > 1


def test_what_answers_something_else_is_not_waymark(door: Door, client: Client) -> None:
    door.answers["/where"] = (200, b"<html>Hello</html>")
    with pytest.raises(CannotBeDoneNow, match="not Waymark"):
        client.where()


def test_nobody_is_waited_for_who_cannot_come_back() -> None:
    with open_door() as door:
        url = door.url
    with pytest.raises(CannotBeDoneNow, match="does not answer"):
        Client(Transport(url, "a-token", may_come_back=lambda: False)).where()


def test_waiting_ends() -> None:
    with open_door() as door:
        url = door.url
    with pytest.raises(CannotBeDoneNow, match="does not answer"):
        Client(Transport(url, "a-token", may_come_back=lambda: True, waits=0.2)).where()


def test_people_come_one_a_line(door: Door, client: Client) -> None:
    door.answers["/young-people?campaign=2026"] = (200, b'{"young_person_id": "1"}\n{"young_person_id": "2"}')
    assert [one["young_person_id"] for one in client.people(campaign=2026)] == ["1", "2"]


def test_a_refused_list_is_a_refusal(client: Client) -> None:
    with pytest.raises(CannotBeUsed, match="nothing here"):
        list(client.people())


def test_pages_are_followed_to_the_end_or_the_limit(door: Door, client: Client) -> None:
    first = {"as_at": "2026-10-20", "total": 3, "entries": [{"n": 1}, {"n": 2}], "next_cursor": "b"}
    door.answers["/queue"] = first
    door.answers["/queue?cursor=b"] = {"as_at": "2026-10-20", "total": 3, "entries": [{"n": 3}]}
    assert [entry["n"] for entry in client.queue()["entries"]] == [1, 2, 3]
    door.answers["/queue?limit=1"] = {**first, "entries": [{"n": 1}]}
    assert [entry["n"] for entry in client.queue(limit=1)["entries"]] == [1]


def test_the_environment_names_a_system_unless_a_folder_is_given(tmp_path: Path) -> None:
    environ = {"WAYMARK_URL": "http://far:8000/", "WAYMARK_TOKEN": "t"}
    assert find_address(None, environ) == Address("http://far:8000", "t")
    (tmp_path / "system.json").write_text('{"url": "http://near:1", "token": "n"}')
    assert find_address(tmp_path, environ) == Address("http://near:1", "n", tmp_path)
    assert find_address(None, {"WAYMARK_DATA_DIR": str(tmp_path)}).url == "http://near:1"


def test_a_folder_without_a_system_is_said(tmp_path: Path) -> None:
    with pytest.raises(CannotBeDoneNow, match="waymark up"):
        find_address(tmp_path, {})
    with pytest.raises(CannotBeUsed, match="WAYMARK_TOKEN"):
        find_address(None, {"WAYMARK_URL": "http://far:8000"})


def test_a_system_whose_supervisor_is_gone_will_not_come_back(tmp_path: Path) -> None:
    assert not may_come_back(Address("http://near:1", "n", tmp_path))
    (tmp_path / "up.lock").write_text("")
    assert not may_come_back(Address("http://near:1", "n", tmp_path))
    assert may_come_back(Address("http://far:1", "n"))


def test_a_system_whose_supervisor_holds_its_lock_is_waited_for(tmp_path: Path) -> None:
    with (tmp_path / "up.lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        assert may_come_back(Address("http://near:1", "n", tmp_path))
