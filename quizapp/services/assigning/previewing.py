"""An assignment as a learner would meet it: built and shown, but stored nowhere."""

from datetime import datetime

from sqlalchemy.orm import Session

from quizapp.attempts.states import deadline_of, grace_ends_at
from quizapp.errors import NotFoundError
from quizapp.formats.questions_json import question_from_dict
from quizapp.services.assigning.access import get_assignment
from quizapp.services.quizzing.choosing import choose_questions
from quizapp.services.quizzing.looking import Paper
from quizapp.services.quizzing.showing import ShownQuestion, mask_question, order_shown
from quizapp.storage.accounts import Account
from quizapp.storage.assignments import Assignment, list_version_questions
from quizapp.storage.ids import AssignmentId, AttemptId
from quizapp.storage.responses import Placed
from quizapp.storage.tables.content import JsonObject

# No attempt has this number.
NO_ATTEMPT = AttemptId(0)


def preview(
    session: Session, person: Account, assignment_id: AssignmentId, seed: str, now: datetime
) -> Paper:
    """Return an attempt that somebody might get who began now; another seed gives another one.

    Raises:
        NotFoundError: no such assignment for this person, or it has no question left.
    """
    assignment = get_assignment(session, person, assignment_id)
    bodies = {each.id: each.body for each in list_version_questions(session, assignment.version_id)}
    placed = choose_questions(session, assignment, assignment.rules, seed)
    if not placed:
        raise NotFoundError("This assignment has no questions left; choose others.")
    questions = tuple(_show(assignment, each, bodies[each.question_id], seed) for each in placed)
    return Paper(
        attempt_id=NO_ATTEMPT,
        assignment_id=assignment.id,
        course_id=assignment.course_id,
        title=assignment.title,
        course_title=assignment.course_title,
        timezone=assignment.timezone,
        number=1,
        state="in_progress",
        started_at=now,
        deadline_at=deadline_of(assignment.rules, now),
        taken_until=grace_ends_at(assignment.rules, now),
        now=now,
        layout=assignment.rules.layout,
        shown=assignment.rules.feedback.at("during"),
        questions=questions,
    )


def _show(assignment: Assignment, placed: Placed, body: JsonObject, seed: str) -> ShownQuestion:
    question = mask_question(question_from_dict(body))
    shuffled = assignment.rules.shuffle_options
    return ShownQuestion(
        position=placed.position,
        question=question,
        order=order_shown(question, seed, placed.position, shuffled=shuffled),
        points=placed.points,
        response=None,
        saves=0,
        saved_at=None,
        flagged=False,
    )
