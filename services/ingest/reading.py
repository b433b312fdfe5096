"""How is a file read where it can harm nobody: in a child process with limits of memory and time?"""

import asyncio
import copyreg
import resource
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, fields
from datetime import date
from functools import partial
from multiprocessing import get_context
from multiprocessing.connection import Connection as Pipe
from multiprocessing.process import BaseProcess
from operator import attrgetter
from typing import Any, Final

from services.ingest import tables
from services.ingest.domain.contents import Parsed, contents
from services.ingest.domain.problems import Problem, Refusal
from services.ingest.domain.providers import Providers
from services.ingest.domain.rows import ActivityRow, CohortRow, EnrolmentRow, Identity, OfferRow
from services.ingest.domain.sheet import read
from services.ingest.domain.tables import Tables
from shared.domain.vocabulary import Feed
from shared.plumbing.faults import where_it_arose

MEMORY: Final = 3 * 1024**3
SECONDS: Final = 120.0
TOO_MUCH: Final = Refusal(
    "too-much", "Reading this file takes more time or memory than any file should. Send it in parts with --partial."
)

FAULT_OF_OURS: Final = Refusal(
    "not-read",
    "This file could not be read, by a fault of ours: tell whoever looks after the system, and keep the file.",
)


@dataclass(frozen=True, slots=True)
class Request:
    """What the child is told; `providers` only where they have changed since it was last told."""

    content: bytes
    feed: Feed
    today: date
    campaign: int | None
    providers: Providers | None


@dataclass(slots=True)
class Reader:
    """One child at a time, kept once it is started; one that goes over its limits is ended."""

    seconds: float = SECONDS
    memory: int = MEMORY
    child: BaseProcess | None = None
    pipe: Pipe | None = None
    told: int | None = None
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def read(
        self, content: bytes, feed: Feed, today: date, *, campaign: int | None, providers: Providers, version: int
    ) -> Parsed | Refusal:
        """What the file says, or why it cannot be used; `version` is that of the providers."""
        async with self.lock:
            for _ in range(2):
                fresh = self.pipe is None or self.told != version
                request = Request(content, feed, today, campaign, providers if fresh else None)
                answer = await asyncio.to_thread(self._ask, request)
                if answer is not None:
                    self.told = version
                    return answer
            return FAULT_OF_OURS

    async def begin(self) -> None:
        """Has a child ready, so that the first file after a quiet night does not wait for one to start."""
        async with self.lock:
            if self.pipe is None:
                await asyncio.to_thread(self._start)

    def close(self) -> None:
        if self.child is not None:
            self.child.kill()
            self.child.join()
        if self.pipe is not None:
            self.pipe.close()
        self.child = self.pipe = self.told = None

    def _ask(self, request: Request) -> Parsed | Refusal | None:
        """None where the child was ended by another hand."""
        pipe = self.pipe or self._start()
        with suppress(EOFError, OSError):
            pipe.send(request)
            if pipe.poll(self.seconds):
                answer: Parsed | Refusal = pipe.recv()
                return answer
            self.close()
            return TOO_MUCH
        self.close()
        return None

    def _start(self) -> Pipe:
        context = get_context("spawn")
        ours, theirs = context.Pipe()
        self.child = context.Process(target=serve, args=(theirs, self.memory), daemon=True, name="reader of files")
        self.child.start()
        theirs.close()
        self.pipe = ours
        return ours


def serve(pipe: Pipe, memory: int) -> None:
    """The child: reads what it is asked to until nobody asks any more."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    known, providers = tables.load(), Providers()
    _send_by_values(Identity, CohortRow, OfferRow, EnrolmentRow, ActivityRow, Problem)
    with suppress(EOFError, KeyboardInterrupt, BrokenPipeError):
        while True:
            request: Request = pipe.recv()
            providers = request.providers or providers
            pipe.send(_answered(request, known, providers))


def _send_by_values(*kinds: type[Any]) -> None:
    """Left to itself, a frozen dataclass takes twice as long from one process to another as its values do."""
    for kind in kinds:
        copyreg.pickle(kind, partial(_by_values, kind, attrgetter(*(part.name for part in fields(kind)))))


def _by_values(
    kind: type[Any], values: Callable[[Any], tuple[object, ...]], one: object
) -> tuple[type[Any], tuple[object, ...]]:
    return kind, values(one)


def _answered(request: Request, known: Tables, providers: Providers) -> Parsed | Refusal:
    """A fault is told by where it arose, never by its text, which may quote the file."""
    try:
        return _answer(request, known, providers)
    except MemoryError:
        return TOO_MUCH
    except Exception as error:
        print(f"Reading a file failed: {where_it_arose(error)}", file=sys.stderr)
        return FAULT_OF_OURS


def _answer(request: Request, known: Tables, providers: Providers) -> Parsed | Refusal:
    sheet = read(request.content, request.feed, known)
    if isinstance(sheet, Refusal):
        return sheet
    resolve = providers.resolve
    return contents(sheet, known, today=request.today, campaign=request.campaign, provider_of=resolve)
