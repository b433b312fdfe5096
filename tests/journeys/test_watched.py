"""Can operations see what a running system does and where each file is, and do they learn of nobody by it?"""

import asyncio
import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import asyncpg
import pytest
import urllib3
from aiokafka import AIOKafkaProducer
from prometheus_client.parser import text_string_to_metric_families

from shared.domain.topics import partition_of
from shared.plumbing.logs import FIELDS
from shared.plumbing.metrics import ALL, LABELS, OF_THE_PROCESS
from tests.journeys.telling import COLLEGE, SCHOOL, Telling
from tests.system import System, a_system, until
from waymark.county.identifiers import upn

UPN, UNSOUND_UPN, ULN = upn("860", 4000, 15, 500), "A860400015500", "1100012213"
SECRETS: Final = (
    "gorsmimore", "haryck", "zeldamoor", UPN.lower(), UNSOUND_UPN.lower(), ULN, "2010-03-22", "22/03/2010", "st90 7qx",
    "st907qx", "01632 960777", "01632960777", "+441632960777", "haryck@gorsmimore.example",
)  # fmt: skip
ROLL: Final = "UPN,ULN,Surname,Forename,DOB,Year group,Postcode,Address 1,Phone,Parent phone,Email"
REACHED: Final = "ST90 7QX,7 Zeldamoor Lane,01632 960777,+441632960777,haryck@gorsmimore.example"
OFFERS: Final = "UPN,ULN,Surname,Forename,DOB,Offer status,Provider ID,Offer date"
MAY_BE_STILL: Final = {"waymark_journal_reads", "waymark_behind_seconds", "waymark_watermark_age_seconds"}
"""In an undisturbed system everything travels over the bus, and once it has settled nobody is behind."""

WITHDRAW: Final = ("submission", "--withdraw", "--reason", "Gorsmimore says that it is wrong")
SET_ASIDE: Final = ("waymark_dead_letters", "waymark_parked_people")

Samples = dict[str, list[tuple[dict[str, str], float]]]
NAMED: Final = f"{UPN},{ULN},Gorsmimore,Haryck,2010-03-22"
FILES: Final = (
    ("cohort", SCHOOL, ROLL, f"{NAMED},11,{REACHED}"),
    ("offers", SCHOOL, OFFERS, f"{NAMED},made,{COLLEGE},2026-04-01"),
    ("offers", SCHOOL, OFFERS, f",9999999999,Gorsmimore,Zeldamoor,2010-03-22,made,{COLLEGE},2026-04-01"),
    ("cohort", SCHOOL, ROLL, f"{UPN},,Gorsmimore,Haryck,22/03/2010x,11,{REACHED}"),
    ("cohort", SCHOOL, ROLL, f"{UNSOUND_UPN},,Gorsmimore,Haryck,2010-03-22,10,{REACHED}"),
    ("cohort", "Gorsmimore School", ROLL, f"{NAMED},11,{REACHED}"),
    ("offers", SCHOOL, ROLL, f"{NAMED},11,{REACHED}"),
    ("cohort", SCHOOL, "Haryck,Gorsmimore", f"{UPN},{ULN}"),
    ("enrolments", COLLEGE, ROLL, f"{UPN}\x00{ULN}Gorsmimore Haryck"),
)


async def _as_superuser(system: System, *statements: str) -> None:
    port = int((system.data_dir / "postgres" / "postmaster.pid").read_text().splitlines()[3])
    key = (system.data_dir / "keys" / "postgres").read_text().strip()
    found = await asyncpg.connect(host="127.0.0.1", port=port, user="postgres", password=key, database="waymark")
    for statement in statements:
        await found.execute(statement)
    await found.close()


def submit(system: System, folder: Path, feed: str, provider: str, *lines: str) -> dict[str, Any]:
    file = folder / "sent.csv"
    file.write_text("\n".join(lines))
    done = system.run("submit", "--feed", feed, "--provider", provider, str(file), "--partial", "--json")
    return dict(json.loads(done.stdout))


def fail_to_accept(system: System, folder: Path) -> None:
    """The database refuses the row in words that quote it."""
    refuse = "ALTER TABLE ingest.sent_row ADD CONSTRAINT planted CHECK (uln IS DISTINCT FROM '{}') NOT VALID"
    asyncio.run(_as_superuser(system, refuse.format(ULN)))
    failed = submit(system, folder, "offers", SCHOOL, OFFERS, f"{NAMED},accepted,{COLLEGE},2026-04-02")
    assert failed["state"] == "refused", failed
    asyncio.run(_as_superuser(system, "ALTER TABLE ingest.sent_row DROP CONSTRAINT planted"))


def fail_to_apply(system: System) -> None:
    """Something is said of somebody of whom status cannot make it out, with a name in it."""
    said = {"type": "OfferStated", "version": 1, "event_id": "00000000-0000-0000-0000-000000000001",
            "young_person_id": "1", "source": SCHOOL, "said": [999, 2], "sent_on": "Gorsmimore"}  # fmt: skip
    asyncio.run(_as_superuser(
        system,
        f"""WITH given AS (SELECT * FROM bus.stamp('{{evidence}}', '{{{partition_of("1")}}}', '{{1}}'))
        INSERT INTO bus.journal (lane, partition, seq, event_id, type, young_person_id, recorded_at, payload)
        SELECT lane, partition, first_seq, '{said["event_id"]}', 'OfferStated', '1', recorded_at, '{json.dumps(said)}'
        FROM given"""))  # fmt: skip


