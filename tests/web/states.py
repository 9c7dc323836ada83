"""Every page in each of the states that it can be in, and how to get there."""

from datetime import timedelta

import pytest

from quizapp.storage import sqlite
from tests.support.client import Client, Page
from tests.web.article_states import ARTICLE_STATES
from tests.web.assigning_states import ASSIGNING_STATES
from tests.web.attempt_states import ATTEMPT_STATES
from tests.web.class_states import CLASS_STATES
from tests.web.conftest import Site
from tests.web.course_states import COURSE_STATES, Visit, visit_as
from tests.web.editor_states import EDITOR_STATES
from tests.web.parameter_states import PARAMETER_STATES
from tests.web.plan_states import PLAN_STATES
from tests.web.progress_states import PROGRESS_STATES
from tests.web.report_states import REPORT_STATES
from tests.web.set_states import SET_STATES
from tests.web.table_states import TABLE_STATES


def study_to_the_end(alice: Client, study: str) -> Page:
    """Answer all that waits, wrongly at every third question."""
    page = alice.get(study)
    for number in range(200):
        if "Session summary" in page.words:
            return page
        page = go_on(alice, alice.follow(alice.answer(page, right=number % 3 > 0)), study)
    raise AssertionError("the session does not end")


def go_on(alice: Client, page: Page, study: str) -> Page:
    """Leave the feedback; the answer of a flashcard was seen already, and has none."""
    if "/answers/" not in page.path:
        return page
    return alice.get(next(link for link in page.links if link in {study, f"{study}/summary"}))


def find_question(site: Site, *, card: bool) -> tuple[Client, Page]:
    """Answer until a question of that kind is asked."""
    alice = site.open("alice")
    for _ in range(20):
        page = alice.get(site.study)
        if ("Flashcard" in page.words) == card:
            return alice, page
        alice.answer(page)
    raise AssertionError("no such question")


def visit_revealed(site: Site) -> Page:
    alice, page = find_question(site, card=True)
    return alice.uncover(page)


def visit_problem(site: Site, *, card: bool) -> Page:
    alice, page = find_question(site, card=card)
    form = alice.get_answer_form(page)
    return alice.post(form.action, form.fields)


def visit_feedback(site: Site, *, card: bool, right: bool) -> Page:
    alice, page = find_question(site, card=card)
    form = alice.get_answer_form(page)
    fields = {name: value for name, value in form.fields.items() if name != "then"}
    value = ("3" if right else "1") if card else ("1" if right else "0")
    return alice.follow(alice.post(form.action, {**fields, "answer": value}))


def visit_unknown(site: Site) -> Page:
    alice, page = find_question(site, card=False)
    form = alice.get_answer_form(page)
    return alice.follow(alice.post(form.action, {**form.fields, "answer": "dont_know"}))


def visit_undone(site: Site) -> Page:
    alice = site.open("alice")
    feedback = f"{site.study}/answers/{site.things.review_id}"
    alice.post_form(f"{site.study}/undo", alice.get(feedback))
    return alice.get(feedback)


def visit_after_undo(site: Site) -> Page:
    alice = site.open("alice")
    return alice.follow(alice.post_form(f"{site.study}/undo", alice.get(site.study)))


def visit_set_aside(site: Site) -> Page:
    """Set facts aside in every way, from a question and from feedback, and list them."""
    alice = site.open("alice")
    for act in ("flag", "bury", "suspend"):
        page = alice.get(site.study)
        menu = next(form for form in page.forms() if form.action.endswith("/choice"))
        alice.post(menu.action, {**menu.fields, "act": act})
    return alice.get("/facts/aside")


def visit_no_reason(site: Site) -> Page:
    alice, address = site.open("alice"), "/questions/1/problem"
    return alice.post_form(address, alice.get(address))


def visit_decided(site: Site) -> Page:
    tess, page = site.open("tess"), f"/courses/{site.things.course_id}/problems"
    address = f"{page}/{site.things.dispute_id}"
    tess.post_form(address, tess.get(page), verdict="upheld", word="Thank you.")
    return site.open("bob").get("/problems")


def visit_hinted(site: Site, *, card: bool) -> Page:
    alice, page = find_question(site, card=card)
    return alice.get(next(link for link in page.links if "hint=" in link))


