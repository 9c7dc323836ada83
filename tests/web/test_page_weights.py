"""The pages of a large set are cut into parts, none heavy; what was searched for is kept."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from urllib.parse import parse_qs, urlsplit

import pytest

from quizapp.resources import find_folder
from quizapp.services.authoring.drafting import begin_from_folder, open_draft
from quizapp.services.authoring.releasing import publish_draft
from quizapp.storage.drafts import put_facts
from quizapp.storage.ids import SetId, VersionId
from tests.factories.desk import accept_made_questions
from tests.factories.people import MORNING
from tests.support.client import Client, Page
from tests.web.conftest import Site

HEAVY = 100_000
FACTS, QUESTIONS, LEFT = 261, 418, 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """The shipped topic as a set of Tess's: first whole, then with hardly a fact, whole again."""

    set_id: SetId
    whole: VersionId
    rest: VersionId


def begin_shipped(site: Site) -> SetId:
    """Begin a set of the shipped topic."""
    folder = find_folder("questions") / "jnim"
    files = {file.name: file.read_bytes() for file in folder.iterdir() if file.is_file()}
    with site.database.writing() as session:
        set_id = begin_from_folder(session, site.things.people["tess"], files, MORNING)
        session.commit()
    return set_id


def publish_shipped(site: Site) -> Shelf:
    """Publish the whole topic, then little of it; the draft is whole."""
    set_id, tess = begin_shipped(site), site.things.people["tess"]
    with site.database.writing() as session:
        assert len(accept_made_questions(session, tess, set_id)) == QUESTIONS
        whole = publish_draft(session, tess, set_id, note="Whole", now=MORNING)
        facts = open_draft(session, tess, set_id, MORNING).facts
        assert len(facts) == FACTS
        dropped = [replace(one, state="dropped") for one in facts[:-LEFT]]
        put_facts(session, set_id, dropped, tess.id)
        rest = publish_draft(session, tess, set_id, note="Little", now=MORNING)
        put_facts(session, set_id, facts, tess.id)
        session.commit()
    return Shelf(set_id=set_id, whole=whole, rest=rest)


def find_next(page: Page, what: str = "") -> str | None:
    """Return where the link to the next page leads."""
    label = f"Next {what or 'page'}"
    links = page.tree.iter("a")
    return next((one.attrib["href"] for one in links if one.text and label in one.text), None)


def walk(client: Client, address: str, what: str = "") -> Iterator[Page]:
    """Open a page and all that follow it."""
    following: str | None = address
    while following is not None:
        page = client.get(following)
        assert page.status == 200
        yield page
        following = find_next(page, what)


def test_no_page_of_a_large_set_is_heavy(site: Site) -> None:
    shelf, tess = publish_shipped(site), site.open("tess")
    start, whole, rest = f"/sets/{shelf.set_id}", shelf.whole, shelf.rest
    for address in (
        start,
        f"{start}/facts/i18",
        f"{start}/new-fact",
        f"{start}/questions",
        f"{start}/questions/review?show=all",
        f"{start}/publish",
        f"{start}/history",
        f"{start}/compare?former={whole}&latter={rest}",
    ):
        page = tess.get(address)
        assert (page.status, len(page.body) < HEAVY) == (200, True), address
    for address, what in (
        (f"{start}/facts", ""),
        (f"{start}/names", ""),
        (f"{start}/compare?former={rest}&latter={whole}", "facts"),
        (f"{start}/compare?former={rest}&latter={whole}", "questions"),
        (f"/versions/{whole}", ""),
    ):
        walked = list(walk(tess, address, what))
        assert len(walked) > 1, address
        assert f"Page {len(walked)} of {len(walked)}" in walked[-1].words
        assert max(len(page.body) for page in walked) < HEAVY, address


def test_the_pages_of_facts_keep_what_was_searched_for(site: Site) -> None:
    set_id, tess = begin_shipped(site), site.open("tess")
    found = list(walk(tess, f"/sets/{set_id}/facts?q=leader&state=accepted"))
    matches = [link for page in found for link in list_facts(page, set_id)]
    assert 0 < len(set(matches)) == len(matches) < FACTS
    assert f"{len(matches)} facts of {FACTS}" in found[0].words
    address = find_next(tess.get(f"/sets/{set_id}/facts?q=the&state=accepted"))
    assert address is not None
    assert parse_qs(urlsplit(address).query) == {"q": ["the"], "state": ["accepted"], "page": ["2"]}
    assert list_facts(tess.get(f"/sets/{set_id}/facts?state=dropped"), set_id) == []


def test_the_pages_of_facts_show_every_fact_once(site: Site) -> None:
    set_id, tess = begin_shipped(site), site.open("tess")
    pages = walk(tess, f"/sets/{set_id}/facts")
    links = [link for page in pages for link in list_facts(page, set_id)]
    assert len(links) == len(set(links)) == FACTS
    assert "Page 6 of 6" in tess.get(f"/sets/{set_id}/facts?page=99").words


@pytest.mark.parametrize("query", ["page=-1", "page=x", "state=nothing", "q=%25", f"q={'y' * 999}"])
def test_an_odd_filter_of_facts_shows_a_page(site: Site, query: str) -> None:
    page = site.open("tess").get(f"/sets/{site.things.set_id}/facts?{query}")
    assert page.status == 200
    assert page.tree is not None


def list_facts(page: Page, set_id: SetId) -> list[str]:
    """Return where the facts of a list lead."""
    rows = (row for body in page.tree.iter("tbody") for row in body.iter("a"))
    return [one.attrib["href"] for one in rows if f"/sets/{set_id}/facts/" in one.attrib["href"]]
