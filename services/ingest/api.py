"""What can be asked of ingest over HTTP, by whom?"""

import logging
from typing import Annotated, Any, Final, Literal, Self
from uuid import UUID

from fastapi import Depends, File, Form, Query, Request, Response, UploadFile
from pydantic import BaseModel, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from services.ingest import calendar_days, cohorts, store, submissions, withdrawals
from services.ingest.acts import Asked
from services.ingest.domain.content import LARGEST_FILE
from services.ingest.shapes import Calendar, Excepted, Found, Page, Somebody, Verdict
from shared.domain.vocabulary import Feed
from shared.plumbing.database import Pool
from shared.web.access import EVERYONE, Account, Role, allow
from shared.web.acts import Act, act
from shared.web.fields import PLAIN, CampaignYear, Day, Text, YoungPersonNumber
from shared.web.problems import Refused, answers
from shared.web.routing import router

routes = router("ingest")

LOG: Final = logging.getLogger(__name__)

NOT_YOURS: Final = "There is no such submission, or it is not yours to see."
TOO_LARGE: Final = "The file is larger than 50 MB. Send it in parts, each with full=false."
NOT_OFFERED: Final = "This field is not offered yet, and a file sent with it would not be what you mean: leave it out."
LATER: Final = {"rehearse", "recorded_at"}

Sender = Annotated[Account, allow("coordinator", own=("provider",))]
Once = Annotated[Act, Depends(act)]
Identifier = Annotated[str, StringConstraints(strip_whitespace=True, to_upper=True, min_length=1, max_length=20), PLAIN]


class Reason(BaseModel):
    reason: Text


class To(BaseModel):
    to: Day


class NamedException(BaseModel):
    young_person_id: YoungPersonNumber
    op: Literal["add", "remove"]
    reason: Text


class Identifiers(BaseModel):
    """Whoever has all that is given; of the names and the birth all three are needed."""

    upn: Identifier | None = None
    uln: Identifier | None = None
    surname: Text | None = None
    forename: Text | None = None
    dob: Day | None = None

    @model_validator(mode="after")
    def _enough(self) -> Self:
        named = [self.surname, self.forename, self.dob]
        if (any(named) and not all(named)) or not (all(named) or self.upn or self.uln):
            raise PydanticCustomError("identifiers", "give a UPN, a ULN, or surname, forename and dob together")
        return self


@routes.post("/submissions", status_code=202, responses=answers(404, 413))
async def submit(
    request: Request,
    response: Response,
    account: Sender,
    once: Once,
    file: Annotated[UploadFile, File(description="The file as it is; its name means nothing.")],
    feed: Annotated[Feed, Form()],
    provider: Annotated[Text, Form(description="A LAESTAB, UKPRN or URN, or `council`.")],
    campaign: Annotated[CampaignYear | None, Form()] = None,
    full: Annotated[bool | None, Form(description="Whether this is everyone; by feed if left out.")] = None,
) -> Verdict:
    """Takes a file in: its verdict comes when it has been checked, in the order of sending."""
    pool = _pool(request)
    if LATER & (await request.form()).keys():
        raise Refused(422, None, NOT_OFFERED)
    await _only_their_own(pool, account, provider)
    content = await file.read(LARGEST_FILE + 1)
    if len(content) > LARGEST_FILE:
        raise Refused(413, None, TOO_LARGE)
    sent = submissions.Sent(feed, provider, content, campaign, full)
    submission_id = await submissions.send(pool, sent, _asked(once))
    LOG.info("A file came in.", extra={"submission_id": submission_id, "feed": feed, "bytes": len(content)})
    said = await store.submission(pool, submission_id)
    response.status_code = 202 if said["state"] == "checking" else 200
    return Verdict.model_validate(said)


@routes.get("/submissions")
async def sent(
    request: Request,
    account: Sender,
    cursor: Annotated[int | None, Query(ge=1, lt=1 << 63)] = None,
    limit: Annotated[int, Query(ge=1, le=500)] = store.PAGE,
) -> Page:
    """What was sent, the latest first; the problems of each are asked for singly."""
    pool = _pool(request)
    found, next_cursor = await store.submissions(pool, providers=await _own(pool, account), before=cursor, limit=limit)
    return Page(submissions=[Verdict.model_validate(one) for one in found], next_cursor=next_cursor)


@routes.get("/submissions/{submission_id}")
async def verdict(request: Request, account: Sender, submission_id: UUID) -> Verdict:
    """A submission's state, its counts and every problem of every row."""
    return Verdict.model_validate(await _theirs(_pool(request), account, submission_id))


@routes.post("/submissions/{submission_id}/withdrawal")
async def withdraw(request: Request, account: Sender, once: Once, submission_id: UUID, because: Reason) -> Verdict:
    """Takes a submission back, as if it had never been sent; `recorded_at` is that of the withdrawal."""
    pool = _pool(request)
    await _theirs(pool, account, submission_id)
    await withdrawals.ask(pool, submission_id, because.reason, _asked(once))
    done = await withdrawals.outcome(pool, _asked(once))
    return Verdict.model_validate(await store.submission(pool, submission_id) | done)


@routes.get("/calendar")
async def calendar(request: Request, _: Annotated[Account, allow(*EVERYONE)]) -> Calendar:
    """The business date, and whether it moves by itself."""
    return Calendar.model_validate(await calendar_days.present(_pool(request)))


@routes.post("/calendar/advance", responses=answers(409))
async def advance(request: Request, _: Annotated[Account, allow("operations")], once: Once, day: To) -> Calendar:
    """Moves a simulated business date on, one day after another."""
    return Calendar.model_validate(await calendar_days.advance(_pool(request), day.to, _asked(once)))


@routes.post("/cohorts/{campaign}/exceptions")
async def except_(
    request: Request,
    _: Annotated[Account, allow("coordinator")],
    once: Once,
    campaign: CampaignYear,
    exception: NamedException,
) -> Excepted:
    """Adds somebody to the frozen cohort or takes them out, by name and with a reason."""
    who, op, reason = exception.young_person_id, exception.op, exception.reason
    done = await cohorts.except_(_pool(request), campaign, who, op=op, reason=reason, asked=_asked(once))
    return Excepted.model_validate(done)


@routes.post("/people/find")
async def find(
    request: Request, _: Annotated[Account, allow("adviser", "coordinator", "manager")], who: Identifiers
) -> Found:
    """Which young people have these identifiers; they travel in the body, never in a URL."""
    found = await store.find(_pool(request), **who.model_dump())
    return Found(people=[Somebody(young_person_id=one) for one in found])


def _pool(request: Request) -> Pool:
    pool: Pool = request.app.state.pools["ingest"]
    return pool


def _asked(once: Act) -> Asked:
    return Asked(once.act_id, once.request_hash)


async def _own(pool: Pool, account: Account) -> list[str] | None:
    """The numbers by which a provider sends; None for those who may see everybody's."""
    if account.role is not Role.PROVIDER:
        return None
    return await store.provider_numbers(pool, account.establishments)


async def _only_their_own(pool: Pool, account: Account, provider: str) -> None:
    own = await _own(pool, account)
    if own is not None and provider not in own:
        raise Refused(404, None, NOT_YOURS)


async def _theirs(pool: Pool, account: Account, submission_id: UUID) -> dict[str, Any]:
    found = await store.submission(pool, submission_id)
    own = await _own(pool, account)
    if own is not None and found["provider"] not in own:
        raise Refused(404, None, NOT_YOURS)
    return found