def visit_flagged(site: Site) -> Page:
    alice = site.open("alice")
    page = alice.get(f"{site.study}/answers/{site.things.review_id}")
    menu = next(form for form in page.forms() if form.action.endswith("/choice"))
    return alice.follow(alice.post(menu.action, {**menu.fields, "act": "flag"}))


def visit_today_when_all_is_done(site: Site) -> Page:
    alice = site.open("alice")
    study_to_the_end(alice, site.study)
    alice.post(f"{site.study}/end", {"csrf_token": alice.read_token()})
    return alice.get("/")


def visit_today_after_a_week(site: Site) -> Page:
    study_to_the_end(site.open("alice"), site.study)
    site.clock.advance(timedelta(days=7))
    return site.open("alice").get("/")


def visit_wrong_sign_in(site: Site) -> Page:
    return site.open().sign_in("nobody@example.org")


def visit_empty_sign_in(site: Site) -> Page:
    nobody = site.open()
    return nobody.post_form("/sign-in", nobody.get("/sign-in"))


def visit_short_password(site: Site) -> Page:
    nobody, address = site.open(), f"/set-password/{site.things.link}"
    return nobody.post_form(address, nobody.get(address), password="short")


def visit_message(site: Site) -> Page:
    nobody, address = site.open(), f"/set-password/{site.things.link}"
    done = nobody.post_form(address, nobody.get(address), password="another long password")
    return nobody.follow(done)


def save_settings(client: Client, **fields: str | None) -> Page:
    """Send the settings as they stand but for these fields, None for one left out."""
    form = client.get("/settings").get_form("/settings")
    sent = {**form.fields, "single_keys": "y", **fields}
    return client.post("/settings", {name: text for name, text in sent.items() if text is not None})


def visit_stale(site: Site) -> Page:
    alice = site.open("alice")
    form = alice.get_answer_form(alice.get(site.study))
    alice.answer(alice.get(site.study))
    return alice.post(form.action, {**form.fields, "answer": "2"})


def visit_busy(site: Site) -> Page:
    alice = site.open("alice")
    token = alice.read_token()
    patch = pytest.MonkeyPatch()
    patch.setattr(sqlite, "WAIT_SECONDS", 0.01)
    with patch.context(), site.database.writing() as session:
        session.connection()
        page = alice.post("/review", {"csrf_token": token})
    patch.undo()
    return page


def visit_limits(site: Site, *, reviews: str) -> Page:
    alice = site.open("alice")
    fields = {"new_per_day": "3", "reviews_per_day": reviews}
    page = alice.post_form("/today/limits", alice.get("/"), **fields)
    return alice.follow(page) if page.status == 303 else page


def visit_settings(site: Site, *, at: str = "/settings", **fields: str | None) -> Page:
    """Save the settings with these fields, None for one left out, and open a page."""
    page = save_settings(site.open("alice"), **fields)
    return page if page.status == 422 else site.open("alice").get(at)


def visit_two_buttons(site: Site) -> Page:
    save_settings(site.open("alice"), two_buttons="y")
    return visit_revealed(site)


def visit_wrong_deletion(site: Site) -> Page:
    alice, address = site.open("alice"), "/settings/delete"
    return alice.post_form(address, alice.get(address), password="not the password")


