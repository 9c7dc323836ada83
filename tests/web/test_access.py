"""Who gets what: every route, every person, about things that are Alice's or Tess's.

A new route without a row here fails; every cell is asked for on a fresh site.
"""

import pytest
from flask import Flask

from tests.factories.people import MORNING
from tests.support.client import Client, Clock, Page, make_app
from tests.support.rows import read_rows
from tests.web.conftest import Site
from tests.web.routes import MATRIX, PEOPLE, address_of, fields_for

CELLS = [
    pytest.param(route, name, status, id=f"{route}-{name}")
    for route, row in MATRIX.items()
    for name, status in zip(PEOPLE, row, strict=True)
]
LEARNED = ("review", "review_undo", "memory", "study_session")


def list_routes(app: Flask) -> set[str]:
    return {
        f"{method} {rule.endpoint}"
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }


def ask(site: Site, client: Client, route: str) -> Page:
    method, endpoint = route.split()
    address = address_of(site, endpoint)
    if method == "GET":
        return client.get(address)
    fields = fields_for(site, endpoint)
    return client.post(address, {**fields, "csrf_token": client.read_token()})


def test_every_route_has_a_row(sqlite_address: str) -> None:
    app = make_app(sqlite_address, Clock(MORNING))
    assert list_routes(app) == set(MATRIX)


@pytest.mark.parametrize(("route", "name", "status"), CELLS)
def test_everybody_gets_what_is_theirs(site: Site, route: str, name: str, status: int) -> None:
    before = read_rows(site.database, LEARNED)
    page = ask(site, site.open(None if name == "nobody" else name), route)
    assert page.status == status
    if name != "alice" and route != "POST student.start":
        assert read_rows(site.database, LEARNED) == before


def test_the_bare_address_leads_everybody_to_their_first_page(site: Site) -> None:
    client = site.open()
    asked = client.get("/")
    page = client.sign_in(site.email("tess"), wanted=asked.location.removeprefix("/sign-in"))
    assert client.follow(page).location == "/sets"
    assert client.get("/sets").status == 200


@pytest.mark.parametrize("route", [route for route, row in MATRIX.items() if row[-1] == 302])
def test_nobody_is_sent_to_sign_in(site: Site, route: str) -> None:
    page = ask(site, site.open(), route)
    assert page.location.partition("?")[0] == "/sign-in"


def test_a_refusal_does_not_tell_whether_the_thing_exists(site: Site) -> None:
    bob = site.open("bob")
    hers, none = bob.get(site.study), bob.get("/review/4711")
    assert (hers.status, hers.words) == (none.status, none.words)


def test_a_route_without_a_rule_is_closed(sqlite_address: str) -> None:
    app = make_app(sqlite_address, Clock(MORNING))
    app.add_url_rule("/forgotten", "forgotten", lambda: "secret")
    assert Client(app).get("/forgotten").status == 403
