"""A fact is corrected after a problem was told: questions, attempts and learners follow."""

from dataclasses import dataclass, replace

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from quizapp.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError
from quizapp.services.assigning.creating import create
from quizapp.services.assigning.creating import publish as publish_assignment
from quizapp.services.assigning.planning import Plan
from quizapp.services.authoring.drafting import open_draft
from quizapp.services.authoring.releasing import publish_draft
from quizapp.services.disputing import list_told
from quizapp.services.following.carrying import carry_through, plan_carrying
from quizapp.services.following.planning import find_change, plan_steps
from quizapp.services.quizzing.looking import look
from quizapp.services.quizzing.starting import start
from quizapp.services.quizzing.submitting import submit
from quizapp.storage.assignments import Content, Pick, list_version_questions
from quizapp.storage.courses import enrol, teach
from quizapp.storage.drafts import DraftFact, put_facts
from quizapp.storage.engine import Database
from quizapp.storage.ids import AttemptId, QuestionId, VersionId
from tests.factories.assignments import RULES, give
from tests.factories.desk import DeskWorld, accept_made_questions, build_desk
from tests.factories.disputes import make_dispute
from tests.factories.people import MORNING
from tests.factories.questions import make_question

LATER = MORNING.replace(hour=9)
RIGHT = "77"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A course whose Alice was marked wrong by a number in version 1, which version 2 mends."""

    desk: DeskWorld
    former: VersionId
    latter: VersionId
    attempt_id: AttemptId
    question_id: QuestionId


def build_case(database: Database) -> Case:
    """Alice answers 77 and Bob reports the question; then Tess mends the fact and publishes."""
    desk = build_desk(database)
    world = desk.world
    with database.writing() as session:
        accept_made_questions(session, desk.tess, desk.set_id)
        former = publish_draft(session, desk.tess, desk.set_id, note="", now=MORNING)
        teach(session, course_id=world.course_id, version_id=former)
        question_id = find_numeric(session, former)
        attempt_id = sit(session, desk, former, question_id)
        make_dispute(session, world.bob, question=question_id)
        mend(session, desk, question_id)
        accept_made_questions(session, desk.tess, desk.set_id)
        latter = publish_draft(session, desk.tess, desk.set_id, note="", now=LATER)
        session.commit()
    return Case(
        desk=desk,
        former=former,
        latter=latter,
        attempt_id=attempt_id,
        question_id=question_id,
    )


def find_numeric(session: Session, version_id: VersionId) -> QuestionId:
    found = list_version_questions(session, version_id)
    return next(each.id for each in found if each.kind == "numeric")


def sit(
    session: Session, desk: DeskWorld, version_id: VersionId, question_id: QuestionId
) -> AttemptId:
    """Let Alice answer 77 in an assignment of that one question."""
    world = desk.world
    picks = (Pick(question_id=question_id, points=1.0),)
    content = Content(version_id=version_id, picking="list", picks=picks)
    plan = Plan(title="One question", content=content, rules=RULES)
    assignment_id = create(session, desk.tess, world.course_id, plan, MORNING)
    publish_assignment(session, desk.tess, assignment_id)
    attempt_id = start(session, world.alice, assignment_id, MORNING, key="start")
    paper = look(session, world.alice, attempt_id, MORNING)
    give(session, world.alice, paper, 0, RIGHT, MORNING)
    submit(session, world.alice, attempt_id, MORNING)
    return attempt_id


def mend(session: Session, desk: DeskWorld, question_id: QuestionId) -> None:
    """Let the fact behind a question say 77."""
    key = session.scalar(
        text(
            "SELECT f.key FROM fact f JOIN question_fact a ON a.fact_id = f.id"
            " WHERE a.question_id = :q"
        ),
        {"q": question_id},
    )
    draft = open_draft(session, desk.tess, desk.set_id, LATER)
    fact = next(one for one in draft.facts if one.key == key)
    put_facts(session, desk.set_id, [say(fact, RIGHT)], desk.tess.id)


def say(fact: DraftFact, number: str) -> DraftFact:
    value = fact.body["v"]
    assert isinstance(value, dict)
    return replace(fact, body={**fact.body, "v": {**value, "n": number}}, decided_at=LATER)


def score_of(database: Database, attempt_id: AttemptId) -> float | None:
    with database.reading() as session:
        found = session.scalar(
            text("SELECT points FROM attempt WHERE id = :id"), {"id": attempt_id}
        )
    return None if found is None else float(found)


def carry(database: Database, case: Case, word: str = "The number was wrong.") -> None:
    with database.writing() as session:
        done = carry_through(
            session,
            case.desk.tess,
            case.desk.world.course_id,
            case.former,
            latter=case.latter,
            word=word,
            now=LATER,
        )
        session.commit()
    assert (done.corrected >= 1, done.problems) == (True, 1)


def test_a_mended_fact_is_carried_through_to_marks_reviews_and_learners(
    database: Database,
) -> None:
    case = build_case(database)
    world = case.desk.world
    assert score_of(database, case.attempt_id) == 0
    carry(database, case)
    assert score_of(database, case.attempt_id) == 1
    taught = "SELECT version_id FROM course_set WHERE course_id = :c"
    with database.reading() as session:
        versions = set(session.scalars(text(taught), {"c": world.course_id}))
        told = list_told(session, world.bob)
        notes = session.scalar(
            text("SELECT count(*) FROM mark_change WHERE attempt_id = :a"), {"a": case.attempt_id}
        )
    assert versions == {world.version_id, case.latter}
    assert [(one.upheld, one.word) for one in told] == [(True, "The number was wrong.")]
    # Alice's answer in the assignment, as it was marked then.
    assert [(one.answered, one.right) for one in told] == [(1, 0)]
    assert notes == 1
    with database.writing() as session, pytest.raises(NotFoundError):
        plan_carrying(session, case.desk.tess, world.course_id, case.former)


def test_what_would_change_is_told_before(database: Database) -> None:
    case = build_case(database)
    with database.reading() as session:
        plan = plan_carrying(session, case.desk.tess, case.desk.world.course_id, case.former)
    steps = {step.question_id: step for step in plan.steps}
    key = steps[case.question_id].key
    assert key is not None
    assert key.answer.startswith(RIGHT)
    assert [problem.question_id for problem in plan.problems] == [case.question_id]


def test_only_an_instructor_carries_through_and_says_what_was_wrong(database: Database) -> None:
    case = build_case(database)
    world = case.desk.world
    with database.writing() as session:
        with pytest.raises(InvalidError, match="put right"):
            carry_through(
                session,
                case.desk.tess,
                world.course_id,
                case.former,
                latter=case.latter,
                word=" ",
                now=LATER,
            )
        with pytest.raises(ConflictError, match="newest"):
            carry_through(
                session,
                case.desk.tess,
                world.course_id,
                case.former,
                latter=case.former,
                word="a slip",
                now=LATER,
            )
        with pytest.raises(NotFoundError):
            plan_carrying(session, world.charlie, world.course_id, case.former)
        enrol(
            session,
            course_id=world.course_id,
            account_id=world.charlie.id,
            role="assistant",
            now=MORNING,
        )
        plan_carrying(session, world.charlie, world.course_id, case.former)
        with pytest.raises(ForbiddenError):
            carry_through(
                session,
                world.charlie,
                world.course_id,
                case.former,
                latter=case.latter,
                word="a slip",
                now=LATER,
            )


def test_two_questions_alike_make_no_step() -> None:
    question = make_question("choice", "f1")
    assert plan_steps({QuestionId(1): question}, [question], frozenset({"f1"}), frozenset()) == ()


def test_a_key_is_found_by_the_texts_of_the_options() -> None:
    question = make_question("choice", "f1")
    options = tuple(
        replace(option, correct=place == 3) for place, option in enumerate(question.options)
    )
    other = replace(question, options=options[::-1], answer=options[3].text)
    change = find_change(question, other)
    assert change is not None
    assert (change.right, change.answer) == (frozenset({3}), options[3].text)
    assert find_change(question, replace(other, stem="Something else?")) is None
    unknown = tuple(replace(option, text=f"new {option.text}") for option in options)
    assert find_change(question, replace(other, options=unknown)) is None


def test_a_number_stays_as_exact_as_it_was_asked_for() -> None:
    plain = replace(make_question("choice", "f1"), kind="numeric", options=(), answer="19")
    asked = replace(plain, stem="How far is it, to within 2?", tolerance="2")
    other = replace(plain, stem="How far is it, to within 8?", tolerance="8", answer="77")
    change = find_change(asked, other)
    assert change is not None
    assert (change.answer, change.tolerance) == ("77", "2")
    assert find_change(asked, replace(other, stem="How far is that, to within 8?")) is None


@pytest.mark.parametrize(
    ("changed", "disputed", "fates"),
    [((), (), []), (("f1",), (), ["dropped"]), ((), (1,), ["dropped"]), (("f2",), (), [])],
)
def test_what_is_gone_is_dropped_only_where_it_was_wrong(
    changed: tuple[str, ...], disputed: tuple[int, ...], fates: list[str]
) -> None:
    asked = {QuestionId(1): make_question("choice", "f1")}
    steps = plan_steps(asked, [], frozenset(changed), frozenset(map(QuestionId, disputed)))
    assert [step.fate for step in steps] == fates
