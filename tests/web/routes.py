"""Every route with what each person gets there, and how to ask for it."""

from urllib.parse import parse_qs, urlsplit

from quizapp.storage.drafts import find_draft
from quizapp.web.account.settings_forms import WEEKDAYS
from quizapp.web.join_links import make_join_link
from tests.support.client import PASSWORD
from tests.web.conftest import Site

# Alice owns the study session, Bob learns in the same course, Charlie in none; Tess teaches the
# course and owns the set, Kim assists in it, Theo teaches elsewhere, Ada administers.
PEOPLE = ("alice", "bob", "charlie", "tess", "kim", "theo", "ada", "nobody")
TEACHERS_SIDE = {
    "instructor",
    "courses",
    "codes",
    "teachers",
    "roster",
    "sections",
    "importing",
    "set_importing",
    "assigning",
    "overrides",
    "gradebook",
    "inspecting",
    "correcting",
    "memories",
    "problems",
    "reports",
    "sets",
    "following",
    "editing",
    "images",
    "articles",
    "facts",
    "names",
    "choosing",
    "releasing",
    "parameters",
}
COURSE = {"title": "Geology", "timezone": "Europe/Paris", "exam_on": "2026-06-30"}
SET = {"title": "Week two", "picking": "version", "points": "1", "grace": "60"}
LIMITS = {"new_per_day": "5", "reviews_per_day": "50"}
SETTINGS = {"timezone": "Europe/Paris", "theme": "dark", "rollover_hour": "4", "retention": "90"}
EASY_DAYS = dict.fromkeys(WEEKDAYS, "n")
KEY = {"right": "0", "reason": "a slip"}
CARD = {"kind": "flashcard", "stem": "Who?", "answer": "Alice", "feedback": "Alice did."}
OPTIONS = {"rows-0-text": "One", "rows-1-text": "Another", "right": "0"}
# Charlie has an account, and joins.
ROSTER = "charlie@example.org,Charlie,Tuesday"
TABLE = {"text": "kind,question,answer\nflashcard,What is red?,Mars"}
NEW_SET = {**TABLE, "title": "Colours", "key": "0123456789abcdef"}
MATRIX: dict[str, tuple[int, ...]] = {
    "GET student.today": (200, 200, 200, 302, 302, 302, 302, 302),
    "POST student.start": (303, 303, 303, 404, 404, 404, 404, 302),
    "GET student.review": (200, 404, 404, 404, 404, 404, 404, 302),
    "POST student.answer": (303, 404, 404, 404, 404, 404, 404, 302),
    "GET student.feedback": (200, 404, 404, 404, 404, 404, 404, 302),
    "POST student.undo": (303, 404, 404, 404, 404, 404, 404, 302),
    "POST student.end": (303, 404, 404, 404, 404, 404, 404, 302),
    "GET student.summary": (200, 404, 404, 404, 404, 404, 404, 302),
    "GET aside.listing": (200, 200, 200, 404, 404, 404, 404, 302),
    "POST aside.choose": (303, 303, 404, 404, 404, 404, 404, 302),
    "GET progress.show": (200, 200, 200, 404, 404, 404, 404, 302),
    # Alice has a fitting of her own, which has ended and was better; she has too few answers.
    "GET own_parameters.show": (200, 200, 200, 404, 404, 404, 404, 302),
    "POST own_parameters.fit": (409, 409, 409, 404, 404, 404, 404, 302),
    "POST own_parameters.cancel": (409, 404, 404, 404, 404, 404, 404, 302),
    "POST own_parameters.use": (303, 404, 404, 404, 404, 404, 404, 302),
    "POST own_parameters.withdraw": (303, 404, 404, 404, 404, 404, 404, 302),
    "POST limits.limit": (303, 303, 303, 404, 404, 404, 404, 302),
    "POST limits.lift": (303, 303, 303, 404, 404, 404, 404, 302),
    "GET settings.show": (200, 200, 200, 200, 200, 200, 200, 302),
    "POST settings.save": (303, 303, 303, 303, 303, 303, 303, 302),
    "GET own_data.export": (200, 200, 200, 200, 200, 200, 200, 302),
    "GET own_data.confirm": (200, 200, 200, 200, 200, 200, 200, 302),
    # Tess teaches her course alone, and Ada is the only administrator.
    "POST own_data.delete": (303, 303, 303, 409, 303, 303, 409, 302),
    "GET telling.ask": (200, 200, 404, 404, 404, 404, 404, 302),
    "POST telling.tell": (303, 303, 404, 404, 404, 404, 404, 302),
    "GET telling.listing": (200, 200, 200, 404, 404, 404, 404, 302),
    "GET planning.show": (200, 200, 404, 404, 404, 404, 404, 302),
    # There is no date for the exam yet.
    "POST planning.choose": (409, 409, 404, 404, 404, 404, 404, 302),
    "POST planning.drop": (303, 303, 404, 404, 404, 404, 404, 302),
    "GET offline.pack": (200, 404, 404, 404, 404, 404, 404, 302),
    # It takes JSON, and no form.
    "POST offline.keep": (400, 400, 400, 404, 404, 404, 404, 302),
    "GET offline.shell": (200, 200, 200, 200, 200, 200, 200, 200),
    "GET offline.worker": (200, 200, 200, 200, 200, 200, 200, 200),
    "GET offline.manifest": (200, 200, 200, 200, 200, 200, 200, 200),
    "GET instructor.sets": (404, 404, 404, 200, 200, 200, 200, 302),
    "GET instructor.show_set": (404, 404, 404, 200, 200, 404, 404, 302),
    "GET sets.new": (404, 404, 404, 200, 200, 200, 200, 302),
    "POST sets.create": (404, 404, 404, 303, 303, 303, 303, 302),
    "GET sets.show": (404, 404, 404, 200, 200, 404, 404, 302),
    "POST sets.save": (404, 404, 404, 303, 403, 404, 404, 302),
    "GET sets.questions": (404, 404, 404, 200, 200, 404, 404, 302),
    "POST sets.share": (404, 404, 404, 303, 403, 404, 404, 302),
    "POST sets.unshare": (404, 404, 404, 303, 403, 404, 404, 302),
    "POST sets.archive": (404, 404, 404, 303, 403, 404, 404, 302),
    # It is not archived.
    "POST sets.unarchive": (404, 404, 404, 409, 403, 404, 404, 302),
    "POST sets.duplicate": (404, 404, 404, 303, 303, 404, 404, 302),
    # The version is one of another set.
    "POST sets.restore": (404, 404, 404, 404, 403, 404, 404, 302),
    "GET sets.compare": (404, 404, 404, 404, 404, 404, 404, 302),
    "GET sets.history": (404, 404, 404, 200, 200, 404, 404, 302),
    "GET sets.export": (404, 404, 404, 200, 200, 404, 404, 302),
    # The course teaches the newest version.
    "GET following.show": (404, 404, 404, 404, 404, 404, 404, 302),
    "POST following.carry": (404, 404, 404, 404, 403, 404, 404, 302),
    "GET instructor.report": (404, 404, 404, 200, 200, 404, 404, 302),
    "GET instructor.memories": (404, 404, 404, 200, 200, 404, 404, 302),
    "GET memories.facts": (404, 404, 404, 200, 200, 404, 404, 302),
    "GET memories.export_table": (404, 404, 404, 200, 200, 404, 404, 302),
    "GET memories.export_sheet": (404, 404, 404, 200, 200, 404, 404, 302),
    "GET memories.export_document": (404, 404, 404, 200, 200, 404, 404, 302),
    "GET memories.students": (404, 404, 404, 200, 200, 404, 404, 302),
    "POST memories.warm_up": (404, 404, 404, 303, 403, 404, 404, 302),
    "GET assigned.show": (200, 200, 404, 404, 404, 404, 404, 302),
    # Alice's attempt goes on, and Charlie is in no course.
    "POST assigned.start": (409, 303, 404, 404, 404, 404, 404, 302),
    "GET attempts.resume": (302, 404, 404, 404, 404, 404, 404, 302),
    "GET attempts.question": (200, 404, 404, 404, 404, 404, 404, 302),
    "POST attempts.save": (303, 404, 404, 404, 404, 404, 404, 302),
    "GET attempts.check": (200, 404, 404, 404, 404, 404, 404, 302),
    "POST attempts.submit": (303, 404, 404, 404, 404, 404, 404, 302),
    "GET attempts_after.result": (200, 404, 404, 404, 404, 404, 404, 302),
    "POST attempts_after.claim": (303, 404, 404, 404, 404, 404, 404, 302),
    "POST attempts_after.put_away": (303, 303, 303, 404, 404, 404, 404, 302),
    # All that Alice's result could ask again is in an assignment that is open.
    "POST attempts_after.again": (303, 404, 404, 404, 404, 404, 404, 302),
    "POST attempts_after.remember": (303, 404, 404, 404, 404, 404, 404, 302),
    "GET practice.show": (200, 200, 200, 404, 404, 404, 404, 302),
    "POST practice.build": (303, 303, 404, 404, 404, 404, 404, 302),
    "GET joining.start": (200, 200, 200, 404, 404, 404, 404, 302),
    "POST joining.submit": (303, 303, 303, 404, 404, 404, 404, 302),
    "GET joining.show": (200, 200, 200, 200, 200, 200, 200, 302),
    "POST joining.confirm": (303, 303, 303, 404, 404, 404, 404, 302),
    "GET courses.new": (404, 404, 404, 200, 200, 200, 200, 302),
    "POST courses.create": (404, 404, 404, 303, 303, 303, 303, 302),
    "GET courses.show": (404, 404, 404, 200, 200, 404, 404, 302),
    "GET courses.edit": (404, 404, 404, 200, 403, 404, 404, 302),
    "POST courses.save": (404, 404, 404, 303, 403, 404, 404, 302),
    "POST courses.archive": (404, 404, 404, 303, 403, 404, 404, 302),
    "POST courses.restore": (404, 404, 404, 303, 403, 404, 404, 302),
    "POST courses.add_set": (404, 404, 404, 303, 403, 404, 404, 302),
    "POST courses.remove_set": (404, 404, 404, 303, 403, 404, 404, 302),
    "POST codes.change": (404, 404, 404, 303, 403, 404, 404, 302),
    "POST codes.switch_off": (404, 404, 404, 303, 403, 404, 404, 302),
    "POST teachers.add": (404, 404, 404, 303, 403, 404, 404, 302),
    "GET teachers.confirm": (404, 404, 404, 200, 403, 404, 404, 302),
    "POST teachers.remove": (404, 404, 404, 303, 403, 404, 404, 302),
    "GET roster.show": (404, 404, 404, 200, 200, 404, 404, 302),
    "GET roster.export": (404, 404, 404, 200, 200, 404, 404, 302),
    "GET roster.confirm": (404, 404, 404, 200, 403, 404, 404, 302),
    "POST roster.remove": (404, 404, 404, 303, 403, 404, 404, 302),
    "POST sections.create": (404, 404, 404, 303, 403, 404, 404, 302),
    "POST sections.move": (404, 404, 404, 303, 403, 404, 404, 302),
    "GET sections.edit": (404, 404, 404, 200, 403, 404, 404, 302),
    "POST sections.save": (404, 404, 404, 303, 403, 404, 404, 302),
    "POST sections.delete": (404, 404, 404, 303, 403, 404, 404, 302),
    "GET importing.start": (404, 404, 404, 200, 403, 404, 404, 302),
    "POST importing.preview": (404, 404, 404, 200, 403, 404, 404, 302),
    "POST importing.confirm": (404, 404, 404, 303, 403, 404, 404, 302),
    "GET set_importing.start_new": (404, 404, 404, 200, 200, 200, 200, 302),
    "POST set_importing.preview_new": (404, 404, 404, 200, 200, 200, 200, 302),
    "POST set_importing.confirm_new": (404, 404, 404, 303, 303, 303, 303, 302),
    "GET set_importing.template": (404, 404, 404, 200, 200, 200, 200, 302),
    "GET set_importing.start": (404, 404, 404, 200, 403, 404, 404, 302),
    "POST set_importing.preview": (404, 404, 404, 200, 403, 404, 404, 302),
    "POST set_importing.confirm": (404, 404, 404, 303, 403, 404, 404, 302),
    # Nothing was imported yet.
    "POST set_importing.undo": (404, 404, 404, 409, 403, 404, 404, 302),
    # Alice has begun the assignment, and her answers are such as nobody disputes.
    "GET assigning.listing": (404, 404, 404, 200, 200, 404, 404, 302),
    "GET assigning.new": (404, 404, 404, 200, 403, 404, 404, 302),
    "POST assigning.add": (404, 404, 404, 303, 403, 404, 404, 302),
    "GET assigning.show": (404, 404, 404, 200, 200, 404, 404, 302),
    "GET assigning.edit": (404, 404, 404, 200, 403, 404, 404, 302),
    "POST assigning.save": (404, 404, 404, 303, 403, 404, 404, 302),
    "POST assigning.publish": (404, 404, 404, 303, 403, 404, 404, 302),
    "POST assigning.withdraw": (404, 404, 404, 409, 403, 404, 404, 302),
    "POST assigning.delete": (404, 404, 404, 409, 403, 404, 404, 302),
    "GET assigning.preview": (404, 404, 404, 200, 200, 404, 404, 302),
    "GET assigning.questions": (404, 404, 404, 200, 200, 404, 404, 302),
    # Somebody has begun.
    "POST assigning.arrange": (404, 404, 404, 409, 403, 404, 404, 302),
    "GET overrides.show": (404, 404, 404, 200, 200, 404, 404, 302),
    "POST overrides.put": (404, 404, 404, 303, 403, 404, 404, 302),
    "POST overrides.remove": (404, 404, 404, 303, 403, 404, 404, 302),
    "GET gradebook.show": (404, 404, 404, 200, 200, 404, 404, 302),
    "GET gradebook.export_table": (404, 404, 404, 200, 200, 404, 404, 302),
    "GET gradebook.export_sheet": (404, 404, 404, 200, 200, 404, 404, 302),
    "GET gradebook.changes": (404, 404, 404, 200, 200, 404, 404, 302),
    "GET gradebook.grade": (404, 404, 404, 200, 200, 404, 404, 302),
    "POST gradebook.give": (404, 404, 404, 303, 403, 404, 404, 302),
    "GET inspecting.claims": (404, 404, 404, 200, 200, 404, 404, 302),
    "GET inspecting.attempt": (404, 404, 404, 200, 200, 404, 404, 302),
    "POST inspecting.decide_claim": (404, 404, 404, 404, 403, 404, 404, 302),
    "GET correcting.show": (404, 404, 404, 200, 403, 404, 404, 302),
    "POST correcting.preview": (404, 404, 404, 200, 403, 404, 404, 302),
    "POST correcting.confirm": (404, 404, 404, 303, 403, 404, 404, 302),
    "GET reports.home": (404, 404, 404, 200, 200, 200, 200, 302),
    "GET reports.assignment": (404, 404, 404, 200, 200, 404, 404, 302),
    "GET reports.export": (404, 404, 404, 200, 200, 404, 404, 302),
    "GET reports.students": (404, 404, 404, 200, 200, 404, 404, 302),
    "GET reports.question": (404, 404, 404, 200, 200, 404, 404, 302),
    "GET reports.answers": (404, 404, 404, 200, 200, 404, 404, 302),
    "GET problems.listing": (404, 404, 404, 200, 200, 404, 404, 302),
    "POST problems.decide": (404, 404, 404, 303, 403, 404, 404, 302),
    "GET editing.new": (404, 404, 404, 200, 403, 404, 404, 302),
    "POST editing.add": (404, 404, 404, 303, 403, 404, 404, 302),
    "GET editing.show": (404, 404, 404, 200, 200, 404, 404, 302),
    "POST editing.save": (404, 404, 404, 303, 403, 404, 404, 302),
    "POST editing.preview": (404, 404, 404, 200, 403, 404, 404, 302),
    "POST editing.keep": (404, 404, 404, 200, 403, 404, 404, 302),
    "POST editing.discard": (404, 404, 404, 303, 303, 404, 404, 302),
    "GET images.show": (404, 404, 404, 200, 200, 404, 404, 302),
    "GET parameters.show": (404, 404, 404, 200, 200, 404, 404, 302),
    "POST parameters.fit": (404, 404, 404, 303, 403, 404, 404, 302),
    # The fitting has ended, and was better.
    "POST parameters.cancel": (404, 404, 404, 409, 403, 404, 404, 302),
    "POST parameters.use": (404, 404, 404, 303, 403, 404, 404, 302),
    "POST parameters.withdraw": (404, 404, 404, 303, 403, 404, 404, 302),
    "GET articles.new": (404, 404, 404, 200, 200, 200, 200, 302),
    "POST articles.create": (404, 404, 404, 303, 303, 303, 303, 302),
    "GET articles.show": (404, 404, 404, 200, 200, 404, 404, 302),
    # The draft has facts, and nothing is being read.
    "POST articles.add": (404, 404, 404, 422, 403, 404, 404, 302),
    "POST articles.cancel": (404, 404, 404, 409, 403, 404, 404, 302),
    "GET facts.listing": (404, 404, 404, 200, 200, 404, 404, 302),
    "GET facts.go_on": (404, 404, 404, 302, 302, 404, 404, 302),
    "GET facts.show": (404, 404, 404, 200, 200, 404, 404, 302),
    "POST facts.decide": (404, 404, 404, 303, 403, 404, 404, 302),
    "GET facts.new": (404, 404, 404, 200, 200, 404, 404, 302),
    # It says nothing yet.
    "POST facts.add": (404, 404, 404, 422, 403, 404, 404, 302),
    "GET names.show": (404, 404, 404, 200, 200, 404, 404, 302),
    "POST names.decide": (404, 404, 404, 303, 403, 404, 404, 302),
    "GET names.edit": (404, 404, 404, 200, 200, 404, 404, 302),
    "POST names.save": (404, 404, 404, 303, 403, 404, 404, 302),
    "GET choosing.listing": (404, 404, 404, 200, 200, 404, 404, 302),
    "POST choosing.decide": (404, 404, 404, 303, 403, 404, 404, 302),
    "GET releasing.show": (404, 404, 404, 200, 200, 404, 404, 302),
    # The draft has been changed since.
    "POST releasing.publish": (404, 404, 404, 409, 403, 404, 404, 302),
    "GET reading.article": (200, 200, 404, 200, 200, 404, 404, 302),
    "GET reading.keys": (200, 200, 200, 200, 200, 200, 200, 200),
    "GET reading.accessibility": (200, 200, 200, 200, 200, 200, 200, 200),
    "GET account.sign_in": (302, 302, 302, 302, 302, 302, 302, 200),
    "POST account.submit_sign_in": (303, 303, 303, 303, 303, 303, 303, 303),
    "POST account.sign_out": (303, 303, 303, 303, 303, 303, 303, 302),
    "GET account.set_password": (200, 200, 200, 200, 200, 200, 200, 200),
    "POST account.submit_password": (303, 303, 303, 303, 303, 303, 303, 303),
    "GET health.alive": (200, 200, 200, 200, 200, 200, 200, 200),
    "GET health.ready": (200, 200, 200, 200, 200, 200, 200, 200),
    "GET static": (200, 200, 200, 200, 200, 200, 200, 200),
}


