"""What went wrong in an attempt comes up in the learner's reviews.

Of each fact the first answer was logged when the attempt was submitted, so a wrong first answer is
in the reviews already. What is missing are wrong answers that were not the first to their fact, and
questions that were left empty. The learner may add those: each is logged as the answer that it was,
an empty one as not known, and the memory moves as after any review. So the memory stays the fold of
the log, and the log holds nothing but answers that were given. A fact that was reviewed since the
submission is left alone: what is known of it is newer than the attempt.
"""

from datetime import datetime

from sqlalchemy.orm import Session

from quizapp.errors import ConflictError
from quizapp.memory import Grade, grade_marked
from quizapp.services.practising.building import get_told
from quizapp.services.quizzing.looking import get_sitting
from quizapp.services.quizzing.marking import mark_answer
from quizapp.services.quizzing.remembering import Met, log_answers
from quizapp.services.quizzing.submitting import MarkedQuestionView, Result
from quizapp.services.reviewing.answering import mark_fact
from quizapp.storage.accounts import Account
from quizapp.storage.attempts import lock_sitting
from quizapp.storage.ids import AttemptId
from quizapp.storage.recalling import (
    AskedFact,
    MissedFact,
    add_attempt_study,
    find_attempt_study,
    list_missed,
)
from quizapp.storage.responses import list_questions


def list_to_add(session: Session, result: Result) -> tuple[AskedFact, ...]:
    """Return the facts that went wrong and are missing in the reviews, each once: one statement."""
    short = {each.question_id: each for each in result.questions if each.is_short}
    found = list_missed(session, result.learner_id, result.attempt_id, list(short))
    missing = {
        each.fact.fact_id: each.fact
        for each in reversed(found)
        if _is_missing(each, result) and _is_wrong(short[each.fact.question_id], each.fact)
    }
    return tuple(missing[fact_id] for fact_id in sorted(missing))


def add_missing(session: Session, learner: Account, attempt_id: AttemptId, now: datetime) -> int:
    """Log what `list_to_add` returns, and return how many facts that are; again it is none.

    Raises:
        NotFoundError: no such attempt of this learner, or it is not told yet what was right in it.
        ConflictError: the course is archived, so that it adds nothing new.
        BusyError: the learner answers one of the facts elsewhere at this moment.
    """
    get_sitting(session, learner, attempt_id)
    sitting = lock_sitting(session, attempt_id)
    assert sitting is not None
    result = get_told(session, learner, attempt_id, now)
    if result.archived:
        raise ConflictError("This course is archived, so it adds nothing to your reviews.")
    facts = list_to_add(session, result)
    answers = {each.question_id: mark_answer(each) for each in list_questions(session, attempt_id)}
    met = [Met(fact=fact, answer=answers[fact.question_id]) for fact in facts]
    if met:
        study_id = find_attempt_study(session, attempt_id)
        study_id = study_id or add_attempt_study(session, sitting.attempt, now)
        log_answers(session, sitting.attempt, study_id, met, now, again=True)
    return len(met)


def _is_missing(missed: MissedFact, result: Result) -> bool:
    if missed.logged:
        return False
    since = result.submitted_at
    return missed.last_at is None or since is None or missed.last_at <= since


def _is_wrong(view: MarkedQuestionView, fact: AskedFact) -> bool:
    """Whether the fact's own part of the mark is one that a review counts as forgotten."""
    fraction = mark_fact(view.question, view.mark, fact.fact_key)
    return grade_marked(max(fraction, view.granted or 0.0)) is Grade.AGAIN