def fail_to_read(system: System) -> None:
    async def send(where: dict[str, str]) -> None:
        producer = AIOKafkaProducer(bootstrap_servers=where["kafka_bootstrap"])
        await producer.start()
        await producer.send_and_wait(f"{where['topic_prefix']}.evidence", b"Gorsmimore, Haryck", partition=0)
        await producer.stop()

    asyncio.run(send(system.ask("where")))


def parts(system: System) -> dict[str, int]:
    running = json.loads((system.data_dir / "processes.json").read_text())
    return {one["name"]: one["health_port"] for one in running if one["health_port"]}


def scraped(system: System) -> str:
    return "".join(
        urllib3.request("GET", f"http://127.0.0.1:{port}/metrics").data.decode() for port in parts(system).values()
    )


def samples(system: System) -> Samples:
    found: Samples = defaultdict(list)
    for family in text_string_to_metric_families(scraped(system)):
        for sample in family.samples:
            found[sample.name].append((dict(sample.labels), sample.value))
    return found


def counted(found: Samples, name: str) -> float:
    return sum(value for _, value in found[name])


def logs(system: System) -> dict[str, str]:
    return {path.name: path.read_text(errors="replace") for path in (system.data_dir / "logs").iterdir()}


def told(system: System) -> list[dict[str, Any]]:
    """Every line of our own processes, in order of time."""
    lines = [line for name, text in logs(system).items() if name.removesuffix(".log") in parts(system)
             for line in text.splitlines()]  # fmt: skip
    return sorted((json.loads(line) for line in lines), key=lambda line: str(line["at"]))


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    """A system to which everything was said that can be said of one person, well and badly, and that has failed too."""
    folder, telling = tmp_path_factory.mktemp("told"), Telling(freezes_on="2026-06-02", until="2026-06-03")
    telling.place()
    for name in ("one", "two", "three"):
        telling.cohort(name)
    telling.offer("one", "made")
    with a_system() as system:
        system.up("--clock", "2026-05-01")
        system.ask("play", str(telling.lay_down(folder)))
        given = [submit(system, folder, *file) for file in FILES]
        system.ask("settle")
        until(lambda: counted(samples(system), "waymark_queue_people") > 0)
        assert system.run(*WITHDRAW, given[1]["submission_id"]).returncode == 0
        system.run("people", "find", "--surname", "Gorsmimore", "--forename", "Haryck", "--dob", "2010-03-22")
        urllib3.request("GET", f"{system.ask('where')['url']}/Gorsmimore?uln={ULN}")
        fail_to_accept(system, folder)
        fail_to_apply(system)
        fail_to_read(system)
        until(lambda: all(counted(samples(system), name) for name in SET_ASIDE))
        yield system


def test_every_metric_of_the_list_is_observed(watched: System) -> None:
    found = samples(watched)
    for metric in ALL:
        family = next(iter(metric.collect()))
        name = family.name + {"counter": "_total", "gauge": "", "histogram": "_count"}[family.type]
        assert counted(found, name) > 0 or family.name in MAY_BE_STILL, name
        assert found[name], name


def test_nothing_is_exported_that_the_list_does_not_have(watched: System) -> None:
    known = {family.name for metric in ALL for family in metric.collect()}
    exported = {family.name for family in text_string_to_metric_families(scraped(watched))}
    assert exported - known == {name.removesuffix("_total") for name in OF_THE_PROCESS}


def test_every_label_has_one_of_its_few_values(watched: System) -> None:
    for name, exported in samples(watched).items():
        for told_labels, _ in exported:
            assert told_labels.pop("authority") == "860"
            assert told_labels.pop("part") in parts(watched)
            told_labels.pop("le", None)
            assert not [(name, label) for label, value in told_labels.items() if value not in LABELS[label]]


def test_rows_are_counted_by_what_became_of_them(watched: System) -> None:
    rows = [(told_labels, value) for told_labels, value in samples(watched)["waymark_rows_total"] if value]
    became = {(told_labels["feed"], told_labels["verdict"]) for told_labels, _ in rows}
    assert {("cohort", "accepted"), ("offers", "unmatched"), ("cohort", "rejected")} <= became
    states = {told_labels["state"] for told_labels, value in samples(watched)["waymark_submissions_total"] if value}
    assert states == {"accepted", "refused", "withdrawn"}


def test_each_submission_is_told_of_from_file_to_figure(watched: System) -> None:
    for one in [line for line in told(watched) if line.get("state") in {"accepted", "withdrawn"}]:
        lines = [line for line in told(watched) if line.get("number") == one["number"]]
        assert {line["submission_id"] for line in lines} == {one["submission_id"]}
        stages = [line["reader"] for line in lines if "reader" in line]
        assert sorted(stages) == ["outreach", "relay", "reporting", "status"]
        assert stages.index("status") < stages.index("outreach")
        assert stages.index("status") < stages.index("reporting")
    came = {line["submission_id"] for line in told(watched) if line["says"] == "A file came in."}
    assert came == {line["submission_id"] for line in told(watched) if "verdict" in line["says"]}


def test_what_failed_is_told_of_by_its_kind_and_place(watched: System) -> None:
    errors = {(line["part"], line["says"].partition(":")[0]) for line in told(watched) if line["level"] == "error"}
    assert ("ingest", "A submission could not be accepted") in errors
    assert ("status", "Nothing more of somebody is applied") in errors


def test_no_log_and_no_metric_names_anybody(watched: System) -> None:
    everything = {**logs(watched), "metrics": scraped(watched), "said": watched.said()}
    assert not [(name, secret) for name, text in everything.items() for secret in SECRETS if secret in text.lower()]


def test_beside_what_it_says_a_line_has_known_fields_alone(watched: System) -> None:
    always = {"at", "level", "part", "from", "says", "error", "arose"}
    assert not [line for line in told(watched) if not line.keys() <= FIELDS | always]
