"""Who looked at whom, and when?"""

from shared.plumbing.database import Pool, queries
from shared.web.access import Account


async def log_access(pool: Pool, account: Account, young_person_id: str, what: str) -> None:
    """To be written before what it speaks of is shown; `what` says it in a few words of ours."""
    await pool.execute(
        queries("shared.web")["log_access"], account.account_id, account.role.value, young_person_id, what
    )
