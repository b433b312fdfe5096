"""What do all pages and APIs share: who may, what a refusal looks like, what is asked as at when, what is done once?

A service's `api.py` builds on these and on nothing else of the web:

    from shared.web.access import Account, allow
    from shared.web.acts import Act, act, used_otherwise
    from shared.web.fields import CampaignYear, Day, Text, YoungPersonNumber
    from shared.web.moments import Moment, moment
    from shared.web.problems import Refused, answers
    from shared.web.routing import router

    routes = router("submissions")          # an APIRouter; the web process includes it under /api/v1

    @routes.post("/submissions", responses=answers(409, 413))
    async def submit(
        request: Request,
        account: Annotated[Account, allow("coordinator", own=("provider",))],
        once: Annotated[Act, Depends(act)],
    ) -> JSONResponse: ...

`allow(*roles, own=roles)` is asked before the body is read: 401 without a good bearer, 403 where the role may not.
Roles under `own` are let in and the route keeps them to their own: `account.establishments` (as given with the token:
LAESTAB, UKPRN or URN; resolve before comparing), and another establishment's is `Refused(404, …)`. `system` may do
everything. A route without `allow` cannot be built; one for all who have a token says `allow(*EVERYONE)`.

`Refused(status, title, detail, **more)` becomes an RFC 9457 problem; `answers(409)` documents a status beside those
that every route has (401, 403, 422, 500, 503, and 404 where the path names a thing).

`Act(act_id, account_id, request_hash)`: `act_id` = uuid5(account, Idempotency-Key), else new. A service stores it in
the transaction that does the thing; the same `act_id` with another `request_hash`: `raise used_otherwise()`.

`Moment(as_at, known_at, is_latest, seconds_old)`: `known_at` is never later than the watermark.

`request.app.state.pools["ingest"]`: a pool for each service's role; `request.app.state.settings`: shared.plumbing's.

A service's own refusals (ingest's CannotBeUsed, NotKnown, NotNow, AskedOtherwise) may simply be raised: waymark/api
says how each is answered.

Routes that need two services are not a service's: freezing with its count, young people with their identifiers, and
one young person are in waymark/api, which calls the services' stores.
"""
