"""Is a job that could not do its work told from one that found a difference?"""

import pytest

from shared.web.problems import Refused
from waymark.api.jobs import answer_of


@pytest.mark.parametrize("job", ["waymark.jobs.nowhere", "this"])
async def test_a_job_that_says_no_document_is_a_fault_of_ours(job: str) -> None:
    with pytest.raises(Refused) as refused:
        await answer_of(job)
    assert refused.value.status == 500
