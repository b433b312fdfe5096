"""What does a process say about itself, one JSON object a line, so that no person is ever named in it?"""

import json
import logging
import sys
import traceback
from datetime import UTC, datetime
from typing import Final

FIELDS: Final = frozenset(
    {
        "accepted", "authority", "bytes", "campaign", "code", "count", "event_id", "feed", "first_seq", "lane",
        "last_seq", "number", "part", "partition", "pid", "port", "reader", "rejected", "returned", "rows", "seconds",
        "service", "state", "submission_id", "topic", "unchanged", "unmatched", "worker", "young_person_id",
    }
)  # fmt: skip
"""What may stand beside a message, by `extra={...}`: ids, codes and counts. Anything else is left out."""

QUIET: Final = ("faust", "mode", "asyncpg", "aiohttp", "uvicorn", "kafka", "asyncio")
SILENT: Final = ("aiokafka",)
"""While the broker is away it complains many times a second; the relay and the readers say so once."""


class JsonLines(logging.Formatter):
    """Of an exception it tells the type and where it arose, never its text: a database quotes the row it refuses."""

    def __init__(self, part: str) -> None:
        super().__init__()
        self.part = part

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "part": self.part,
            "from": record.name,
            "says": record.getMessage(),
        }
        line |= {name: value for name, value in vars(record).items() if name in FIELDS}
        if record.exc_info and record.exc_info[0]:
            line["error"] = record.exc_info[0].__qualname__
            line["arose"] = [f"{f.name} ({f.filename}:{f.lineno})" for f in traceback.extract_tb(record.exc_info[2])][
                -8:
            ]
        return json.dumps(line, ensure_ascii=False, default=str)


def start_logging(part: str, level: str = "info") -> None:
    """Sends everything to standard error; libraries are heard from warnings on."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines(part))
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    for library in QUIET:
        logging.getLogger(library).setLevel(logging.WARNING)
    for library in SILENT:
        logging.getLogger(library).setLevel(logging.CRITICAL)
