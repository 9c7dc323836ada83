"""An attempt as its learner sees it: the same questions, order and clock on every device."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from quizapp.attempts.feedback import moment_of, what_is_shown
from quizapp.attempts.rules import AssignmentRules, Layout, ends_at
from quizapp.attempts.states import Attempt, State, close_if_over, state_at
from quizapp.attempts.switches import Moment, Switch
from quizapp.errors import NotFoundError
from quizapp.formats.questions_json import question_from_dict
from quizapp.kinds.marking import Response
from quizapp.services.quizzing.showing import ShownQuestion, mask_question, order_shown
from quizapp.storage.accounts import Account
from quizapp.storage.attempts import AttemptRecord, Sitting, find_sitting
from quizapp.storage.ids import AssignmentId, AttemptId, CourseId
from quizapp.storage.responses import AttemptQuestion, list_questions


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """An attempt before its submission.

    `state` is as of `now`, be it stored or not: once it is "submitted", nothing is taken any more.
    `shown` are the feedback switches that are on already, by default none but the learner's own
    answers.
    """

    attempt_id: AttemptId
    assignment_id: AssignmentId
    course_id: CourseId
    title: str
    course_title: str
    timezone: str
    number: int
    state: State
    started_at: datetime
    deadline_at: datetime | None
    taken_until: datetime | None
    now: datetime
    layout: Layout
    shown: frozenset[Switch]
    questions: tuple[ShownQuestion, ...]

    @property
    def unanswered(self) -> tuple[int, ...]:
        """The numbers of the questions without an answer, from 1."""
        return tuple(each.number for each in self.questions if each.response is None)

    @property
    def flagged(self) -> tuple[int, ...]:
        """The numbers of the questions that the learner flagged, from 1."""
        return tuple(each.number for each in self.questions if each.flagged)


def look(session: Session, learner: Account, attempt_id: AttemptId, now: datetime) -> Paper:
    """Return an attempt as it is to be sat or checked before submission: two statements.

    Raises:
        NotFoundError: no such attempt of this learner.
    """
    sitting = get_sitting(session, learner, attempt_id)
    attempt, assignment = sitting.attempt, sitting.assignment
    return Paper(
        attempt_id=attempt.id,
        assignment_id=assignment.id,
        course_id=assignment.course_id,
        title=assignment.title,
        course_title=assignment.course_title,
        timezone=assignment.timezone,
        number=attempt.number,
        state=state_at(attempt.facts, attempt.clock, now),
        started_at=attempt.started_at,
        deadline_at=attempt.deadline_at,
        taken_until=attempt.taken_until,
        now=now,
        layout=assignment.rules.layout,
        shown=list_shown(sitting, now),
        questions=show_questions(attempt, list_questions(session, attempt.id)),
    )


def get_sitting(session: Session, learner: Account, attempt_id: AttemptId) -> Sitting:
    """Return an attempt of the learner: one statement.

    Raises:
        NotFoundError: there is none.
    """
    sitting = find_sitting(session, learner.id, attempt_id)
    if sitting is None:
        raise NotFoundError("There is no such attempt of yours.")
    return sitting


def show_questions(
    attempt: AttemptRecord, questions: Sequence[AttemptQuestion]
) -> tuple[ShownQuestion, ...]:
    """Return the questions of an attempt without their keys."""
    return tuple(
        show_question(each, seed=attempt.seed, shuffled=attempt.shuffled) for each in questions
    )


def show_question(asked: AttemptQuestion, *, seed: str, shuffled: bool) -> ShownQuestion:
    """Return a question without its key, as it was published and not as it was corrected."""
    question = mask_question(question_from_dict(asked.body))
    answer = asked.answer
    return ShownQuestion(
        position=asked.position,
        question=question,
        order=order_shown(question, seed, asked.position, shuffled=shuffled),
        points=asked.points,
        response=Response(text=answer.response, given=answer.given) if answer.saves else None,
        saves=answer.saves,
        saved_at=answer.saved_at,
        flagged=answer.flagged,
    )


def list_shown(sitting: Sitting, now: datetime) -> frozenset[Switch]:
    """Return what of an attempt may be shown now."""
    rules, attempt = _stand(sitting, now)
    return what_is_shown(rules, attempt, now)


def find_moment(sitting: Sitting, now: datetime) -> Moment:
    """Return the moment of an attempt that its feedback depends on."""
    rules, attempt = _stand(sitting, now)
    return moment_of(rules, attempt, now)


def find_end(sitting: Sitting, now: datetime) -> datetime | None:
    """Return when an attempt's assignment ends for its learner, None if no day is set."""
    return ends_at(_stand(sitting, now)[0])


def _stand(sitting: Sitting, now: datetime) -> tuple[AssignmentRules, Attempt]:
    """The attempt by its own clock; while that runs, no other date ends the moment `during`."""
    clock = sitting.attempt.clock
    attempt = close_if_over(sitting.attempt.facts, clock, now)
    if attempt.submitted_at is None:
        return replace(clock, feedback=sitting.assignment.rules.feedback), attempt
    return sitting.rules, attempt
