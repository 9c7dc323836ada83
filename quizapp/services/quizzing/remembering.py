"""First, unaided answers of an attempt go into the learner's log and memory.

Of each fact the first answer in an assignment counts: whoever sits it once more has seen what was
right. The way is that of a review (`reviewing.answering`): log, then memory, so that a memory stays
the fold of its log. All memories are moved before the mark of how far the learner has come, in the
order that a review takes its locks in.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from quizapp.errors import BusyError
from quizapp.memory import Memory, Parameters, advance, grade_marked
from quizapp.services.quizzing.marking import MarkedAnswer
from quizapp.services.quizzing.showing import mask_question, order_shown
from quizapp.services.reviewing.answering import mark_fact
from quizapp.services.reviewing.days import calendar_of, date_of
from quizapp.services.reviewing.habits import parameters_of
from quizapp.services.reviewing.intervals import to_entry
from quizapp.services.reviewing.states import seed_of, to_stored
from quizapp.storage.attempts import AttemptRecord
from quizapp.storage.ids import ReviewId, StudyId
from quizapp.storage.introductions import move_on
from quizapp.storage.plans import list_rules
from quizapp.storage.recalling import (
    AskedFact,
    Days,
    add_attempt_study,
    find_days,
    list_asked_facts,
    list_first_met,
    lock_memories,
)
from quizapp.storage.reviews import NewReview, add_review, put_memory


@dataclass(frozen=True, slots=True, kw_only=True)
class Met:
    """An answer that is to be logged as a review of a fact."""

    fact: AskedFact
    answer: MarkedAnswer


def remember_answers(
    session: Session, attempt: AttemptRecord, answers: Sequence[MarkedAnswer], now: datetime
) -> None:
    """Log what an attempt says of each fact that its assignment had not asked before.

    Raises:
        BusyError: the learner answers the same fact elsewhere at this moment; the caller rolls back
            and tries again.
    """
    met = _list_met(session, attempt, answers)
    if met:
        study_id = add_attempt_study(session, attempt, now)
        log_answers(session, attempt, study_id, met, now)


def log_answers(
    session: Session,
    attempt: AttemptRecord,
    study_id: StudyId,
    met: Sequence[Met],
    now: datetime,
    *,
    again: bool = False,
) -> None:
    """Log answers of an attempt, and move the memories of their facts, which come in order.

    `again` gives them keys of their own, beside those of the submission.

    Raises:
        BusyError: as `remember_answers`.
    """
    days = find_days(session, attempt.learner_id)
    facts = [each.fact.fact_id for each in met]
    today = date_of(days, now)
    rules = list_rules(session, attempt.learner_id, facts, today)
    memories = lock_memories(session, attempt.learner_id, facts)
    first_new = None
    for each in met:
        memory = memories.get(each.fact.fact_id)
        rule = rules[each.fact.fact_id]
        parameters = parameters_of(days, rule.retention, rule.fit)
        review = _review(attempt, study_id, days, each, memory, now, parameters)
        if again:
            review = replace(review, idempotency_key=f"{review.idempotency_key}-again")
        review_id = add_review(session, review)
        if review_id is None:
            continue
        _move_memory(session, review, review_id, memory, parameters)
        if memory is None:
            first_new = first_new or each.fact.fact_id
    if first_new is not None:
        # All are facts of one version, whose mark moves over everything that is known by now.
        move_on(session, attempt.learner_id, first_new)


def _list_met(
    session: Session, attempt: AttemptRecord, answers: Sequence[MarkedAnswer]
) -> list[Met]:
    """The answers that count, by fact, so that everyone locks in the same order."""
    answered = {each.asked.question_id: each for each in answers if _counts(each)}
    facts = list_asked_facts(session, list(answered))
    known = set(list_first_met(session, attempt))
    first: dict[int, Met] = {}
    for fact in facts:
        each = Met(fact=fact, answer=answered[fact.question_id])
        former = first.get(fact.fact_id)
        if fact.fact_id in known:
            continue
        if former is None or each.answer.asked.position < former.answer.asked.position:
            first[fact.fact_id] = each
    return [first[fact_id] for fact_id in sorted(first)]


def _counts(answer: MarkedAnswer) -> bool:
    return answer.is_answered and not answer.dropped


def _review(
    attempt: AttemptRecord,
    study_id: StudyId,
    days: Days,
    met: Met,
    memory: Memory | None,
    now: datetime,
    parameters: Parameters,
) -> NewReview:
    answer, asked = met.answer, met.answer.asked
    at = _find_instant(asked.answer.saved_at or now, memory, now)
    fraction = mark_fact(answer.question, answer.mark, met.fact.fact_key)
    masked = mask_question(answer.question)
    order = order_shown(masked, attempt.seed, asked.position, shuffled=attempt.shuffled)
    return NewReview(
        idempotency_key=f"attempt-{attempt.id}-{asked.position}-{met.fact.fact_id}",
        learner_id=attempt.learner_id,
        fact_id=met.fact.fact_id,
        question_id=asked.question_id,
        study_id=study_id,
        at=at,
        arrived_at=max(now, at),
        study_day=calendar_of(days).study_day(at),
        was=memory.phase if memory else "new",
        grade=grade_marked(fraction),
        guess=answer.question.guess,
        fraction=fraction,
        given=answer.response.given,
        response=answer.response.text,
        shown=" ".join(map(str, order)),
        duration_ms=0,
        parameters=parameters.version,
    )


def _find_instant(saved_at: datetime, memory: Memory | None, now: datetime) -> datetime:
    """When the answer was given; if the fact was reviewed since then, after that review."""
    if memory is None or saved_at > memory.last_at:
        return saved_at
    return max(now, memory.last_at + timedelta(microseconds=1))


def _move_memory(
    session: Session,
    review: NewReview,
    review_id: ReviewId,
    memory: Memory | None,
    parameters: Parameters,
) -> None:
    seed = seed_of(review.learner_id, review.fact_id)
    entry, registry = to_entry(review, number=review_id), {parameters.version: parameters}
    moved = put_memory(
        session,
        learner_id=review.learner_id,
        fact_id=review.fact_id,
        stored=to_stored(
            advance(memory, entry, seed=seed, registry=registry), seed, review.question_id
        ),
        expected_reps=memory.reps if memory else 0,
    )
    if not moved:
        raise BusyError("An answer of yours to the same fact is being stored; try again.")
