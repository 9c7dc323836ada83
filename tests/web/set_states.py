"""The pages of sets in each of the states that they can be in, and how to get there."""

from quizapp.services.authoring.items import list_items
from quizapp.services.authoring.listing import look_at_set
from quizapp.services.authoring.questions import decide_questions, put_question
from quizapp.services.authoring.releasing import publish_draft
from quizapp.storage.courses import teach
from tests.factories.desk import write_own_question
from tests.factories.people import MORNING
from tests.support.client import Page
from tests.web.conftest import Site
from tests.web.course_states import Visit, visit_as


def visit_set(name: str, rest: str = "") -> Visit:
    return lambda site: site.open(name).get(f"/sets/{site.things.set_id}{rest}")


def send_set(address: str, **fields: str) -> Visit:
    """Send a form of the set's page as Tess, and follow where it leads."""

    def visit(site: Site) -> Page:
        tess, start = site.open("tess"), f"/sets/{site.things.set_id}"
        answer = tess.post_form(f"{start}{address}", tess.get(start), **fields)
        return tess.follow(answer) if answer.status == 303 else answer

    return visit


def publish_twice(site: Site) -> None:
    """Publish the set twice; the second version lacks a question and has another one."""
    tess, set_id = site.things.people["tess"], site.things.set_id
    with site.database.writing() as session:
        publish_draft(session, tess, set_id, note="The first", now=MORNING)
        first = list_items(session, tess, set_id).items[0].question.id
        decide_questions(session, tess, set_id, [first], "dropped", now=MORNING)
        put_question(session, tess, set_id, write_own_question("own-2"), now=MORNING)
        publish_draft(session, tess, set_id, note="The second", now=MORNING)
        session.commit()


def visit_published(site: Site) -> Page:
    publish_twice(site)
    return site.open("tess").get(f"/sets/{site.things.set_id}")


def visit_comparison(site: Site) -> Page:
    page = visit_published(site)
    return site.open("tess").get(next(link for link in page.links if "/compare" in link))


def visit_restored(site: Site) -> Page:
    publish_twice(site)
    tess = site.open("tess")
    page = tess.get(f"/sets/{site.things.set_id}")
    action = next(one.action for one in page.forms() if one.action.endswith("/restore"))
    return tess.follow(tess.post_form(action, page))


def visit_newer(site: Site, **fields: str) -> Page:
    """Look at what the newest version would change in the course, or carry it through."""
    tess, set_id = site.things.people["tess"], site.things.set_id
    with site.database.reading() as session:
        published = look_at_set(session, tess, set_id).versions
    if not published:
        publish_twice(site)
    with site.database.writing() as session:
        former = look_at_set(session, tess, set_id).versions[-1].id
        teach(session, course_id=site.things.course_id, version_id=former)
        session.commit()
    browser = site.open("tess")
    start = browser.get(f"/sets/{set_id}")
    page = browser.get(next(link for link in start.links if link.endswith("/newer")))
    if not fields:
        return page
    answer = browser.post_form(page.path, page, **fields)
    return browser.follow(answer) if answer.status == 303 else answer


SET_STATES: dict[str, tuple[int, Visit]] = {
    "sets, searched": (200, visit_as("tess", "/sets?q=planets&tag=water")),
    "sets, archived": (200, visit_as("tess", "/sets?archived=")),
    "set, new": (200, visit_as("tess", "/sets/new")),
    "set, a draft": (200, visit_set("tess")),
    "set, to read": (200, visit_set("kim")),
    "set, saved": (200, send_set("", title="Rivers", tags="water, Europe, water")),
    "set, no title": (422, send_set("", title=" ", tags="a")),
    "set, too many tags": (
        422,
        send_set("", title="Rivers", tags=",".join("abcdefghijklmnopqrstu")),
    ),
    "set, shared": (200, send_set("/shares", email="theo@example.org", may="edit")),
    "set, shared with nobody": (422, send_set("/shares", email="alice@example.org", may="edit")),
    "set, gone into the archive": (200, send_set("/archive")),
    "set, copied": (200, send_set("/duplicate")),
    "set, with versions": (200, visit_published),
    "set, compared": (200, visit_comparison),
    "set, restored": (200, visit_restored),
    "set, newer": (200, visit_newer),
    "set, newer without a word": (422, lambda site: visit_newer(site, word=" ")),
    "set, newer taught": (200, lambda site: visit_newer(site, word="One question was wrong.")),
    "set, questions": (200, visit_set("tess", "/questions")),
    "set, questions searched": (
        200,
        visit_set("kim", "/questions?q=own&state=accepted&kind=choice"),
    ),
    "set, history": (200, visit_set("tess", "/history")),
    "set, history page 2": (200, visit_set("tess", "/history?page=2")),
}
