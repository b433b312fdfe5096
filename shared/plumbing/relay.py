"""How does the journal reach the bus, again whenever the bus has lost it?"""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field

import asyncpg
from aiokafka import AIOKafkaProducer
from aiokafka.admin import AIOKafkaAdminClient

from shared.plumbing import clock
from shared.plumbing.broker import BROKER_AWAY, administration, cluster, make, missing
from shared.plumbing.closing import keep_closing
from shared.plumbing.database import Pool, open_pool, queries
from shared.plumbing.faults import is_transient, persistently, where_it_arose
from shared.plumbing.health import health_server
from shared.plumbing.metrics import LABELS, PUBLISHED, REPUBLISHED, WATERMARK_AGE, begin_at_zero
from shared.plumbing.post import Post, TopicMadeAnew
from shared.plumbing.process import main, told_to_stop, until_first
from shared.plumbing.settings import Settings

log = logging.getLogger(__name__)

LOOK_AT_BROKER_EVERY = 2.0
LOOK_AT_JOURNAL_EVERY = 1.0
PAUSE = 0.3
COUNT_EVERY = 5.0


@dataclass(slots=True)
class News:
    """Something was said: for the post, and for who closes heads."""

    to_post: asyncio.Event = field(default_factory=asyncio.Event)
    to_close: asyncio.Event = field(default_factory=asyncio.Event)

    def tell(self, *_: object) -> None:
        self.to_post.set()
        self.to_close.set()


class Relay:
    """Carries the journal to the bus until it is cancelled; whatever it loses on the way it begins again."""

    def __init__(self, settings: Settings, pool: Pool) -> None:
        self.settings = settings
        self.pool = pool
        self.news = News()
        self.on_the_bus = False
        self.topic_lost = False
        self.resting = False

    async def run(self) -> None:
        while True:
            try:
                await self._carry()
            except TopicMadeAnew:
                self.topic_lost = True
            except Exception as error:
                if not (isinstance(error, BROKER_AWAY) or is_transient(error)):
                    raise
                self._rests(error)
            self.on_the_bus = False
            await asyncio.sleep(PAUSE)

    def _rests(self, error: Exception) -> None:
        if not self.resting:
            log.warning("The post rests until the broker and the database are there: %s.", where_it_arose(error))
        self.resting = True

    async def _carry(self) -> None:
        """Posts until the broker or a topic turns out to be new, to be entered again."""
        async with AsyncExitStack() as open_things:
            client = await open_things.enter_async_context(administration(self.settings))
            present = await cluster(client)
            absent = await missing(client, self.settings)
            await make(client, absent)
            await self._renew_where_new(present, anew=self.topic_lost or bool(absent))
            await open_things.enter_async_context(self._listening())
            producer = await open_things.enter_async_context(_producing(self.settings))
            post = await Post.open(self.settings, self.pool, producer)
            self.on_the_bus, self.resting = True, False
            await self._carry_on(post, client, present)

    async def _carry_on(self, post: Post, client: AIOKafkaAdminClient, present: str) -> None:
        look_again_at = clock.monotonic()
        while True:
            await post.carry_all()
            if clock.monotonic() >= look_again_at:
                if await cluster(client) != present or await missing(client, self.settings):
                    return
                look_again_at = clock.monotonic() + LOOK_AT_BROKER_EVERY
            await self._rest()

    async def _rest(self) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(LOOK_AT_JOURNAL_EVERY):
                await self.news.to_post.wait()
        self.news.to_post.clear()

    async def _renew_where_new(self, present: str, *, anew: bool) -> None:
        """A broker that has lost what it had gets it again from the first thing that some reader lacks."""
        sql = queries("shared.plumbing")
        async with self.pool.acquire() as connection, connection.transaction():
            known = await connection.fetchrow(sql["broker"])
            if anew or known["cluster"] != present:
                await connection.execute(sql["begin_post_again"])
                await connection.execute(sql["renew_broker"], present)
                REPUBLISHED.inc()
        self.topic_lost = False

    @asynccontextmanager
    async def _listening(self) -> AsyncIterator[None]:
        """Hears of everything that is said; what was said before it listened is found by looking."""
        connection = await asyncpg.connect(**self.settings.connection("relay"))
        try:
            await connection.add_listener("bus", self.news.tell)
            yield
        finally:
            await connection.close(timeout=2)


@asynccontextmanager
async def _producing(settings: Settings) -> AsyncIterator[AIOKafkaProducer]:
    producer = AIOKafkaProducer(
        bootstrap_servers=settings.bootstrap, acks="all", request_timeout_ms=5000, max_request_size=1_048_576
    )
    await producer.start()
    try:
        yield producer
    finally:
        with suppress(*BROKER_AWAY):
            await asyncio.wait_for(producer.stop(), 2)


async def relay(settings: Settings, stopping: asyncio.Event) -> None:
    """Posts and closes until `stopping` is set."""
    pool = await persistently(lambda: open_pool(settings, "relay"))
    carrier = Relay(settings, pool)

    async def database() -> bool:
        return bool(await pool.fetchval("SELECT true"))

    async def bus() -> bool:
        return carrier.on_the_bus

    async with pool, health_server(settings, "relay", {"database": database, "bus": bus}):
        await until_first(
            carrier.run(), keep_closing(pool, carrier.news.to_close), _keep_counting(pool), told_to_stop(stopping)
        )


async def _keep_counting(pool: Pool) -> None:
    begin_at_zero(PUBLISHED, lane=LABELS["lane"])
    while True:
        WATERMARK_AGE.set(await persistently(lambda: pool.fetchval(queries("shared.plumbing")["watermark_age"])))
        await asyncio.sleep(COUNT_EVERY)


if __name__ == "__main__":
    main("relay", relay)
