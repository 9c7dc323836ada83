"""Nothing changes without a token of the same browser, and nothing changes by looking."""

from collections import Counter, deque
from datetime import timedelta
from urllib.parse import urldefrag

import pytest

from tests.support.client import Client
from tests.support.rows import read_rows
from tests.web.conftest import Site
from tests.web.routes import MATRIX, actor_for, address_of, fields_for

QUERIES = 12
POSTS = [route.split()[1] for route in MATRIX if route.startswith("POST")]


@pytest.mark.parametrize("endpoint", POSTS)
@pytest.mark.parametrize("token", [None, "", "made-up", "bob's"])
def test_a_form_without_this_browsers_token_is_refused(
    site: Site, endpoint: str, token: str | None
) -> None:
    person = site.open(actor_for(endpoint))
    fields = fields_for(site, endpoint)
    if token is not None:
        fields["csrf_token"] = site.open("bob").read_token() if token == "bob's" else token
    address = address_of(site, endpoint)
    before = read_rows(site.database)
    page = person.post(address, fields)
    assert page.status == 400
    assert "cookies are off" in page.words
    assert read_rows(site.database) == before
    assert person.get("/keys").status == 200


@pytest.mark.parametrize("endpoint", ["account.submit_sign_in", "account.submit_password"])
def test_who_is_not_signed_in_needs_a_token_too(site: Site, endpoint: str) -> None:
    before = read_rows(site.database)
    page = site.open().post(address_of(site, endpoint), fields_for(site, endpoint))
    assert page.status == 400
    assert read_rows(site.database) == before


def test_a_token_is_worth_nothing_after_the_next_sign_in(site: Site, alice: Client) -> None:
    old = alice.read_token()
    alice.post("/sign-out", {"csrf_token": old})
    alice.sign_in(site.email("alice"))
    assert alice.post("/review", {"csrf_token": old}).status == 400


def crawl(client: Client, starts: list[str]) -> set[str]:
    """Follow every link of every page and return the addresses that were opened.

    Of one path only so many queries are opened: a table that can be sorted has hundreds.
    """
    seen: set[str] = set()
    queries: Counter[str] = Counter()
    waiting = deque(starts)
    while waiting:
        address = urldefrag(waiting.popleft()).url
        path = address.partition("?")[0]
        if not address or address in seen or queries[path] >= QUERIES:
            continue
        seen.add(address)
        queries[path] += 1
        page = client.get(address)
        if address in starts:
            client.get(address, method="HEAD")
        assert page.status in {200, 302, 404}, address
        if page.status == 200 and page.body.startswith(b"<!DOCTYPE"):
            waiting.extend(page.links)
    return seen


@pytest.mark.parametrize("name", ["alice", "tess", None])
def test_looking_changes_nothing(site: Site, name: str | None) -> None:
    gets = [route.split()[1] for route in MATRIX if route.startswith("GET")]
    site.clock.advance(timedelta(hours=3))
    before = read_rows(site.database)
    seen = crawl(site.open(name), [address_of(site, endpoint) for endpoint in gets])
    assert read_rows(site.database) == before
    assert len(seen) >= len(gets)
    if name == "tess":
        assert f"/versions/{site.things.version_id}?page=2" in seen


@pytest.mark.parametrize("endpoint", POSTS)
def test_a_form_cannot_be_sent_by_a_link(site: Site, endpoint: str) -> None:
    before, address = read_rows(site.database), address_of(site, endpoint)
    page = site.open(actor_for(endpoint)).get(address)
    shares_address = site.app.url_map.bind("localhost").test(address, "GET")
    leads_on = endpoint == "account.submit_sign_in"
    # There is no newer version of the site's set.
    shown = 404 if endpoint == "following.carry" else 200
    assert page.status == (302 if leads_on else shown if shares_address else 405)
    assert read_rows(site.database) == before
