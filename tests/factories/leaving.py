"""A learner who leaves rows in every table that can hold some of theirs."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.services.accounts.registering import issue_password_link
from quizapp.services.assigning.creating import create, publish
from quizapp.services.assigning.planning import Plan
from quizapp.services.quizzing.starting import start
from quizapp.services.quizzing.submitting import submit
from quizapp.services.reviewing.undoing import undo
from quizapp.storage.accounts import Account, add_sign_in, set_password_hash
from quizapp.storage.assignments import Content
from quizapp.storage.engine import Database
from quizapp.storage.ids import AttemptId
from quizapp.storage.tables import (
    AssignmentOverrideRow,
    AssignmentRow,
    DayLimitRow,
    DisputeRow,
    ExamPlanRow,
    FactChoiceRow,
    GradeOverrideRow,
    MarkChangeRow,
    ParameterFitRow,
    QuestionFactRow,
)
from tests.factories.assignments import RULES, Exam, answer_all, begin
from tests.factories.courses import make_section
from tests.factories.memories import TODAY
from tests.factories.people import MORNING, answer_next

PASSWORD_HASH = "the-hash-of-a-password"
TOKEN_HASH = "the-hash-of-a-token"


def live_fully(database: Database, exam: Exam, learner: Account) -> AttemptId:
    """Let a learner do all that leaves rows; return the attempt that they submitted."""
    with database.writing() as session:
        set_password_hash(session, learner.id, PASSWORD_HASH)
        add_sign_in(
            session, token_hash=f"{TOKEN_HASH}-{learner.id}", account_id=learner.id, now=MORNING
        )
        issue_password_link(session, learner, MORNING)
        _, review_id = answer_next(session, learner, MORNING, key=f"{learner.id}-undone")
        undo(session, learner, review_id, MORNING)
        answer_next(session, learner, MORNING, key=f"{learner.id}-kept", right=False)
    attempt_id = begin(database, exam, learner=learner)
    answer_all(database, exam, attempt_id, MORNING, learner=learner)
    with database.writing() as session:
        submit(session, learner, attempt_id, MORNING + timedelta(minutes=1))
        make_section(session, exam.world.course_id, f"Section of {learner.name}", learner)
        session.add_all(_list_rows(session, exam, learner, attempt_id))
        session.flush()
        practise(session, exam, learner)
        session.commit()
    return attempt_id


def practise(session: Session, exam: Exam, learner: Account) -> None:
    """Let a learner begin a practice quiz of their own, which goes on."""
    content = Content(version_id=exam.version_id)
    plan = Plan(title="Practice", content=content, rules=RULES)
    assignment_id = create(session, exam.tess, exam.world.course_id, plan, MORNING)
    publish(session, exam.tess, assignment_id)
    start(session, learner, assignment_id, MORNING, key=f"practice of {learner.id}")
    session.get_one(AssignmentRow, assignment_id).practised_by = learner.id
    session.flush()


def _list_rows(
    session: Session, exam: Exam, learner: Account, attempt_id: AttemptId
) -> list[object]:
    course_id = exam.world.course_id
    fact_id, question_id = session.execute(
        select(QuestionFactRow.fact_id, QuestionFactRow.question_id).limit(1)
    ).one()
    return [
        ParameterFitRow(
            course_id=None, learner_id=learner.id, asked_by=learner.id, asked_at=MORNING
        ),
        FactChoiceRow(learner_id=learner.id, fact_id=fact_id, flagged_at=MORNING, buried_day=TODAY),
        DayLimitRow(learner_id=learner.id, study_day=TODAY, new_per_day=3, reviews_per_day=4),
        ExamPlanRow(
            learner_id=learner.id,
            course_id=course_id,
            retention=0.85,
            most_per_day=90,
            set_at=MORNING,
        ),
        DisputeRow(
            course_id=course_id,
            question_id=question_id,
            learner_id=learner.id,
            reason="wrong",
            text=f"{learner.name} doubts it",
            at=MORNING,
            attempt_id=attempt_id,
        ),
        GradeOverrideRow(
            assignment_id=exam.assignment_id,
            learner_id=learner.id,
            share=0.75,
            reason="by word of mouth",
            given_by=exam.tess.id,
            at=MORNING,
        ),
        AssignmentOverrideRow(
            assignment_id=exam.assignment_id,
            account_id=learner.id,
            section_id=None,
            opens_at=None,
            due_at=None,
            closes_at=None,
            extra_minutes=5,
            time_factor=None,
            attempts_allowed=None,
            unlimited=False,
            set_by=exam.tess.id,
            set_at=MORNING,
        ),
        MarkChangeRow(
            attempt_id=attempt_id,
            position=0,
            why="correction",
            reason="a slip",
            changed_by=exam.tess.id,
            at=MORNING,
            old_fraction=0.0,
            new_fraction=1.0,
            old_points=7.0,
            new_points=8.0,
            old_maximum=8.0,
            new_maximum=8.0,
            old_credit=1.0,
            new_credit=1.0,
        ),
    ]
