"""The pages of assignments and grades in each of their states, and how to get there."""

from dataclasses import replace
from datetime import timedelta

from quizapp.services.assigning.access import get_assignment
from quizapp.services.assigning.creating import create, get_plan, publish
from quizapp.services.assigning.planning import Plan
from quizapp.services.courses.teaching import add_version
from quizapp.services.grading.claiming import claim
from quizapp.services.quizzing.looking import look
from quizapp.services.quizzing.starting import start
from quizapp.services.quizzing.submitting import submit
from quizapp.storage.assignments import Content, Pick, list_version_questions
from quizapp.storage.ids import AssignmentId, AttemptId, QuestionId, VersionId
from quizapp.storage.publishing import publish as publish_version
from tests.factories.assignments import (
    RULES,
    WRONG,
    give,
    list_question_ids,
    make_exam_version,
)
from tests.factories.people import MORNING
from tests.support.client import Client, Page
from tests.web.conftest import Site
from tests.web.course_states import Visit, visit_course

CLAIM = "I spelled it as in the article “أزواد”."


def teach_exam(site: Site) -> VersionId:
    """Let the course teach a second set, of every kind."""
    tess = site.things.people["tess"]
    with site.database.writing() as session:
        version_id = publish_version(session, make_exam_version(), owner_id=tess.id, now=MORNING)
        add_version(session, tess, site.things.course_id, version_id)
        session.commit()
    return version_id


def set_exam(site: Site) -> tuple[AssignmentId, dict[str, QuestionId]]:
    """Publish an assignment with a question of every kind that can be marked."""
    version_id, tess = teach_exam(site), site.things.people["tess"]
    rules = replace(RULES, time_limit=timedelta(minutes=20))
    plan = Plan(title="The exam", content=Content(version_id=version_id), rules=rules)
    with site.database.writing() as session:
        added = create(session, tess, site.things.course_id, plan, MORNING)
        publish(session, tess, added)
        questions = list_question_ids(session, version_id)
        session.commit()
    return added, questions


def sit_exam(site: Site, *, claiming: bool = False) -> tuple[AttemptId, dict[str, QuestionId]]:
    """Let Bob answer all of it wrongly; he may say that his first typed answer was right."""
    assignment_id, questions = set_exam(site)
    bob = site.things.people["bob"]
    with site.database.writing() as session:
        attempt_id = start(session, bob, assignment_id, MORNING, key="exam")
        paper = look(session, bob, attempt_id, MORNING)
        for each in paper.questions:
            give(session, bob, paper, each.position, WRONG[each.question.kind], MORNING)
        submit(session, bob, attempt_id, MORNING)
        if claiming:
            place = [each.question.kind for each in paper.questions].index("cloze")
            claim(session, bob, attempt_id, place, CLAIM, MORNING)
        session.commit()
    return attempt_id, questions


def set_draft(site: Site) -> str:
    """Make a draft through the form, and return its address."""
    tess = site.open("tess")
    address = f"/courses/{site.things.course_id}/assignments/new"
    fields = {"title": "Draft", "due_at": "2026-03-09T18:00", "late-0-until": "2026-03-10T18:00"}
    made = tess.post_form(address, tess.get(address), **fields, **{"late-0-credit": "80"})
    assert made.status == 303, made.words
    return made.location


def visit_set(name: str, rest: str = "") -> Visit:
    return lambda site: site.open(name).get(
        f"/teaching/assignments/{site.things.assignment_id}{rest}"
    )


def send_form(tess: Client, address: str, **fields: str) -> Page:
    return tess.post_form(address, tess.get(address), **fields)


def visit_bad_form(site: Site) -> Page:
    fields = {
        "title": "",
        "picking": "draw",
        "draws-0-count": "99",
        "opens_at": "soon",
        "due_at": "2026-03-09T18:00",
        "late-1-until": "2026-03-08T18:00",
        "grace": "x",
        "late-1-credit": "200",
        "early-credit": "90",
        "time_limit": "0",
        "points": "",
    }
    address = f"/courses/{site.things.course_id}/assignments/new"
    return send_form(site.open("tess"), address, **fields)


def visit_choice_of_sets(site: Site) -> Page:
    teach_exam(site)
    return visit_course("tess", "/assignments/new")(site)


def visit_empty(rest: str) -> Visit:
    def visit(site: Site) -> Page:
        theo = site.open("theo")
        fields = {"title": "Empty", "timezone": "UTC"}
        made = theo.post_form("/courses/new", theo.get("/courses/new"), **fields)
        return theo.get(f"{made.location}{rest}")

    return visit


