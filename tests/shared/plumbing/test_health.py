"""Does a process answer for its health and its counts on a port of its own?"""

import aiohttp

from shared.plumbing.health import Check, health_server, readiness
from shared.plumbing.metrics import ALL, EVENTS, LABELS, labels
from shared.plumbing.settings import Settings


async def _yes() -> bool:
    return True


async def _fails() -> bool:
    raise ConnectionError


async def _ask(path: str, checks: dict[str, Check]) -> tuple[int, str]:
    async with (
        health_server(Settings(), "status", checks) as port,
        aiohttp.ClientSession() as session,
        session.get(f"http://127.0.0.1:{port}{path}") as answer,
    ):
        return answer.status, await answer.text()


async def test_a_process_is_alive_even_while_it_cannot_work() -> None:
    assert (await _ask("/healthz", {"database": _fails}))[0] == 200


async def test_a_process_is_ready_when_all_that_it_needs_is_there() -> None:
    assert (await _ask("/readyz", {"database": _yes}))[0] == 200
    status, text = await _ask("/readyz", {"database": _yes, "bus": _fails})
    assert (status, '"bus": false' in text) == (503, True)


async def test_a_check_that_fails_is_a_no() -> None:
    assert await readiness({"database": _yes, "bus": _fails}) == {"database": True, "bus": False}


async def test_a_sample_says_whose_council_it_speaks_of() -> None:
    EVENTS.labels(**labels(reader="status", lane="evidence")).inc()
    _, text = await _ask("/metrics", {})
    assert 'waymark_events_applied_total{authority="860",lane="evidence",part="status",reader="status"}' in text


def test_a_label_never_takes_a_value_that_is_not_listed() -> None:
    assert labels(reader="status", campaign=2026) == {"reader": "status", "campaign": "2026"}
    assert labels(reader="Somebody") == {"reader": "other"}


def test_every_metric_is_described_and_labelled_from_the_list() -> None:
    for metric in ALL:
        family = next(iter(metric.collect()))
        assert family.documentation.endswith("."), family.name
        assert set(metric._labelnames) <= set(LABELS), family.name