# A fact and a name of the draft.
_KEYS = {"facts": "u1", "names": "uranus"}
_ABOUT_KIM = {"teachers.confirm", "teachers.remove", "sets.unshare"}


def address_of(site: Site, endpoint: str) -> str:
    """Return the address of a route, about the things of the site."""
    things = site.things
    values: dict[str, str | int] = {
        "study_id": things.study_id,
        "review_id": things.review_id,
        "version_id": things.version_id,
        "what": "questions",
        "ending": "csv",
        "course_id": things.course_id,
        "token": things.link,
        "section_id": things.section_id,
        "code": things.code,
        "assignment_id": things.assignment_id,
        "attempt_id": (
            things.submitted_id
            if endpoint.startswith(("attempts_after.", "inspecting."))
            else things.attempt_id
        ),
        "number": 1,
        "question_id": 1,
        "fact_id": 1,
        "dispute_id": things.dispute_id,
        "position": 0,
        "account_id": things.people["kim" if endpoint in _ABOUT_KIM else "bob"].id,
        "set_id": things.set_id,
        "fit_id": things.own_fit_id if endpoint.startswith("own_") else things.fit_id,
        "key": _KEYS.get(endpoint.partition(".")[0], things.question_key),
        "digest": things.digest,
    }
    if endpoint == "static":
        scripts = site.open().get("/sign-in").tree.iter("script")
        return next(each.attrib["src"] for each in scripts if "swap.js" in each.attrib["src"])
    rule = next(rule for rule in site.app.url_map.iter_rules() if rule.endpoint == endpoint)
    wanted = {name: values[name] for name in rule.arguments}
    if endpoint == "joining.show":
        wanted["seal"] = seal_of(site)
    return site.app.url_map.bind("localhost").build(endpoint, wanted)