def visit_exception(site: Site) -> Page:
    tess, address = site.open("tess"), f"/teaching/assignments/{set_exam(site)[0]}/exceptions"
    bob = f"learner-{site.things.people['bob'].id}"
    send_form(tess, address, whose=bob, time_factor="1.5", due_at="2026-03-02T11:00")
    section = f"section-{site.things.section_id}"
    send_form(tess, address, whose=section, extra_minutes="10", unlimited="y")
    return tess.get(f"{address}?whose={bob}")


def visit_bad_exception(site: Site) -> Page:
    address = f"/teaching/assignments/{site.things.assignment_id}/exceptions"
    fields = {"time_factor": "1.5", "extra_minutes": "5", "due_at": "2026-13-01T00:00"}
    return send_form(site.open("tess"), address, whose="learner-99", **fields)


def visit_exam_preview(site: Site) -> Page:
    return site.open("tess").get(f"/teaching/assignments/{set_exam(site)[0]}/preview?number=2")


def visit_stale(site: Site) -> Page:
    tess = site.open("tess")
    address = f"/teaching/assignments/{site.things.assignment_id}/edit"
    shown = tess.get(address)
    tess.post_form(address, shown, title="One")
    return tess.post_form(address, shown, title="Two")


def visit_book(query: str) -> Visit:
    def visit(site: Site) -> Page:
        sit_exam(site, claiming=True)
        site.clock.advance(timedelta(hours=3))
        return site.open("tess").get(f"/courses/{site.things.course_id}/gradebook{query}")

    return visit


def grade_address(site: Site, name: str = "alice") -> str:
    things = site.things
    return f"/courses/{things.course_id}/gradebook/{things.assignment_id}/{things.people[name].id}"


def visit_left(site: Site) -> Page:
    tess, course = site.open("tess"), f"/courses/{site.things.course_id}"
    send_form(tess, f"{course}/roster/{site.things.people['alice'].id}/remove")
    return tess.get(f"{course}/gradebook")


def visit_untouched(site: Site) -> Page:
    address = f"/courses/{site.things.course_id}/gradebook/{site.things.assignment_id}/changes"
    return site.open("kim").get(address)


def send_grade(**fields: str) -> Visit:
    def visit(site: Site) -> Page:
        tess, address = site.open("tess"), grade_address(site)
        answer = send_form(tess, address, **fields)
        return tess.follow(answer) if answer.status == 303 else answer

    return visit


def visit_claims(site: Site) -> Page:
    sit_exam(site, claiming=True)
    return visit_course("tess", "/claims")(site)


def visit_claiming(name: str, **fields: str) -> Visit:
    def visit(site: Site) -> Page:
        attempt_id, _ = sit_exam(site, claiming=True)
        browser, address = site.open(name), f"/teaching/attempts/{attempt_id}"
        page = browser.get(address)
        if not fields:
            return page
        answer = browser.post_form(f"{address}/claims/3", page, **fields)
        return browser.follow(answer) if answer.status == 303 else answer

    return visit


def visit_key(kind: str, **fields: str) -> Visit:
    def visit(site: Site) -> Page:
        _, questions = sit_exam(site)
        tess = site.open("tess")
        address = f"/courses/{site.things.course_id}/questions/{questions[kind]}/key"
        page = tess.get(address)
        return tess.post_form(address, page, **fields) if fields else page

    return visit


def visit_dropped(site: Site) -> Page:
    page = visit_key("cloze", reason="unfair", action="drop")(site)
    tess, address = site.open("tess"), f"{page.path}/confirm"
    fields = {**page.get_form(address).fields, "csrf_token": tess.read_token()}
    assert tess.post(address, fields).status == 303
    return tess.get(page.path)


def visit_changed_marks(site: Site) -> Page:
    visit_dropped(site)
    exam = site.things.assignment_id + 1
    return site.open("tess").get(f"/courses/{site.things.course_id}/gradebook/{exam}/changes")


def visit_changed_grades(site: Site) -> Page:
    for fields in ({"share": "81.5", "reason": "oral “أزواد”"}, {"share": "", "reason": "a slip"}):
        send_grade(**fields)(site)
    return visit_untouched(site)


