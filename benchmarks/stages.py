"""What does each stage of a file's way cost alone, nothing else running?"""

from collections.abc import Sequence
from typing import Final

from benchmarks.county_files import Sent
from benchmarks.measuring import Effort, effort
from benchmarks.office import READERS, Office
from benchmarks.plain_kafka import producing
from shared.plumbing.broker import administration, lanes_by_topic, make
from shared.plumbing.database import open_pool
from shared.plumbing.post import Post
from shared.plumbing.settings import Settings

STAGES: Final = ("read", "match and append", "relay", *READERS)


async def stages(office: Office, sent: Sent, beside: Sequence[int]) -> dict[str, Effort]:
    """In order, each to its end; the relay only where the settings name a broker."""
    spent: dict[str, Effort] = {}
    with effort() as spent["read"]:
        read_of_it = await office.read(sent)
    with effort(beside) as spent["match and append"]:
        await office.accept(sent, read_of_it)
    if office.settings.kafka_bootstrap:
        spent["relay"] = await _relay(office.settings, beside)
    for service in READERS:
        with effort(beside) as spent[service]:
            await office.apply(service)
    return spent


async def _relay(settings: Settings, beside: Sequence[int]) -> Effort:
    async with administration(settings) as client:
        await make(client, sorted(lanes_by_topic(settings)))
    async with await open_pool(settings, "relay") as pool, producing(settings) as producer:
        post = await Post.open(settings, pool, producer)
        with effort(beside) as spent:
            await post.carry_all()
    return spent


def total(spent: dict[str, Effort]) -> Effort:
    return Effort(sum(one.seconds for one in spent.values()), sum(one.processor for one in spent.values()))
