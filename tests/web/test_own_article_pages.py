"""An instructor makes a set of their own article, page by page and without scripts."""

import re

from quizapp.cli.handlers import HANDLERS
from quizapp.services.authoring.questions import decide_questions
from quizapp.services.authoring.sharing import share_set
from quizapp.storage.ids import SetId
from tests.factories.people import MORNING
from tests.factories.uploads import CANAL
from tests.support.client import Client, Page
from tests.support.jobs import run_jobs
from tests.web.conftest import Site
from tests.web.set_states import visit_newer

NEW = "/sets/from-article"


def paste(site: Site, tess: Client, text: str, title: str = "The Merrow Canal") -> Page:
    """Paste an article for a new set, let it be read, and return its page."""
    sent = tess.post_form(NEW, tess.get(NEW), title=title, text=text)
    run_jobs(site.database, HANDLERS, site.clock.now)
    return tess.follow(sent)


def decide(tess: Client, page: Page, **fields: str) -> Page:
    """Send the form of a fact or question, and go where it leads."""
    form = next(form for form in page.forms() if "accept" in form.choices)
    sent = tess.post(form.action, {**form.fields, "action": "accept", **fields})
    return tess.follow(sent) if sent.status == 303 else sent


def find_link(page: Page, pattern: str) -> str:
    return next(link for link in page.links if re.search(pattern, link))


def test_a_set_is_made_from_an_article_without_scripts(site: Site) -> None:
    tess = site.open("tess")
    page = paste(site, tess, CANAL.read_text())
    assert "23 facts proposed" in page.words
    base = find_link(page, r"/sets/\d+/facts$").removesuffix("/facts")
    page = tess.follow(tess.get(f"{base}/next-fact"))
    while "/facts/" in page.path:
        assert "Fact " in page.title
        after = decide(tess, page)
        page = decide(tess, page, action="drop") if after.status == 422 else after
    assert "23 of 23 reviewed" in page.words
    page = tess.get(f"{base}/questions/review")
    while any("accept" in form.choices for form in page.forms()):
        page = decide(tess, page, action="accept_fact")
    assert "All questions are decided" in page.words
    page = tess.get(f"{base}/publish")
    sent = tess.post_form(f"{base}/publish", page, note="The first")
    assert sent.status == 303, sent.words
    published = tess.follow(sent)
    assert "is published. Add it to a course" in published.words
    assert f"/courses/{site.things.course_id}#sets-heading" in published.links


def test_an_article_that_is_there_already_is_told_with_its_set(site: Site) -> None:
    tess, text = site.open("tess"), CANAL.read_text()
    first = paste(site, tess, text)
    second = paste(site, tess, text, title="Once more")
    other = paste(site, tess, text.replace("Merrow", "Morrow"), title="Another")
    words = "An article of exactly the same text stands already in"
    assert [words in page.words for page in (first, second, other)] == [False, True, False]
    assert find_link(second, r"^/sets/\d+$") != find_link(first, r"^/sets/\d+$")
    assert first.path.removesuffix("/article") in second.links
    kim = site.open("kim")
    set_id = SetId(int(second.path.split("/")[2]))
    with site.database.writing() as session:
        people = site.things.people
        share_set(session, people["tess"], set_id, email=site.email("kim"), may="read", now=MORNING)
        session.commit()
    assert words not in kim.get(second.path).words


def test_a_newer_version_is_to_be_carried_through_to_its_courses(site: Site) -> None:
    tess = site.open("tess")
    visit_newer(site)
    address = f"/sets/{site.things.set_id}"
    with site.database.writing() as session:
        key = site.things.question_key
        decide_questions(
            session, site.things.people["tess"], site.things.set_id, [key], "dropped", now=MORNING
        )
        session.commit()
    sent = tess.post_form(f"{address}/publish", tess.get(f"{address}/publish"))
    published = tess.follow(sent)
    assert "Carry the new version through to its courses" in published.words
    assert f"{address}#versions-heading" in published.links


def read_texts(page: Page, address: str) -> dict[str, str]:
    """Return what a form holds, without its token."""
    fields = page.get_form(address).fields
    return {name: text for name, text in fields.items() if name != "csrf_token"}


def test_undo_brings_the_text_back_that_an_edit_replaced(site: Site) -> None:
    tess, address = site.open("tess"), f"/sets/{site.things.set_id}/facts/u2"
    page = tess.get(address)
    before = read_texts(page, address)
    saved = tess.post_form(address, page, action="accept", names="Johann Galle")
    assert saved.status == 303
    assert tess.get(address).get_form(address).fields["names"] == "Johann Galle"
    undone = tess.post_form(address, tess.get(address), action="undo")
    assert (undone.status, undone.location) == (303, address)
    assert read_texts(tess.follow(undone), address) == before
    history = tess.get(f"/sets/{site.things.set_id}/history").words
    assert "took back the last change of fact u2" in history


def test_facts_that_do_not_agree_are_told_with_what_it_means(site: Site) -> None:
    tess, start = site.open("tess"), f"/sets/{site.things.set_id}"
    fields = tess.get(f"{start}/facts/u2").get_form(f"{start}/facts/u2").fields
    added = tess.post(f"{start}/new-fact", {**fields, "names": "Johann Galle"})
    assert added.status == 303
    page = tess.get(f"{start}/facts/u2")
    assert "This does not agree with 1 other accepted fact: Johann Galle discovered Uranus." in (
        page.words
    )
    assert "No question is asked of it, since nothing tells the two apart" in page.words
    (link,) = {link for link in page.links if re.search(r"/facts/f\d+$", link)}
    assert "Accepted, does not agree with another" in tess.get(f"{start}/facts").words
    other = tess.get(link)
    assert "William Herschel discovered Uranus." in other.words
    tess.post_form(link, other, action="drop")
    assert "does not agree" not in tess.get(f"{start}/facts/u2").words
