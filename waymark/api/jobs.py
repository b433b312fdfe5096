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

FAILED: Final = "The recount could not be finished. Nothing was changed: ask again, and look at the web process's log."
TOO_LONG: Final = f"The recount took longer than {WITHIN / 60:.0f} minutes and was ended. Nothing was changed."


async def recount() -> dict[str, Any]:
    """What `verify` answers; raises Refused where the job could not be done."""
    job = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", VERIFY, "verify"),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        start_new_session=True,
        preexec_fn=dies_with_us(),
    )
    try:
        said, _ = await asyncio.wait_for(job.communicate(), WITHIN)
    except TimeoutError:
        raise Refused(503, None, TOO_LONG) from None
    finally:
        if job.returncode is None:
            end_group(job.pid)
    return _document(job.returncode, said)


def _document(code: int | None, said: bytes) -> dict[str, Any]:
    if code not in {HOLDS, DOES_NOT_HOLD}:
        LOG.error("The recount ended with %s.", code, extra={"returned": code})
        raise Refused(500, None, FAILED)
    found: dict[str, Any] = json.loads(said)
    return found
