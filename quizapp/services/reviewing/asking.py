"""The next question of a study session."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from quizapp.errors import NotFoundError
from quizapp.formats.questions_json import question_from_dict
from quizapp.kinds.hinting import Hint
from quizapp.kinds.question import FactKey, Question
from quizapp.kinds.registry import get_kind
from quizapp.memory import Grade, Memory, Parameters, preview
from quizapp.services.reviewing.days import calendar_of, queue_query
from quizapp.services.reviewing.habits import parameters_of
from quizapp.services.reviewing.order import Counts, count_waiting, order_waiting
from quizapp.services.reviewing.states import seed_of
from quizapp.services.reviewing.studies import start_study
from quizapp.services.reviewing.variants import choose_variant
from quizapp.storage.accounts import Account
from quizapp.storage.figures import StudyFigures
from quizapp.storage.ids import FactId, QuestionId, ReviewId, StudyId
from quizapp.storage.questions import Askable, Passage, Variant, find_askable
from quizapp.storage.queue import StudyQueue, find_study_queue
from quizapp.storage.scopes import EVERYTHING, Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """A question to put to the learner, and the fact that it is put for.

    `order` are the positions of the options as they are to be shown, `memory` what the learner
    remembers of the fact (None: it is new), `outcomes` the memory that each grade of a flashcard
    would lead to (else empty). `hint` is what is given away to who asks for it, which a `hinted`
    one did; `last_review_id` is the answer that may be undone, if any.
    """

    study: StudyFigures
    counts: Counts
    last_review_id: ReviewId | None
    question_id: QuestionId
    fact_id: FactId
    question: Question
    passage: Passage
    order: tuple[int, ...]
    memory: Memory | None
    flagged: bool
    outcomes: dict[Grade, Memory]
    hint: Hint | None
    hinted: bool

    @property
    def reps(self) -> int:
        """The number of reviews of the fact so far."""
        return reps_of(self.memory)


def ask_next(
    session: Session,
    account: Account,
    study_id: StudyId,
    now: datetime,
    *,
    hinted_id: str = "",
) -> Asking | None:
    """Return the question that the learner has before them, None if nothing waits.

    If it is the one with the number `hinted_id`, it comes with its hint.
    The same one comes until it is answered: everything by chance is fixed by learner, fact and
    number of reviews. Two statements.

    Raises:
        NotFoundError: no such study session of this learner.
    """
    query = queue_query(account, now)
    found = find_study_queue(session, query, study_id)
    if found is None:
        raise NotFoundError("There is no such study session.")
    if not found.waiting:
        return None
    backlog = account.reviews_per_day
    first, *_ = order_waiting(found.waiting, now=now, today=query.today, backlog=backlog)
    askable = find_askable(session, account.id, first.fact_id, date.fromordinal(query.today))
    assert askable is not None
    return ask(account, found, askable, now, hinted_id=hinted_id)


def start_asking(
    session: Session, account: Account, now: datetime, scope: Scope | None
) -> StudyId | None:
    """Start or resume a study session in which something waits; None if nothing does.

    Without a scope the open one is resumed; if it has come to its end, one that asks everything
    follows. Where None is returned the caller rolls back.

    Raises:
        NotFoundError: no course of this learner teaches what the scope names.
    """
    for wanted in (scope, EVERYTHING) if scope is None else (scope,):
        study_id = start_study(session, account, now, wanted)
        if ask_next(session, account, study_id, now) is not None:
            return study_id
    return None


def chance_of(account: Account, fact_id: FactId, reps: int) -> str:
    """Return what fixes the choice of a variant and the order of its options."""
    return f"{seed_of(account.id, fact_id)}:{reps}"


def reps_of(memory: Memory | None) -> int:
    """Return the number of reviews so far."""
    return memory.reps if memory else 0


def show_order(question: Question, seed: str) -> tuple[int, ...]:
    """Return the positions of the options in the order to show them."""
    return tuple(get_kind(question.kind).order(question, seed))


def list_shown(question: Question, seed: str, hint: Hint | None) -> tuple[int, ...]:
    """Return the positions of the options as shown, without those that the hint takes away."""
    removed = hint.removed if hint else ()
    return tuple(place for place in show_order(question, seed) if place not in removed)


def find_guess(question: Question, hint: Hint | None) -> float:
    """Return the probability of a right answer by chance, which a hint raises."""
    return max(question.guess, hint.guess) if hint else question.guess


def find_hint(question: Question, seed: str, fact_key: str) -> Hint | None:
    """Return the hint that goes with a question which is asked for one of its facts."""
    return get_kind(question.kind).hint(question, seed, FactKey(fact_key))


def ask(
    account: Account,
    found: StudyQueue,
    askable: Askable,
    now: datetime,
    *,
    hinted_id: str = "",
) -> Asking:
    """Return one of the questions of a fact, chosen by what the learner remembers of it."""
    remembered = askable.remembered
    memory = remembered.memory if remembered else None
    seed = chance_of(account, askable.variants[0].fact_id, reps_of(memory))
    variant = choose_variant(remembered, askable.variants, seed=seed)
    question = question_from_dict(variant.body)
    parameters = parameters_of(account, askable.planned, askable.fit)
    hint = find_hint(question, seed, variant.fact_key)
    given = hint if hinted_id == str(variant.id) else None
    return Asking(
        study=found.study,
        counts=count_waiting(found.waiting),
        last_review_id=found.last_review_id,
        question_id=variant.id,
        fact_id=variant.fact_id,
        question=question,
        passage=variant.passage,
        order=list_shown(question, seed, given),
        memory=memory,
        flagged=askable.flagged,
        outcomes=_outcomes(account, variant, find_guess(question, given), memory, parameters, now),
        hint=hint,
        hinted=given is not None,
    )


def _outcomes(
    account: Account,
    variant: Variant,
    guess: float,
    memory: Memory | None,
    parameters: Parameters,
    now: datetime,
) -> dict[Grade, Memory]:
    if variant.kind != "flashcard":
        return {}
    return preview(
        memory,
        at=now,
        study_day=calendar_of(account).study_day(now),
        guess=guess,
        # Which day of those around it comes is chosen by what else is due once the answer is there.
        parameters=replace(parameters, fuzz=False),
        seed=seed_of(account.id, variant.fact_id),
    )
