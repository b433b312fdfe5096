"""Which broker is this, and are our topics there?"""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any, Final

from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.errors import KafkaError

from shared.domain.topics import LANES, PARTITIONS
from shared.plumbing.settings import Settings

KEPT_FOR: Final = str(7 * 24 * 60 * 60 * 1000)
PATIENCE: Final = 5.0
ALREADY_THERE: Final = 36

BROKER_AWAY: Final = (KafkaError, OSError, TimeoutError)
"""The broker is not there or not well: wait and begin again."""


def topic_of(settings: Settings, lane: str) -> str:
    return f"{settings.topic_prefix}.{LANES[lane].topic}"


def lanes_by_topic(settings: Settings) -> Mapping[str, str]:
    return {topic_of(settings, lane): lane for lane in LANES}


@asynccontextmanager
async def administration(settings: Settings) -> AsyncIterator[AIOKafkaAdminClient]:
    client = AIOKafkaAdminClient(bootstrap_servers=settings.bootstrap, request_timeout_ms=int(PATIENCE * 1000))
    try:
        await asyncio.wait_for(client.start(), PATIENCE)
        yield client
    finally:
        await client.close()


async def cluster(client: AIOKafkaAdminClient) -> str:
    """The broker's own name, which is another where it was wiped."""
    return str((await asyncio.wait_for(client.describe_cluster(), PATIENCE))["cluster_id"])


async def missing(client: AIOKafkaAdminClient, settings: Settings) -> list[str]:
    """Topics of ours that the broker does not have."""
    there = set(await asyncio.wait_for(client.list_topics(), PATIENCE))
    return sorted(set(lanes_by_topic(settings)) - there)


async def make(client: AIOKafkaAdminClient, names: list[str]) -> None:
    """Makes these topics, a partition for each of ours, kept for seven days."""
    brokers = (await asyncio.wait_for(client.describe_cluster(), PATIENCE))["brokers"]
    copies = min(3, len(brokers))
    new = [NewTopic(name, PARTITIONS, copies, topic_configs={"retention.ms": KEPT_FOR}) for name in names]
    answer: Any = await asyncio.wait_for(client.create_topics(new), PATIENCE)
    for name, code, *_ in answer.topic_errors:
        if code not in (0, ALREADY_THERE):
            raise KafkaError(f"The broker does not make the topic {name}: its error {code}.")
