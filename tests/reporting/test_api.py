"""Does the API answer with the contract's figures, to whom it may?"""

from collections.abc import AsyncIterator
from datetime import date

import aiohttp
import pytest

from services.reporting.api import routes
from shared.plumbing.database import Pool
from shared.web.application import application
from tests.reporting.conftest import hear
from tests.reporting.decisions import SCHOOL, enrolled
from tests.web.by_role import ByRole
from tests.web.conftest import Ask, asking, served


@pytest.fixture
async def ask(pool: Pool) -> AsyncIterator[Ask]:
    app = application("1", [routes], door=ByRole(), pools={"reporting": pool})
    async with served(app) as url, aiohttp.ClientSession() as session:
        yield asking(session, url)


async def test_a_report_has_the_contract_s_shape(ask: Ask, pool: Pool, simulate: object) -> None:
    await simulate(date(2026, 6, 2))  # type: ignore[operator]
    await hear(pool, enrolled("1", frozen=True, frozen_establishment=SCHOOL))
    path = "/api/v1/reports/guarantee?campaign=2026&as_at=2026-06-01&by=year_group,establishment"
    answer = await ask("GET", path, bearer="manager")
    assert answer.status == 200
    assert {"campaign": 2026, "as_at": "2026-06-01", "not_up_to_date": 0}.items() <= answer.document.items()
    assert {"known_at", "figures_are_seconds_old"} <= answer.document.keys()
    assert answer.document["cells"] == [
        {"year_group": 11, "establishment": SCHOOL, "frozen": 1, "live": 1, "offer_made": 1, "not_appropriate": 0,
         "no_offer": 0, "not_recorded": 0, "percent_offer_made": "100.0", "percent_offer_made_live": "100.0"}
    ]  # fmt: skip


async def test_the_closing_figure_is_as_at_the_deadline_and_known_at_the_end_of_october(
    ask: Ask, pool: Pool, simulate: object
) -> None:
    await simulate(date(2027, 1, 31))  # type: ignore[operator]
    answer = await ask("GET", "/api/v1/reports/guarantee?campaign=2026&closing=true", bearer="manager")
    assert answer.document["as_at"] == "2026-09-30"
    assert answer.document["known_at"] == "2026-10-31T23:59:59.999999+00:00"


async def test_participation_is_of_the_population_asked_for(ask: Ask, pool: Pool, simulate: object) -> None:
    await simulate(date(2026, 6, 2))  # type: ignore[operator]
    await hear(pool, enrolled("1"), enrolled("2", campaign=0))
    for population, cohort in (("live", 1), ("monthly", 1), ("frozen", 0)):
        path = f"/api/v1/reports/participation?campaign=2026&population={population}"
        (cell,) = (await ask("GET", path, bearer="coordinator")).document["cells"]
        assert (cell["population"], cell["cohort"]) == (population, cohort)


async def test_advisers_and_providers_have_no_figures(ask: Ask) -> None:
    for path in ("/reports/guarantee?campaign=2026", "/reports/participation?campaign=2026"):
        for role in ("provider", "adviser", "operations", "governance"):
            assert (await ask("GET", f"/api/v1{path}", bearer=role)).status == 403
        assert (await ask("GET", f"/api/v1{path}", bearer=None)).status == 401


@pytest.mark.parametrize("wrong", ["by=colour", "by=sex,sex", "months=soon", "campaign=x", "as_at=2026-02-30"])
async def test_what_cannot_be_used_is_said(ask: Ask, wrong: str) -> None:
    answer = await ask("GET", f"/api/v1/reports/guarantee?campaign=2026&{wrong}")
    assert answer.status in (401, 422)
    answer = await ask("GET", f"/api/v1/reports/guarantee?campaign=2026&{wrong}", bearer="manager")
    assert answer.status == 422
    assert answer.document["detail"]