STATES: dict[str, tuple[int, Visit]] = {
    "sign in": (200, visit_as(None, "/sign-in")),
    "sign in, wrong": (422, visit_wrong_sign_in),
    "sign in, empty": (422, visit_empty_sign_in),
    "sign in, message": (200, visit_message),
    "set password": (200, lambda site: site.open().get(f"/set-password/{site.things.link}")),
    "set password, short": (422, visit_short_password),
    "today, resumed": (200, visit_as("alice", "/")),
    "today, new": (200, visit_as("bob", "/")),
    "today, other limits": (200, lambda site: visit_limits(site, reviews="0")),
    "today, bad limits": (422, lambda site: visit_limits(site, reviews="many")),
    "settings": (200, visit_as("alice", "/settings")),
    "settings, of an instructor": (200, visit_as("tess", "/settings")),
    "settings, dark and saved": (200, lambda site: visit_settings(site, theme="dark")),
    "settings, wrong": (422, lambda site: visit_settings(site, timezone="Mars", retention="99")),
    "keys, turned off": (200, lambda site: visit_settings(site, at="/keys", single_keys=None)),
    "flashcard, two buttons": (200, visit_two_buttons),
    "delete": (200, visit_as("alice", "/settings/delete")),
    "delete, wrong password": (422, visit_wrong_deletion),
    "delete, of the only instructor": (200, visit_as("tess", "/settings/delete")),
    "today, in no course": (200, visit_as("charlie", "/")),
    "today, all done": (200, visit_today_when_all_is_done),
    "today, a week later": (200, visit_today_after_a_week),
    **PROGRESS_STATES,
    **PLAN_STATES,
    **EDITOR_STATES,
    "choice": (200, lambda site: find_question(site, card=False)[1]),
    "choice, nothing chosen": (422, lambda site: visit_problem(site, card=False)),
    "flashcard": (200, lambda site: find_question(site, card=True)[1]),
    "choice, hinted": (200, lambda site: visit_hinted(site, card=False)),
    "flashcard, hinted": (200, lambda site: visit_hinted(site, card=True)),
    "flashcard, revealed": (200, visit_revealed),
    "flashcard, no grade": (422, lambda site: visit_problem(site, card=True)),
    "feedback, right": (200, lambda site: visit_feedback(site, card=False, right=True)),
    "feedback, wrong": (200, lambda site: visit_feedback(site, card=False, right=False)),
    "feedback, not known": (200, visit_unknown),
    "feedback, flashcard": (200, lambda site: visit_feedback(site, card=True, right=True)),
    "feedback, forgotten": (200, lambda site: visit_feedback(site, card=True, right=False)),
    "feedback, undone": (200, visit_undone),
    "feedback, flagged": (200, visit_flagged),
    "problem": (200, visit_as("alice", "/questions/1/problem?review=1")),
    "problem, nothing chosen": (422, visit_no_reason),
    "reports, none": (200, visit_as("alice", "/problems")),
    "reports": (200, visit_as("bob", "/problems")),
    "reports, decided": (200, visit_decided),
    "problems of a course": (
        200,
        lambda site: site.open("tess").get(f"/courses/{site.things.course_id}/problems"),
    ),
    "facts set aside, none": (200, visit_as("alice", "/facts/aside")),
    "facts set aside": (200, visit_set_aside),
    "question after undo": (200, visit_after_undo),
    "summary, running": (200, lambda site: site.open("alice").get(f"{site.study}/summary")),
    "summary, all": (200, lambda site: study_to_the_end(site.open("alice"), site.study)),
    "without a network": (200, visit_as(None, "/offline")),
    "sets": (200, visit_as("tess", "/sets")),
    "sets, none": (200, visit_as("theo", "/sets")),
    "set": (200, lambda site: site.open("tess").get(f"/versions/{site.things.version_id}")),
    "set, page 2": (
        200,
        lambda site: site.open("tess").get(f"/versions/{site.things.version_id}?page=2"),
    ),
    "set, page 99": (
        200,
        lambda site: site.open("tess").get(f"/versions/{site.things.version_id}?page=99"),
    ),
    "set, no match": (
        200,
        lambda site: site.open("tess").get(f"/versions/{site.things.version_id}?q=%3Cnone%3E"),
    ),
    "set, one kind": (
        200,
        lambda site: site.open("tess").get(f"/versions/{site.things.version_id}?kind=flashcard"),
    ),
    "article": (
        200,
        lambda site: site.open("tess").get(f"/articles/{site.things.version_id}?quote=quoted"),
    ),
    **COURSE_STATES,
    **TABLE_STATES,
    **ASSIGNING_STATES,
    **CLASS_STATES,
    **ATTEMPT_STATES,
    **REPORT_STATES,
    **SET_STATES,
    **PARAMETER_STATES,
    **ARTICLE_STATES,
    "keys": (200, visit_as(None, "/keys")),
    "keys, signed in": (200, visit_as("alice", "/keys")),
    "accessibility": (200, visit_as(None, "/accessibility")),
    "error 400": (400, lambda site: site.open("alice").post("/review", {})),
    "error 404": (404, visit_as("alice", "/nothing")),
    "error 404, nobody": (404, visit_as(None, "/nothing")),
    "error 405": (405, visit_as("alice", "/review")),
    "error 409": (409, visit_stale),
    "error 503": (503, visit_busy),
}
