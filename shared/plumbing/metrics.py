"""What can an operator watch? Every metric stands in this list, with labels whose values are few and known."""

from collections.abc import Iterable, Mapping
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector
from prometheus_client.samples import Sample

REGISTRY: Final = CollectorRegistry()

LABELS: Final[Mapping[str, tuple[str, ...]]] = {
    "reader": ("ingest", "status", "outreach", "reporting"),
    "lane": ("evidence", "details", "decisions", "contacts"),
    "partition": tuple(str(partition) for partition in range(12)),
    "outcome": ("applied", "repeated", "gap", "foreign", "unreadable", "parked"),
    "state": ("accepted", "held", "refused", "withdrawn"),
    "feed": (
        "cohort", "offers", "enrolments", "activities", "ilr", "ccis", "establishments", "postcodes", "expectations",
    ),
    "method": ("GET", "POST", "PUT", "PATCH", "DELETE"),
    "answer": ("2xx", "3xx", "4xx", "5xx"),
}  # fmt: skip
"""The values that each label may take; any other is counted as `other`, so that no label can grow."""

PARCELS = Counter("waymark_parcels", "Parcels taken from the bus, by what became of them.",
                  ("reader", "lane", "outcome"), registry=REGISTRY)  # fmt: skip
EVENTS = Counter("waymark_events_applied", "Events applied and committed.", ("reader", "lane"), registry=REGISTRY)
JOURNAL_READS = Counter("waymark_journal_reads", "Times a reader filled a gap from the journal: the bus was behind.",
                        ("reader", "lane"), registry=REGISTRY)  # fmt: skip
BATCH_SECONDS = Histogram("waymark_batch_seconds", "From opening a batch's transaction to its commit.", ("reader",),
                          buckets=(0.005, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5), registry=REGISTRY)  # fmt: skip
BEHIND_SECONDS = Gauge("waymark_behind_seconds", "Age of the oldest event that a reader has yet to apply; 0 if none.",
                       ("reader",), registry=REGISTRY)  # fmt: skip
DEAD_LETTERS = Gauge("waymark_dead_letters", "Messages that could not be read and wait for somebody.", ("reader",),
                     registry=REGISTRY)  # fmt: skip
PARKED = Gauge("waymark_parked_people", "Young people who are not up to date because a rule failed on them.",
               ("reader",), registry=REGISTRY)  # fmt: skip
PUBLISHED = Counter("waymark_events_published", "Events that the relay put on the bus, repeats included.", ("lane",),
                    registry=REGISTRY)  # fmt: skip
REPUBLISHED = Counter("waymark_topics_made", "Times the relay found topics missing and made them again.",
                      registry=REGISTRY)  # fmt: skip
SUBMISSIONS = Counter("waymark_submissions", "Submissions by feed and verdict.", ("feed", "state"), registry=REGISTRY)
FILE_SECONDS = Histogram("waymark_file_to_queue_seconds", "From a file's acceptance to its people being up to date "
                         "in every service.", buckets=(1, 2, 5, 10, 30, 60, 300), registry=REGISTRY)  # fmt: skip
ANSWERS = Counter("waymark_http_answers", "Answers of pages and API.", ("method", "answer"), registry=REGISTRY)

ALL: Final[tuple[Counter | Gauge | Histogram, ...]] = (
    PARCELS, EVENTS, JOURNAL_READS, BATCH_SECONDS, BEHIND_SECONDS, DEAD_LETTERS, PARKED, PUBLISHED, REPUBLISHED,
    SUBMISSIONS, FILE_SECONDS, ANSWERS,
)  # fmt: skip


def labels(**given: str | int) -> dict[str, str]:
    """Label values as Prometheus takes them, each one of the known few: `EVENTS.labels(**labels(reader=r, lane=l))`."""
    return {name: str(value) if str(value) in LABELS[name] else "other" for name, value in given.items()}


class Installation(Collector):
    """All metrics of this process, each sample saying whose council and which part of the system it speaks of."""

    def __init__(self, authority: str, part: str) -> None:
        self.says = {"authority": authority, "part": part}

    def collect(self) -> Iterable[Metric]:
        for family in REGISTRY.collect():
            family.samples = [self._placed(sample) for sample in family.samples if not sample.name.endswith("_created")]
            yield family

    def _placed(self, sample: Sample) -> Sample:
        return sample._replace(labels={**self.says, **sample.labels})
