"""How long does somebody wait for a figure of today, for one as at and as known at another time, and for the queue?"""

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Final

from benchmarks import caseload, county_files, nightly
from benchmarks.county_files import CAMPAIGN
from benchmarks.databases import a_server
from benchmarks.growth import sizes
from benchmarks.measuring import Spread
from benchmarks.rebuild import rebuilt
from benchmarks.results import Aim, Plot, Result, Table, result
from shared.plumbing.settings import Settings
from waymark.client import Client
from waymark.commands.answering import connect
from waymark.ports import free_port
from waymark.preparation import open_the_door
from waymark.problems import Problem
from waymark.transport import Request

AS_AT: Final[Mapping[str, object]] = {"campaign": CAMPAIGN, "as_at": f"{CAMPAIGN}-11-01"}
KNOWN_AT: Final[Mapping[str, object]] = {
    "campaign": CAMPAIGN,
    "as_at": f"{CAMPAIGN}-06-30",
    "known_at": f"{CAMPAIGN}-07-01",
}
PAGE: Final = Request("GET", "/api/v1/queue", {"limit": 50})
LIVE, OF_ANOTHER_TIME = 0.05, 1.0
COMES_UP_WITHIN: Final = 60.0
MILLISECONDS: Final = 1000

Questions = Mapping[str, Callable[[Client], Any]]
QUESTIONS: Final[Questions] = {
    "Guarantee, live": lambda client: client.report("guarantee", {"campaign": CAMPAIGN}),
    "Guarantee by establishment, live": lambda client: client.report(
        "guarantee", {"campaign": CAMPAIGN, "by": "establishment"}
    ),
    "participation, live": lambda client: client.report("participation", {"campaign": CAMPAIGN}),
    "Guarantee as known at another time": lambda client: client.report("guarantee", KNOWN_AT),
    "participation as at 1 November": lambda client: client.report("participation", AS_AT),
    "the first page of the queue": lambda client: client.transport.ask(PAGE),
}


def measure(*, people: int, times: int, processes: int) -> Result:
    found: dict[int, dict[str, Spread]] = {}
    nights: dict[int, float] = {}
    with a_server() as server:
        for many in sizes(people, 1).people:
            settings = caseload.make(
                server,
                many,
                database=f"c{many}",
                apply=lambda one: rebuilt(server, one, processes),
                before_offers=[county_files.early_return()],
            )
            with a_door(settings) as client:
                found[many] = asked(client, times)
            nights[many] = asyncio.run(nightly.recompute(server, settings, people=many, repeats=1)).seconds.median
    return _result({"people": people, "times": times, "processes": processes}, found, nights)


def asked(client: Client, times: int) -> dict[str, Spread]:
    """Seconds of each question, one after another by turns."""
    seconds: dict[str, list[float]] = {name: [] for name in QUESTIONS}
    for question in QUESTIONS.values():
        question(client)
    for _ in range(times):
        for name, question in QUESTIONS.items():
            began = time.perf_counter()
            question(client)
            seconds[name].append(time.perf_counter() - began)
    return {name: Spread(tuple(some)) for name, some in seconds.items()}


@contextmanager
def a_door(settings: Settings) -> Iterator[Client]:
    """The web process over a database, as everybody meets it."""
    settings = settings.model_copy(update={"port": free_port(), "health_port": free_port()})
    open_the_door(settings, f"http://127.0.0.1:{settings.port}")
    kept = {name: value for name, value in os.environ.items() if not name.startswith("WAYMARK_")}
    child = subprocess.Popen(
        [sys.executable, "-m", "waymark.web"], env=kept | dict(settings.environment()), stderr=subprocess.DEVNULL
    )
    try:
        client = connect(settings.data_dir)
        _until_it_answers(client)
        yield client
    finally:
        child.terminate()
        child.wait()


def _until_it_answers(client: Client) -> None:
    deadline = time.monotonic() + COMES_UP_WITHIN
    while True:
        try:
            client.report("guarantee", {"campaign": CAMPAIGN})
            return
        except Problem:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)


def _result(asked_: dict[str, int], found: dict[int, dict[str, Spread]], nights: dict[int, float]) -> Result:
    rows = [
        (name, f"{many:,}", *(spreads[name].percentile(at) * MILLISECONDS for at in (50, 95, 99)))
        for name in QUESTIONS
        for many, spreads in found.items()
    ]
    table = Table(
        title="Milliseconds over HTTP, one question at a time",
        columns=("question", "people known", "p50", "p95", "p99"),
        rows=tuple(rows),
        note="A council's own nightly recompute, for figures of last night: "
        + ", ".join(f"{seconds:.1f} s at {many:,} people" for many, seconds in nights.items())
        + ".",
    )
    plot = Plot(
        name="figures",
        title="A question's wait, p95",
        unit="milliseconds",
        labels=tuple(f"{many:,}" for many in found),
        series={name: tuple(one[name].percentile(95) * MILLISECONDS for one in found.values()) for name in QUESTIONS},
    )
    return result("figures", __doc__ or "", asked_, tables=(table,), plots=(plot,), aims=_aims(found))


def _aims(found: dict[int, dict[str, Spread]]) -> Sequence[Aim]:
    many, most = max(found), found[max(found)]
    return [
        Aim(
            what=f"{name} at {many:,} people, p95",
            unit="s",
            measured=spread.percentile(95),
            at_most=LIVE if "live" in name else OF_ANOTHER_TIME,
        )
        for name, spread in most.items()
    ]
