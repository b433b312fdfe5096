"""What can an operator watch? Every metric stands in this list, with labels whose values are few and known."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from itertools import product
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector
from prometheus_client.samples import Sample

from shared.domain.vocabulary import Feed

REGISTRY: Final = CollectorRegistry()

READERS: Final = ("ingest", "status", "outreach", "reporting")
AGES: Final = tuple(round(0.005 * 1.1**step, 6) for step in range(100))
"""Seconds from 5 ms to a minute, each a tenth more than the last: so near does a quantile come."""
QUICK: Final = (0.0005, 0.002, 0.01, 0.05, 0.2, 0.5, 1, 2, 5)

LABELS: Final[Mapping[str, tuple[str, ...]]] = {
    "reader": READERS,
    "lane": ("evidence", "details", "decisions", "contacts"),
    "outcome": ("applied", "repeated", "foreign", "unreadable"),
    "state": ("accepted", "refused", "withdrawn"),
    "verdict": ("accepted", "unchanged", "unmatched", "rejected"),
    "feed": tuple(Feed),
    "need": ("OR20", "OR21", "OR30", "OR31", "OR32", "OR33", "OR34"),
    "campaign": tuple(str(year) for year in range(2024, 2041)),
    "pool": (*READERS, "relay", "web"),
    "use": ("in use", "idle"),
    "method": ("GET", "POST", "PUT", "PATCH", "DELETE"),
    "answer": ("2xx", "3xx", "4xx", "5xx"),
}  # fmt: skip
"""The values that each label may take; any other is counted as `other`, so that no label can grow."""

ROWS = Counter("waymark_rows", "Rows of files by feed and what became of each.", ("feed", "verdict"),
               registry=REGISTRY)  # fmt: skip
SUBMISSIONS = Counter("waymark_submissions", "Submissions by feed and verdict; one that is withdrawn counts again.",
                      ("feed", "state"), registry=REGISTRY)  # fmt: skip
CHECK_SECONDS = Histogram("waymark_check_seconds", "From taking up a submission to its verdict.", ("feed",),
                          buckets=(0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30), registry=REGISTRY)  # fmt: skip

PARCEL_EVENTS = Histogram("waymark_parcel_events", "Events in one parcel, as the post makes it up.", ("lane",),
                          buckets=(1, 2, 5, 10, 20, 50, 100, 200, 500), registry=REGISTRY)  # fmt: skip
POST_SECONDS = Histogram("waymark_post_seconds", "From reading parcels in the journal to the broker's having them.",
                         buckets=(0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 5), registry=REGISTRY)  # fmt: skip
PUBLISHED = Counter("waymark_events_published", "Events that the post put on the bus, repeats included.", ("lane",),
                    registry=REGISTRY)  # fmt: skip
POST_DONE = Gauge("waymark_post_done_timestamp_seconds", "When the post last had nothing left to carry.",
                  registry=REGISTRY)  # fmt: skip
REPUBLISHED = Counter("waymark_topics_made", "Times the post found broker or topics new and began again.",
                      registry=REGISTRY)  # fmt: skip

PARCELS = Counter("waymark_parcels", "Parcels taken from the bus, by what became of them.",
                  ("reader", "lane", "outcome"), registry=REGISTRY)  # fmt: skip
EVENTS = Counter("waymark_events_applied", "Events applied and committed.", ("reader", "lane"), registry=REGISTRY)
BATCH_SECONDS = Histogram("waymark_batch_seconds", "From opening a batch's transaction to its commit.", ("reader",),
                          buckets=(0.005, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5), registry=REGISTRY)  # fmt: skip
JOURNAL_READS = Counter("waymark_journal_reads", "Times a reader filled a gap from the journal: the bus was behind.",
                        ("reader", "lane"), registry=REGISTRY)  # fmt: skip
BEHIND_SECONDS = Gauge("waymark_behind_seconds", "Age of the oldest event that a reader has yet to apply; 0 if none.",
                       ("reader",), registry=REGISTRY)  # fmt: skip
DEAD_LETTERS = Gauge("waymark_dead_letters", "Messages that could not be read and wait for somebody.", ("reader",),
                     registry=REGISTRY)  # fmt: skip
PARKED = Gauge("waymark_parked_people", "Young people who are not up to date because a rule failed on them.",
               ("reader",), registry=REGISTRY)  # fmt: skip

TO_QUEUE = Histogram("waymark_acceptance_to_queue_seconds", "From the acceptance of what was sent or done to the "
                     "queue's having it, once for everyone concerned.", buckets=AGES, registry=REGISTRY)  # fmt: skip
TO_FIGURES = Histogram("waymark_acceptance_to_figures_seconds", "From the acceptance of what was sent or done to the "
                       "figures' having it, once for everyone concerned.", buckets=AGES,
                       registry=REGISTRY)  # fmt: skip
WATERMARK_AGE = Gauge("waymark_watermark_age_seconds", "How old figures may be: since the moment up to which "
                      "everything has passed through every service.", registry=REGISTRY)  # fmt: skip
QUEUE = Gauge("waymark_queue_people", "Young people in the queue today, by why and of which campaign.",
              ("need", "campaign"), registry=REGISTRY)  # fmt: skip

POOL = Gauge("waymark_pool_connections", "Connections to the database by the role that holds them.", ("pool", "use"),
             registry=REGISTRY)  # fmt: skip
POOL_WAIT = Histogram("waymark_pool_wait_seconds", "How long a transaction waited for a connection.", ("pool",),
                      buckets=QUICK, registry=REGISTRY)  # fmt: skip
ANSWERS = Counter("waymark_http_answers", "Answers of pages and API.", ("method", "answer"), registry=REGISTRY)

ALL: Final[tuple[Counter | Gauge | Histogram, ...]] = (
    ROWS, SUBMISSIONS, CHECK_SECONDS,
    PARCEL_EVENTS, POST_SECONDS, PUBLISHED, POST_DONE, REPUBLISHED,
    PARCELS, EVENTS, BATCH_SECONDS, JOURNAL_READS, BEHIND_SECONDS, DEAD_LETTERS, PARKED,
    TO_QUEUE, TO_FIGURES, WATERMARK_AGE, QUEUE,
    POOL, POOL_WAIT, ANSWERS,
)  # fmt: skip

OF_THE_PROCESS: Final[Mapping[str, str]] = {
    "process_cpu_seconds_total": "Seconds of processor time, all cores together.",
    "process_resident_memory_bytes": "Memory that is really used.",
    "process_virtual_memory_bytes": "Memory that was asked for.",
    "process_open_fds": "Open files and connections.",
    "process_max_fds": "How many of them there may be.",
    "process_start_time_seconds": "When it started.",
}
"""What the client library tells of any process, on Linux."""
ProcessCollector(registry=REGISTRY)


def labels(**given: str | int) -> dict[str, str]:
    """Label values as Prometheus takes them, each one of the known few: `EVENTS.labels(**labels(reader=r, lane=l))`."""
    return {name: str(value) if str(value) in LABELS[name] else "other" for name, value in given.items()}


def begin_at_zero(metric: Counter, **values: Iterable[str]) -> None:
    """Shows each of these series from the start: of one that appears with its first count nobody sees it rise."""
    for combination in product(*values.values()):
        metric.labels(**labels(**dict(zip(values, combination, strict=True))))


def observe_many(histogram: Histogram, value: float, times: int) -> None:
    """As so many calls of `observe`, at the cost of less than one: the library would look at every bucket each time."""
    histogram._sum.inc(value * times)
    histogram._buckets[bisect_left(histogram._upper_bounds, value)].inc(times)


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