def seal_of(site: Site) -> str:
    """Return the seal that the link to the course carries."""
    with site.app.test_request_context():
        return parse_qs(urlsplit(make_join_link(site.things.code)).query)["seal"][0]


def actor_for(endpoint: str) -> str:
    """Return the name of one who may send the form of a route."""
    if endpoint == "assigned.start":
        return "bob"  # An attempt of Alice's goes on.
    return "tess" if endpoint.split(".", maxsplit=1)[0] in TEACHERS_SIDE else "alice"


def fields_for(site: Site, endpoint: str) -> dict[str, str]:
    """Return what a person sends there, without the token."""
    if endpoint == "student.answer":
        alice = site.open("alice")
        return {**alice.get_answer_form(alice.get(site.study)).fields, "answer": "1"}
    if endpoint == "attempts.save":
        # Others know the names of the fields, but have no page to take them from.
        return {
            "number": "1",
            "go": "next",
            "q1-answer": "1",
            "stood-1": "[]",
            "saves-1": "0",
            "key-1": "a key",
            "flagged-1": "0",
        }
    if endpoint == "set_importing.confirm":
        with site.database.reading() as session:
            draft = find_draft(session, site.things.set_id)
        assert draft is not None
        return {**TABLE, "edits": str(draft.edits)}
    if endpoint == "overrides.remove":
        put = address_of(site, "overrides.put")
        tess = site.open("tess")
        tess.post_form(put, tess.get(put), **fields_for(site, "overrides.put"))
    whose = f"learner-{site.things.people['bob'].id}"
    return {
        "assigning.add": SET,
        "editing.add": CARD,
        "editing.preview": CARD,
        "editing.keep": CARD,
        "editing.save": {**OPTIONS, "kind": "choice", "stem": "What is it?", "feedback": "That."},
        "assigning.save": {**SET, "edits": "0"},
        "assigning.arrange": {"edits": "0"},
        "overrides.put": {"whose": whose, "attempts_allowed": "5", "due_at": ""},
        "overrides.remove": {"whose": whose},
        "gradebook.give": {"share": "80", "reason": "by word of mouth"},
        "correcting.preview": {**KEY, "action": "correct"},
        "correcting.confirm": {**KEY, "what": "correct"},
        "assigned.start": {"key": "a key"},
        "articles.create": {"text": "# Rivers\n\nWater flows."},
        "articles.add": {"text": "# Rivers\n\nWater flows."},
        "facts.decide": {"action": "drop"},
        "names.decide": {"keep": "uranus", "gone": "ceres"},
        "names.save": {"name": "Uranus", "type": "thing"},
        "choosing.decide": {"key": "own-1", "action": "drop"},
        "releasing.publish": {"edits": "0"},
        "sets.create": {"title": "Rivers"},
        "sets.save": {"title": "Rivers", "tags": "water, Europe"},
        "sets.share": {"email": "theo@example.org", "may": "edit"},
        "following.carry": {"latter": "1", "word": "a slip"},
        "telling.tell": {"reason": "typo", "text": "a letter too many"},
        "problems.decide": {"verdict": "upheld", "word": "Thank you."},
        "aside.choose": {"act": "suspend"},
        "planning.choose": {"retention": "0.80", "most_per_day": "50"},
        "attempts_after.again": {"key": "another key"},
        "practice.build": {
            "key": "a key",
            "chosen": f"{site.things.course_id}-{site.things.version_id}",
            "amount": "5",
        },
        "limits.limit": LIMITS,
        "settings.save": {**SETTINGS, **LIMITS, **EASY_DAYS},
        "own_data.delete": {"password": PASSWORD},
        "student.undo": {"review_id": str(site.things.review_id)},
        "account.submit_sign_in": {"email": site.email("bob"), "password": PASSWORD},
        "account.submit_password": {"password": "another long password"},
        "joining.submit": {"code": site.things.code},
        "courses.create": COURSE,
        "courses.save": COURSE,
        "courses.add_set": {"version_id": str(site.things.version_id)},
        "codes.change": {"last_day": "2026-06-30", "action": "renew"},
        "teachers.add": {"email": site.email("theo"), "role": "assistant"},
        "sections.create": {"title": "Tuesday"},
        "sections.save": {"title": "Tuesday"},
        "sections.move": {
            "section_id": str(site.things.section_id),
            "learner": str(site.things.people["alice"].id),
            "action": "in",
        },
        "set_importing.preview_new": NEW_SET,
        "set_importing.confirm_new": NEW_SET,
        "set_importing.preview": TABLE,
        "importing.preview": {"text": ROSTER},
        "importing.confirm": {"text": ROSTER},
    }.get(endpoint, {})
