"""Every route with what each person gets there, and how to ask for it."""

from tests.support.client import PASSWORD
from tests.web.conftest import Site

# Alice owns the study session, Bob learns in the same course, Charlie in none; Tess teaches the
# course and owns the set, Theo teaches elsewhere, Ada administers.
PEOPLE = ("alice", "bob", "charlie", "tess", "theo", "ada", "nobody")
MATRIX: dict[str, tuple[int, ...]] = {
    "GET student.today": (200, 200, 200, 302, 302, 302, 302),
    "POST student.start": (303, 303, 303, 404, 404, 404, 302),
    "GET student.review": (200, 404, 404, 404, 404, 404, 302),
    "POST student.answer": (303, 404, 404, 404, 404, 404, 302),
    "GET student.feedback": (200, 404, 404, 404, 404, 404, 302),
    "POST student.undo": (303, 404, 404, 404, 404, 404, 302),
    "POST student.end": (303, 404, 404, 404, 404, 404, 302),
    "GET student.summary": (200, 404, 404, 404, 404, 404, 302),
    "GET instructor.sets": (404, 404, 404, 200, 200, 200, 302),
    "GET instructor.show_set": (404, 404, 404, 200, 404, 404, 302),
    "GET instructor.report": (404, 404, 404, 200, 404, 404, 302),
    "GET instructor.memories": (404, 404, 404, 200, 404, 404, 302),
    "GET reading.article": (200, 200, 404, 200, 404, 404, 302),
    "GET reading.keys": (200, 200, 200, 200, 200, 200, 200),
    "GET reading.accessibility": (200, 200, 200, 200, 200, 200, 200),
    "GET account.sign_in": (302, 302, 302, 302, 302, 302, 200),
    "POST account.submit_sign_in": (303, 303, 303, 303, 303, 303, 303),
    "POST account.sign_out": (303, 303, 303, 303, 303, 303, 302),
    "GET account.set_password": (200, 200, 200, 200, 200, 200, 200),
    "POST account.submit_password": (303, 303, 303, 303, 303, 303, 303),
    "GET health.alive": (200, 200, 200, 200, 200, 200, 200),
    "GET health.ready": (200, 200, 200, 200, 200, 200, 200),
    "GET static": (200, 200, 200, 200, 200, 200, 200),
}


def address_of(site: Site, endpoint: str) -> str:
    """Return the address of a route, about the things of the site."""
    things = site.things
    values: dict[str, str | int] = {
        "study_id": things.study_id,
        "review_id": things.review_id,
        "version_id": things.version_id,
        "course_id": things.course_id,
        "token": things.link,
    }
    if endpoint == "static":
        scripts = site.open().get("/sign-in").tree.iter("script")
        return next(each.attrib["src"] for each in scripts if "swap.js" in each.attrib["src"])
    rule = next(rule for rule in site.app.url_map.iter_rules() if rule.endpoint == endpoint)
    wanted = {name: values[name] for name in rule.arguments}
    return site.app.url_map.bind("localhost").build(endpoint, wanted)


def fields_for(site: Site, endpoint: str) -> dict[str, str]:
    """Return what a person sends there, without the token."""
    if endpoint == "student.answer":
        alice = site.open("alice")
        return {**alice.get_answer_form(alice.get(site.study)).fields, "answer": "1"}
    return {
        "student.undo": {"review_id": str(site.things.review_id)},
        "account.submit_sign_in": {"email": site.email("bob"), "password": PASSWORD},
        "account.submit_password": {"password": "another long password"},
    }.get(endpoint, {})
