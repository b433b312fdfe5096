"""How is long work that only looks done beside the web process, in a process of its own?"""

import asyncio
import json
import logging
import sys
from typing import Any, Final

from shared.web.problems import Refused
from waymark.children import dies_with_us, end_group

LOG: Final = logging.getLogger(__name__)

VERIFY: Final = "waymark.jobs.verify"
WITHIN: Final = 900.0
HOLDS, DOES_NOT_HOLD = 0, 1

FAILED: Final = "This could not be worked out. Nothing was changed: ask again, and look at the log of the web process."
TOO_LONG: Final = f"This took longer than {WITHIN / 60:.0f} minutes and was ended. Nothing was changed."


async def answer_of(job: str) -> dict[str, Any]:
    """What the module `job` says on its standard output; raises Refused where it could not do its work."""
    child = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", job, job.rpartition(".")[2]),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        start_new_session=True,
        preexec_fn=dies_with_us(),
    )
    try:
        said, _ = await asyncio.wait_for(child.communicate(), WITHIN)
    except TimeoutError:
        raise Refused(503, None, TOO_LONG) from None
    finally:
        if child.returncode is None:
            end_group(child.pid)
    return _document(job, child.returncode, said)


def _document(job: str, code: int | None, said: bytes) -> dict[str, Any]:
    """A job that fails says nothing; Python then leaves with 1, as a job does that found a difference."""
    try:
        found = json.loads(said) if code in {HOLDS, DOES_NOT_HOLD} else None
    except ValueError:
        found = None
    if not isinstance(found, dict):
        LOG.error("%s could not be done.", job, extra={"returned": code})
        raise Refused(500, None, FAILED)
    return found
