"""The pages of assignments and attempts of learners in the states that they can be in."""

from datetime import timedelta

from tests.support.client import Client, Page
from tests.web.conftest import Site
from tests.web.course_states import Visit

MONTH = timedelta(days=31)


def attempt_of(site: Site) -> str:
    return f"/attempts/{site.things.attempt_id}"


def visit_assignment(name: str) -> Visit:
    return lambda site: site.open(name).get(f"/assigned/{site.things.assignment_id}")


def visit_attempt(rest: str) -> Visit:
    return lambda site: site.open("alice").get(f"{attempt_of(site)}{rest}")


def visit_refused_start(site: Site) -> Page:
    bob, address = site.open("bob"), f"/assigned/{site.things.assignment_id}"
    one, other = bob.get(address), bob.get(address)
    bob.post_form(f"{address}/start", one)
    return bob.post_form(f"{address}/start", other)


def visit_closed(site: Site) -> Page:
    site.clock.advance(MONTH)
    bob = site.open("bob")
    bob.sign_in(site.email("bob"))
    return bob.get(f"/assigned/{site.things.assignment_id}")


def visit_answered(site: Site) -> Page:
    alice, address = site.open("alice"), attempt_of(site)
    page = alice.get(f"{address}/questions/1")
    fields = {"q1-answer": "1", "flag-1": "1", "go": "stay"}
    return alice.follow(alice.post_form(f"{address}/answers", page, **fields))


def visit_stale_attempt(site: Site) -> Page:
    alice = site.open("alice")
    old = alice.get(f"{attempt_of(site)}/questions/1")
    visit_answered(site)
    return alice.post_form(f"{attempt_of(site)}/answers", old, **{"q1-answer": "2"})


def visit_answered_check(site: Site) -> Page:
    visit_answered(site)
    return site.open("alice").get(f"{attempt_of(site)}/check")


def visit_result(site: Site) -> Page:
    visit_answered(site)
    alice, address = site.open("alice"), attempt_of(site)
    return alice.follow(alice.post_form(f"{address}/submit", alice.get(f"{address}/check")))


def visit_result_of_nothing(site: Site) -> Page:
    return site.open("alice").get(f"/attempts/{site.things.submitted_id}/result")


def visit_overdue(site: Site) -> Page:
    site.clock.advance(timedelta(days=30, seconds=30))
    alice = site.open("alice")
    alice.sign_in(site.email("alice"))
    return alice.get(f"{attempt_of(site)}/questions/1")


def build_practice(alice: Client, **fields: str) -> Page:
    """Send the form of a practice quiz, and go where it leads."""
    sent = alice.post_form("/practice", alice.get("/practice"), **{"amount": "5", **fields})
    return alice.follow(alice.follow(sent)) if sent.status == 303 else sent


def practise(alice: Client) -> Page:
    """Answer one question of a practice quiz, submit it, and return the result."""
    page = build_practice(alice)
    attempt = page.path.removesuffix("/questions/1")
    alice.post_form(f"{attempt}/answers", page, **{"q1-answer": "0", "go": "stay"})
    return alice.follow(alice.post_form(f"{attempt}/submit", alice.get(f"{attempt}/check")))


def visit_practice(site: Site) -> Page:
    """One quiz goes on, another is submitted."""
    alice = site.open("alice")
    build_practice(alice)
    practise(alice)
    return alice.get("/practice")


def visit_added(site: Site) -> Page:
    alice = site.open("alice")
    page = practise(alice)
    return alice.follow(alice.post_form(page.path.replace("result", "reviews"), page))


def visit_again_refused(site: Site) -> Page:
    alice, attempt = site.open("alice"), f"/attempts/{site.things.submitted_id}"
    fields = {"csrf_token": alice.read_token(), "key": "k"}
    return alice.follow(alice.post(f"{attempt}/again", fields))


ATTEMPT_STATES: dict[str, tuple[int, Visit]] = {
    "own assignment": (200, visit_assignment("bob")),
    "own assignment, in progress": (200, visit_assignment("alice")),
    "own assignment, start refused": (409, visit_refused_start),
    "own assignment, closed": (200, visit_closed),
    "attempt": (200, visit_attempt("/questions/2")),
    "attempt, answered and flagged": (200, visit_answered),
    "attempt, stale": (409, visit_stale_attempt),
    "attempt, time is over": (200, visit_overdue),
    "attempt, check": (200, visit_attempt("/check")),
    "attempt, check of answers": (200, visit_answered_check),
    "attempt, result": (200, visit_result),
    "attempt, result of nothing": (200, visit_result_of_nothing),
    "attempt, nothing to ask again": (200, visit_again_refused),
    "practice": (200, lambda site: site.open("alice").get("/practice")),
    "practice, in no course": (200, lambda site: site.open("charlie").get("/practice")),
    "practice, with quizzes": (200, visit_practice),
    "practice, problems": (
        422,
        lambda site: build_practice(site.open("alice"), amount="other", minutes="x"),
    ),
    "practice, begun": (200, lambda site: build_practice(site.open("alice"))),
    "practice, result": (200, lambda site: practise(site.open("alice"))),
    "practice, added to reviews": (200, visit_added),
}
