"""Does every route declare who may, and is it what the contract's table of rights says?"""

from fastapi.routing import APIRoute

from shared.web.access import Role
from shared.web.routing import Guarded
from waymark.api import ROUTERS

RIGHTS = {
    "submissions": "provider own, coordinator",
    "young-people": "adviser, coordinator, manager",
    "young-people/{young_person_id}": "provider own, adviser, coordinator, manager",
    "reports": "coordinator, manager",
    "queue": "adviser, coordinator",
    "tokens": "",
}
"""The contract's table, by the beginning of a path, the longest that fits; `system` may do everything."""


def declared(route: Guarded) -> frozenset[str]:
    own = {f"{role} own" for role in route.access.own}
    return frozenset({role.value for role in route.access.roles - {Role.SYSTEM}} | own)


def expected(path: str) -> frozenset[str] | None:
    fits = [begin for begin in RIGHTS if path == f"/{begin}" or path.startswith(f"/{begin}/")]
    return frozenset(filter(None, RIGHTS[max(fits, key=len)].split(", "))) if fits else None


def routes() -> list[APIRoute]:
    found = [route for router in ROUTERS for route in router.routes if isinstance(route, APIRoute)]
    assert len(found) == sum(len(router.routes) for router in ROUTERS)
    return found


def test_every_route_asks_who_may_before_anything_else() -> None:
    assert all(isinstance(route, Guarded) and Role.SYSTEM in route.access.roles for route in routes())


def test_the_roles_of_a_route_are_those_of_the_contract() -> None:
    for route in routes():
        assert isinstance(route, Guarded)
        assert expected(route.path) in {None, declared(route)}, f"{route.path}: {sorted(declared(route))}"


def test_whoever_governs_opens_nothing_but_what_is_for_all() -> None:
    opened = {route.path for route in routes() if isinstance(route, Guarded) and Role.GOVERNANCE in route.access.roles}
    assert opened <= {"/calendar", "/freshness", "/access-log/{young_person_id}"}


def test_only_the_system_moves_who_may_do_what() -> None:
    moving = [route for route in routes() if route.path.startswith("/tokens")]
    assert moving and all(isinstance(route, Guarded) and not declared(route) for route in moving)
