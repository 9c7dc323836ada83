"""An answer: marked, logged, and the memory moved, in one transaction."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from quizapp.errors import ConflictError, NotFoundError
from quizapp.formats.questions_json import question_from_dict
from quizapp.kinds.marking import Mark, Response
from quizapp.kinds.question import FactKey, Question
from quizapp.kinds.registry import get_kind
from quizapp.memory import Grade, Parameters, advance, grade_marked
from quizapp.services.reviewing.asking import chance_of, find_guess, find_hint, list_shown, reps_of
from quizapp.services.reviewing.days import calendar_of, date_of
from quizapp.services.reviewing.habits import parameters_of, week_of
from quizapp.services.reviewing.intervals import choose_for, to_entry
from quizapp.services.reviewing.states import seed_of, to_stored
from quizapp.storage.accounts import Account
from quizapp.storage.asked import Asked, find_asked
from quizapp.storage.ids import FactId, QuestionId, ReviewId, StudyId
from quizapp.storage.introductions import move_on
from quizapp.storage.reviews import NewReview, add_review, find_key_use, put_memory

# Longer thinking than this counts as a pause.
MOST_THINKING = timedelta(seconds=60)
_MOMENT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """What the learner sent.

    `fact_id` is the fact that the question was shown for: one that asks for several is a review of
    that one alone. `expected_reps` is the number of reviews that the fact had when the question was
    shown, `key` the idempotency key, `fields` the form in which the question's kind finds the
    answer. `hinted` tells that they had the hint before them.
    """

    question_id: QuestionId
    fact_id: FactId
    expected_reps: int
    shown_at: datetime
    key: str
    fields: Mapping[str, str]
    hinted: bool = False


def answer(
    session: Session, account: Account, study_id: StudyId, submission: Submission, now: datetime
) -> ReviewId:
    """Mark and log an answer and move the memory; return the number of the review.

    The same key again returns the same review and changes nothing. Three statements, and a fourth
    for a new fact, for the choice of an interval, or for a key that was used.

    Raises:
        NotFoundError: no such question for this learner in this study session.
        InvalidError: the form holds no answer; nothing is logged.
        ConflictError: the fact was answered meanwhile, in another window or on another device; or
            the study session has ended; or the key served another answer. The caller rolls back.
    """
    asked = find_asked(
        session,
        learner_id=account.id,
        study_id=study_id,
        question_id=submission.question_id,
        fact_id=submission.fact_id,
        on=date_of(account, now),
    )
    if asked is None:
        raise NotFoundError("There is no such question in this study session.")
    question = question_from_dict(asked.body)
    kind = get_kind(question.kind)
    response = kind.parse(question, submission.fields)
    review = describe_review(account, study_id, submission, asked, question, response, now)
    parameters = parameters_of(account, asked.planned, asked.fit)
    interval = choose_for(session, week_of(account), asked.memory, review, parameters)
    review = replace(review, interval_days=interval)
    review_id = add_review(session, review)
    if review_id is None:
        return find_replayed(session, account, submission, response)
    _refuse_stale(asked, submission)
    _move_memory(session, review, review_id, asked, parameters)
    return review_id


def describe_review(
    account: Account,
    study_id: StudyId,
    submission: Submission,
    asked: Asked,
    question: Question,
    response: Response,
    now: datetime,
) -> NewReview:
    """Return the entry of the log for an answer that is given now, without a chosen interval."""
    memory = asked.memory
    # A clock that was set back must not put an answer before the one that it follows.
    at = memory.last_at + _MOMENT if memory and now < memory.last_at else now
    mark = get_kind(question.kind).mark(question, response)
    fraction = mark_fact(question, mark, asked.fact_key)
    seed = chance_of(account, asked.fact_id, submission.expected_reps)
    hint = find_hint(question, seed, asked.fact_key) if submission.hinted else None
    return NewReview(
        idempotency_key=submission.key,
        learner_id=account.id,
        fact_id=asked.fact_id,
        question_id=submission.question_id,
        study_id=study_id,
        at=at,
        arrived_at=at,
        study_day=calendar_of(account).study_day(at),
        was=memory.phase if memory else "new",
        grade=_grade(question, response, fraction),
        guess=find_guess(question, hint),
        fraction=fraction,
        given=response.given,
        response=response.text,
        shown=" ".join(map(str, list_shown(question, seed, hint))),
        duration_ms=measure_thinking(submission.shown_at, at),
        parameters=parameters_of(account, asked.planned, asked.fit).version,
        hints=int(hint is not None),
    )


def measure_thinking(shown_at: datetime, answered_at: datetime) -> int:
    """Return how long an answer took, in ms; a long pause counts as `MOST_THINKING`."""
    thinking = min(max(answered_at - shown_at, timedelta(0)), MOST_THINKING)
    return thinking // timedelta(milliseconds=1)


def mark_fact(question: Question, mark: Mark, fact_key: str) -> float:
    """Return one fact's own part of a mark; the whole mark where no fact has a part of its own."""
    if len(mark.parts) != len(question.facts):
        return mark.fraction  # Of a question that somebody wrote all parts belong to one fact.
    return mark.parts[question.facts.index(FactKey(fact_key))]


def _grade(question: Question, response: Response, fraction: float) -> Grade:
    """A flashcard is graded by the learner, everything else by the program."""
    if question.kind == "flashcard" and response.given:
        return Grade(int(response.text))
    return grade_marked(fraction)


def _refuse_stale(asked: Asked, submission: Submission) -> None:
    if asked.ended:
        raise ConflictError("This study session has ended, so the answer was not counted.")
    if submission.expected_reps != reps_of(asked.memory):
        raise ConflictError(_STALE)


_STALE = (
    "You answered this meanwhile in another window or on another device. "
    "That answer counts; this one was not stored."
)


def _move_memory(
    session: Session,
    review: NewReview,
    review_id: ReviewId,
    asked: Asked,
    parameters: Parameters,
) -> None:
    seed = seed_of(review.learner_id, review.fact_id)
    entry, registry = to_entry(review, number=review_id), {parameters.version: parameters}
    memory = advance(asked.memory, entry, seed=seed, registry=registry)
    stored = to_stored(memory, seed, review.question_id)
    moved = put_memory(
        session,
        learner_id=review.learner_id,
        fact_id=review.fact_id,
        stored=stored,
        expected_reps=reps_of(asked.memory),
    )
    if not moved:
        raise ConflictError(_STALE)
    if asked.memory is None:
        move_on(session, review.learner_id, review.fact_id)


def find_replayed(
    session: Session, account: Account, submission: Submission, response: Response
) -> ReviewId:
    """Return the review that the same answer made when it came before.

    Raises:
        ConflictError: the key served another answer.
    """
    used = find_key_use(session, account.id, submission.key)
    sent = (submission.question_id, submission.fact_id, response.text)
    if used is None or (used.question_id, used.fact_id, used.response) != sent:
        raise ConflictError("This answer's key was used for another answer; nothing was stored.")
    return used.review_id
