"""The pages of courses in each of the states that they can be in, and how to get there."""

from collections.abc import Callable
from datetime import timedelta
from typing import TypeAlias

from tests.support.client import Page
from tests.web.conftest import Site
from tests.web.routes import address_of

Visit: TypeAlias = Callable[[Site], Page]


def visit_as(name: str | None, address: str) -> Visit:
    return lambda site: site.open(name).get(address)


def send_as_tess(address: str, page: str = "", **fields: str) -> Visit:
    """Send the form of a page of the course, and follow where it leads."""

    def visit(site: Site) -> Page:
        tess, course = site.open("tess"), f"/courses/{site.things.course_id}"
        form = tess.get(f"{course}{page}")
        answer = tess.post_form(f"{course}{address}", form, **fields)
        return tess.follow(answer) if answer.status == 303 else answer

    return visit


def visit_course(name: str, rest: str = "") -> Visit:
    return lambda site: site.open(name).get(f"/courses/{site.things.course_id}{rest}")


def visit_bad_course(site: Site) -> Page:
    tess = site.open("tess")
    return tess.post_form(
        "/courses/new", tess.get("/courses/new"), title="", timezone="Mars", exam_on="soon"
    )


def visit_set_of_nobody(site: Site) -> Page:
    tess, address = site.open("tess"), f"/courses/{site.things.course_id}/sets"
    return tess.post(address, {"version_id": "99", "csrf_token": tess.read_token()})


def visit_empty_roster(site: Site) -> Page:
    theo = site.open("theo")
    fields = {"title": "Empty", "timezone": "UTC"}
    made = theo.post_form("/courses/new", theo.get("/courses/new"), **fields)
    assert theo.follow(made).status == 200
    return theo.get(f"{made.location}/roster")


def visit_new_course(site: Site) -> Page:
    theo = site.open("theo")
    fields = {"title": "Empty", "timezone": "UTC", "exam_on": "2026-05-01"}
    return theo.follow(theo.post_form("/courses/new", theo.get("/courses/new"), **fields))


def visit_links(site: Site) -> Page:
    tess, address = site.open("tess"), f"/courses/{site.things.course_id}/roster/import"
    text = "new@example.org;Nadia “علي”;Tuesday|Monday\nbob@example.org\ncharlie@example.org"
    shown = tess.post_form(address, tess.get(address), text=text)
    return tess.post_form(f"{address}/confirm", shown)


def join_address(site: Site) -> str:
    return address_of(site, "joining.show")


def visit_expired_code(site: Site) -> Page:
    course = f"/courses/{site.things.course_id}"
    tess = site.open("tess")
    fields = {"last_day": "2026-03-02", "action": "keep"}
    tess.post_form(f"{course}/code", tess.get(course), **fields)
    site.clock.advance(timedelta(days=1))
    return site.open("charlie").get(join_address(site))


def visit_after_joining(site: Site) -> Page:
    charlie, address = site.open("charlie"), join_address(site)
    sent = charlie.post_form(address.partition("?")[0], charlie.get(address))
    return charlie.follow(sent)


def visit_today_of_archived(site: Site) -> Page:
    send_as_tess("/archive")(site)
    return site.open("alice").get("/")


def visit_sets_with_archived(site: Site) -> Page:
    send_as_tess("/archive")(site)
    return site.open("tess").get("/sets")


def visit_join(name: str) -> Visit:
    return lambda site: site.open(name).get(join_address(site))


def visit_wrong_code(site: Site) -> Page:
    charlie = site.open("charlie")
    return charlie.post_form("/join", charlie.get("/join"), code="ABCDE-23457")


COURSE_STATES: dict[str, tuple[int, Visit]] = {
    "course": (200, visit_course("tess")),
    "course, assistant": (200, visit_course("kim")),
    "course, new": (200, visit_new_course),
    "course, archived": (200, send_as_tess("/archive")),
    "course, no code": (200, send_as_tess("/code/off")),
    "course, code until": (200, send_as_tess("/code", last_day="2026-05-01", action="renew")),
    "course, day is over": (422, send_as_tess("/code", last_day="2026-03-01", action="renew")),
    "course, no such teacher": (422, send_as_tess("/teachers", email="x@y.org")),
    "course, no such role": (422, send_as_tess("/teachers", email="", role="owner")),
    "course, no such set": (422, visit_set_of_nobody),
    "course, set removed": (200, send_as_tess("/sets/1/remove")),
    "course form": (200, visit_as("tess", "/courses/new")),
    "course form, problems": (422, visit_bad_course),
    "course form, edit": (200, visit_course("tess", "/edit")),
    "roster": (200, visit_course("tess", "/roster")),
    "roster, assistant": (200, visit_course("kim", "/roster")),
    "roster, empty": (200, visit_empty_roster),
    "roster, no match": (200, visit_course("tess", "/roster?q=%3Cnone%3E")),
    "roster, section moved": (200, send_as_tess("/sections/move", "/roster", learner="1")),
    "roster, no title": (422, send_as_tess("/sections", "/roster", title=" ")),
    "section": (200, visit_course("tess", "/sections/1")),
    "section, title taken": (422, send_as_tess("/sections/1", "/sections/1", title="a|b")),
    "remove teacher": (200, visit_course("tess", "/teachers/5/remove")),
    "remove oneself": (200, visit_course("tess", "/teachers/4/remove")),
    "remove learner": (200, visit_course("tess", "/roster/1/remove")),
    "import": (200, visit_course("tess", "/roster/import")),
    "import, empty": (422, send_as_tess("/roster/import", "/roster/import", text="")),
    "import, problems": (
        422,
        send_as_tess("/roster/import", "/roster/import", text="email\nx\n<b>\nx@y.org,,a|b"),
    ),
    "import, preview": (
        200,
        send_as_tess("/roster/import", "/roster/import", text="x@y.org,X,Lab\nbob@example.org"),
    ),
    "import, links": (200, visit_links),
    "join": (200, visit_as("charlie", "/join")),
    "join, wrong code": (422, visit_wrong_code),
    "join, link": (200, visit_join("charlie")),
    "join, link without seal": (200, visit_as("charlie", "/join/ABCDE23456")),
    "join, link for those who are in": (200, visit_join("bob")),
    "join, link for those who teach": (200, visit_join("tess")),
    "join, expired": (200, visit_expired_code),
    "joined": (200, visit_after_joining),
    "today, course archived": (200, visit_today_of_archived),
    "sets, course archived": (200, visit_sets_with_archived),
}
