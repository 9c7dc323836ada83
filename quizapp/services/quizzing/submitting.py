"""A learner submits, after a look at what is answered; and what they see afterwards."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from quizapp.attempts.scores import Score
from quizapp.attempts.states import State, state_at
from quizapp.attempts.switches import NEED_ATTEMPT, Moment, Switch
from quizapp.errors import NotFoundError
from quizapp.kinds.marking import Mark, Response
from quizapp.kinds.question import Question
from quizapp.services.quizzing.closing import submit_sitting
from quizapp.services.quizzing.looking import (
    find_end,
    find_moment,
    get_sitting,
    list_shown,
    show_question,
)
from quizapp.services.quizzing.marking import mark_answer, score_marks
from quizapp.services.quizzing.showing import ShownQuestion
from quizapp.services.quizzing.withholding import find_withheld
from quizapp.storage.accounts import Account
from quizapp.storage.attempts import Sitting, lock_sitting
from quizapp.storage.ids import AccountId, AssignmentId, AttemptId, CourseId, QuestionId
from quizapp.storage.questions import Passage
from quizapp.storage.responses import AttemptQuestion, Claim, list_questions


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedQuestionView:
    """A question of a submitted attempt with all that is known of it.

    What of it is told is for `Result.shown` to say: without "attempt" there are no questions at
    all. `question` is as it is marked, `mark` that of the answer by the key, `fraction` what counts
    (None: unanswered, or not marked yet), which an instructor may have granted.
    """

    question_id: QuestionId
    shown: ShownQuestion
    question: Question
    response: Response
    mark: Mark
    fraction: float | None
    dropped: bool
    corrected: bool
    claim: Claim
    granted: float | None
    passage: Passage | None

    @property
    def is_short(self) -> bool:
        """Whether the question counts, and earned less than the whole mark or nothing yet."""
        return not self.dropped and (self.fraction or 0.0) < 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """A submitted attempt; `score` is None until it is marked, and where marks are not shown.

    An attempt whose time is over is submitted, even if nothing has stored that yet. `ends_at` is
    when the assignment ends for the learner, None if no day is set. `practice` says
    that it is one of a practice quiz; then `left_out` counts the questions that are in neither
    `questions` nor `score`, since an assignment still asks them.
    """

    attempt_id: AttemptId
    assignment_id: AssignmentId
    course_id: CourseId
    learner_id: AccountId
    title: str
    course_title: str
    timezone: str
    number: int
    state: State
    started_at: datetime
    submitted_at: datetime | None
    auto: bool
    moment: Moment
    ends_at: datetime | None
    shown: frozenset[Switch]
    score: Score | None
    questions: tuple[MarkedQuestionView, ...]
    practice: bool
    archived: bool
    left_out: int


def submit(session: Session, learner: Account, attempt_id: AttemptId, now: datetime) -> Score:
    """Submit an attempt and return its score; submitted before, it stays as it was.

    Raises:
        NotFoundError: no such attempt of this learner.
    """
    get_sitting(session, learner, attempt_id)
    sitting = lock_sitting(session, attempt_id)
    assert sitting is not None
    if sitting.attempt.submitted_at is None:
        submit_sitting(session, sitting, now)
        sitting = get_sitting(session, learner, attempt_id)
    score = sitting.attempt.score
    assert score is not None
    return score


def look_back(session: Session, learner: Account, attempt_id: AttemptId, now: datetime) -> Result:
    """Return the result of an attempt, with what may be shown of it now.

    Two statements, five for a practice quiz, which keeps to itself what an assignment still asks.

    Raises:
        NotFoundError: no such attempt of this learner, or it still goes on.
    """
    sitting = get_sitting(session, learner, attempt_id)
    shown = list_shown(sitting, now)
    if find_moment(sitting, now) == "during":
        raise NotFoundError("This attempt still goes on; it has no result yet.")
    questions = list_questions(session, attempt_id, passages=True) if "attempt" in shown else ()
    result = make_result(sitting, questions, shown, now)
    if not result.practice:
        return result
    return _leave_out(result, questions, find_withheld(session, learner.id, now))


def look_at_answered(
    session: Session, learner: Account, attempt_id: AttemptId, now: datetime
) -> tuple[MarkedQuestionView, ...]:
    """Return the answered questions of a running attempt, where feedback is on during it.

    By default none is; then, and once the attempt is over, there are none: two statements at most.
    What of them may be told is for `Paper.shown` to say. Answers to them are final (`saving.save`).

    Raises:
        NotFoundError: no such attempt of this learner.
    """
    sitting = get_sitting(session, learner, attempt_id)
    shown = list_shown(sitting, now)
    if find_moment(sitting, now) != "during" or not shown & NEED_ATTEMPT:
        return ()
    questions = list_questions(session, attempt_id, passages=True)
    return tuple(_view(sitting, each, shown) for each in questions if each.answer.saves)


def make_result(
    sitting: Sitting,
    questions: tuple[AttemptQuestion, ...],
    shown: frozenset[Switch],
    now: datetime,
) -> Result:
    """Return the result with what `shown` allows."""
    attempt, assignment = sitting.attempt, sitting.assignment
    return Result(
        attempt_id=attempt.id,
        assignment_id=assignment.id,
        course_id=assignment.course_id,
        learner_id=attempt.learner_id,
        title=assignment.title,
        course_title=assignment.course_title,
        timezone=assignment.timezone,
        number=attempt.number,
        state=state_at(attempt.facts, attempt.clock, now),
        started_at=attempt.started_at,
        submitted_at=attempt.submitted_at or attempt.deadline_at,
        auto=attempt.auto or attempt.submitted_at is None,
        moment=find_moment(sitting, now),
        ends_at=find_end(sitting, now),
        shown=shown,
        score=attempt.score if "marks" in shown else None,
        questions=tuple(_view(sitting, each, shown) for each in questions),
        practice=assignment.practised_by is not None,
        archived=assignment.archived,
        left_out=0,
    )


def _leave_out(
    result: Result, asked: Sequence[AttemptQuestion], withheld: Collection[QuestionId]
) -> Result:
    """The result as if these questions had not been asked."""
    kept = [each for each in asked if each.question_id not in withheld]
    score = result.score
    return replace(
        result,
        questions=tuple(each for each in result.questions if each.question_id not in withheld),
        score=score and score_marks(kept, [each.mark for each in kept], score.credit),
        left_out=len(asked) - len(kept),
    )


def _view(sitting: Sitting, asked: AttemptQuestion, shown: frozenset[Switch]) -> MarkedQuestionView:
    marked = mark_answer(asked)
    attempt = sitting.attempt
    return MarkedQuestionView(
        question_id=asked.question_id,
        shown=show_question(asked, seed=attempt.seed, shuffled=attempt.shuffled),
        question=marked.question,
        response=marked.response,
        mark=marked.mark,
        fraction=asked.mark.counted,
        dropped=asked.mark.dropped,
        corrected=asked.mark.correction_id is not None,
        claim=asked.claim,
        granted=asked.mark.granted,
        passage=asked.passage if "passage" in shown else None,
    )
