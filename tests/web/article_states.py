"""The pages of a set that is made of an article, in each of the states that they can be in."""

from quizapp.cli.handlers import HANDLERS
from quizapp.services.authoring.uploading import NewArticle, begin_from_article
from tests.factories.uploads import begin_canal, build_canal
from tests.support.client import Page
from tests.support.jobs import run_jobs
from tests.web.conftest import Site
from tests.web.course_states import Visit, visit_as
from tests.web.set_states import visit_set

NEW = "/sets/from-article"


def visit_canal(rest: str) -> Visit:
    """Open a page of the set that Tess made of an article."""

    def visit(site: Site) -> Page:
        set_id = build_canal(site.database, site.things.people["tess"])
        return site.open("tess").get(f"/sets/{set_id}{rest}")

    return visit


def send_fact(key: str, **fields: str) -> Visit:
    """Send the form of a fact."""

    def visit(site: Site) -> Page:
        set_id = build_canal(site.database, site.things.people["tess"])
        tess, address = site.open("tess"), f"/sets/{set_id}/facts/{key}"
        answer = tess.post_form(address, tess.get(address), **fields)
        return tess.follow(answer) if answer.status == 303 else answer

    return visit


def visit_waiting(site: Site) -> Page:
    tess = site.things.people["tess"]
    with site.database.writing() as session:
        set_id = begin_canal(session, tess)
        session.commit()
    return site.open("tess").get(f"/sets/{set_id}/article")


def visit_cancelled(site: Site) -> Page:
    tess = site.open("tess")
    page = tess.get(visit_waiting(site).path)
    return tess.follow(tess.post_form(f"{page.path}/cancel", page))


def visit_refused(site: Site) -> Page:
    """A file that begins as a PDF does, and is none."""
    article = NewArticle(name="canal.pdf", content=b"%PDF-1.4 nothing to read")
    with site.database.writing() as session:
        tess = site.things.people["tess"]
        set_id = begin_from_article(session, tess, article, title="Canal", now=site.clock.now)
        session.commit()
    run_jobs(site.database, HANDLERS, site.clock.now)
    return site.open("tess").get(f"/sets/{set_id}/article")


def visit_no_article(site: Site) -> Page:
    tess = site.open("tess")
    return tess.post_form(NEW, tess.get(NEW), text=" ")


def visit_name_taken(site: Site) -> Page:
    tess, address = site.open("tess"), f"/sets/{site.things.set_id}/names/uranus"
    return tess.post_form(address, tess.get(address), name="Ceres")


ARTICLE_STATES: dict[str, tuple[int, Visit]] = {
    "article, new": (200, visit_as("tess", NEW)),
    "article, none given": (422, visit_no_article),
    "article, waiting": (200, visit_waiting),
    "article, cancelled": (200, visit_cancelled),
    "article, refused": (200, visit_refused),
    "article, read": (200, visit_canal("/article")),
    "article, read by somebody else": (200, visit_set("kim", "/article")),
    "facts": (200, visit_canal("/facts")),
    "facts, of a folder": (200, visit_set("tess", "/facts")),
    "facts, to be read only": (200, visit_set("kim", "/facts/u1")),
    "fact, sure": (200, visit_canal("/facts/f011")),
    "fact, to be looked at": (200, visit_canal("/facts/f003")),
    "fact, incomplete": (422, send_fact("f004", action="accept")),
    "fact, of no predicate": (422, send_fact("f003", action="accept", predicate="")),
    "fact, previewed": (200, send_fact("f003", action="preview", predicate="founded_on")),
    "fact, saved": (200, send_fact("f003", action="save", subject="A New Company")),
    "fact, accepted": (200, send_fact("f003", action="accept")),
    "fact, new": (200, visit_canal("/new-fact")),
    "fact, new, of a sentence": (200, visit_canal("/new-fact?section=3&sentence=1")),
    "fact, new, of no words": (404, visit_canal("/new-fact?section=3&paragraph=1&quote=no+such")),
    "names": (200, visit_canal("/names")),
    "names, to be read only": (200, visit_set("kim", "/names")),
    "name": (200, visit_set("tess", "/names/uranus")),
    "name, taken": (422, visit_name_taken),
    "questions, none": (200, visit_canal("/questions/review")),
    "questions, decided": (200, visit_set("tess", "/questions/review")),
    "questions, one of all": (200, visit_set("tess", "/questions/review?show=all")),
    "questions, to be read only": (200, visit_set("kim", "/questions/review?show=all")),
    "publication, nothing": (200, visit_canal("/publish")),
    "publication": (200, visit_set("tess", "/publish")),
}