def pick_questions(site: Site) -> AssignmentId:
    """Set three picked questions that nobody has begun."""
    tess, version_id = site.things.people["tess"], site.things.version_id
    with site.database.writing() as session:
        picked = [q.id for q in list_version_questions(session, version_id) if q.kind == "choice"]
        picks = tuple(Pick(question_id=each, points=1.0) for each in picked[:3])
        content = Content(version_id=version_id, picking="list", picks=picks)
        plan = Plan(title="Picked", content=content, rules=RULES)
        added = create(session, tess, site.things.course_id, plan, MORNING)
        session.commit()
    return added


def visit_picks(**fields: str) -> Visit:
    def visit(site: Site) -> Page:
        tess, address = site.open("tess"), f"/teaching/assignments/{pick_questions(site)}/questions"
        return send_form(tess, address, **fields) if fields else tess.get(address)

    return visit


def visit_questions_after(site: Site) -> Page:
    visit_dropped(site)
    with site.database.reading() as session:
        tess = site.things.people["tess"]
        found = AssignmentId(site.things.assignment_id + 1)
        assert get_plan(session, get_assignment(session, tess, found)).title == "The exam"
    return site.open("tess").get(f"/teaching/assignments/{found}/questions")


ASSIGNING_STATES: dict[str, tuple[int, Visit]] = {
    "assignments": (200, visit_course("tess", "/assignments")),
    "assignments, assistant": (200, visit_course("kim", "/assignments")),
    "assignments, none": (200, visit_empty("/assignments")),
    "assignment": (200, visit_set("tess")),
    "assignment, assistant": (200, visit_set("kim")),
    "assignment, draft": (200, lambda site: site.open("tess").get(set_draft(site))),
    "assignment form": (200, visit_course("tess", "/assignments/new")),
    "assignment form, which set": (200, visit_choice_of_sets),
    "assignment form, no set": (200, visit_empty("/assignments/new")),
    "assignment form, problems": (422, visit_bad_form),
    "assignment form, edit": (200, lambda site: site.open("tess").get(f"{set_draft(site)}/edit")),
    "assignment form, begun": (200, visit_set("tess", "/edit")),
    "assignment form, stale": (422, visit_stale),
    "preview": (200, visit_set("tess", "/preview")),
    "preview, every kind": (200, visit_exam_preview),
    "questions": (200, visit_set("tess", "/questions")),
    "questions, to arrange": (200, visit_picks()),
    "questions, problems": (422, visit_picks(**{"picks-1-points": "many"})),
    "questions, stale": (409, visit_picks(edits="7")),
    "questions, one dropped": (200, visit_questions_after),
    "exceptions": (200, visit_set("tess", "/exceptions")),
    "exceptions, assistant": (200, visit_set("kim", "/exceptions")),
    "exceptions, some": (200, visit_exception),
    "exceptions, problems": (422, visit_bad_exception),
    "gradebook": (200, visit_book("")),
    "gradebook, sorted": (200, visit_book("?sort=total&order=down")),
    "gradebook, none": (200, visit_empty("/gradebook")),
    "grade": (200, lambda site: site.open("tess").get(grade_address(site))),
    "grade, behind": (200, lambda site: site.open("kim").get(grade_address(site, "bob"))),
    "grade, given": (200, send_grade(share="81.5", reason="oral “أزواد”")),
    "grade, problems": (422, send_grade(share="much", reason="")),
    "gradebook, one left": (200, visit_left),
    "changes of marks": (200, visit_changed_marks),
    "changes of marks, grades": (200, visit_changed_grades),
    "changes of marks, none": (200, visit_untouched),
    "claims": (200, visit_claims),
    "claims, none": (200, visit_course("tess", "/claims")),
    "attempt in full": (200, visit_claiming("tess")),
    "attempt in full, assistant": (200, visit_claiming("kim")),
    "attempt in full, granted": (
        200,
        visit_claiming("tess", **{"claim-3-granted": "50", "action": "grant"}),
    ),
    "attempt in full, problem": (
        422,
        visit_claiming("tess", **{"claim-3-granted": "500", "action": "grant"}),
    ),
    "key, dropped": (200, visit_dropped),
    "key, problems": (422, visit_key("choice", reason="", action="correct")),
    "key, who changes": (
        200,
        visit_key("numeric", reason="a slip", answer="3", action="correct"),
    ),
    **{
        f"key of {kind}": (200, visit_key(kind))
        for kind in ("choice", "true_false", "cloze", "numeric", "ordering", "matching")
    },
}
