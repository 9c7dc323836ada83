"""What the learner sees after an answer."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from quizapp.errors import NotFoundError
from quizapp.formats.questions_json import question_from_dict
from quizapp.kinds.marking import Mark, Response
from quizapp.kinds.question import Question
from quizapp.kinds.registry import get_kind
from quizapp.memory import Grade, Memory, due_instant, is_marked_anew
from quizapp.services.reviewing.days import calendar_of, queue_query
from quizapp.services.reviewing.order import Counts, count_waiting
from quizapp.storage.accounts import Account
from quizapp.storage.figures import StudyFigures
from quizapp.storage.ids import FactId, QuestionId, ReviewId, StudyId
from quizapp.storage.logged import LoggedReview, find_review
from quizapp.storage.questions import Passage
from quizapp.storage.queue import find_study_queue


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """A marked answer.

    `order` are the positions of the options as they were shown, `mark` is that of the whole answer.
    `fact_key` names the fact that the review was of; `fraction` is what the answer counts for it,
    `memory` what is remembered of it now. `forgotten` is the number of lapses if this answer made
    the fact a leech, or one once more; else 0.
    """

    study: StudyFigures
    counts: Counts
    review_id: ReviewId
    question_id: QuestionId
    question: Question
    passage: Passage
    order: tuple[int, ...]
    response: Response
    mark: Mark
    fact_id: FactId
    fact_key: str
    fraction: float
    memory: Memory | None
    flagged: bool
    forgotten: int
    hinted: bool
    due: datetime | None
    undone: bool
    can_undo: bool

    @property
    def right(self) -> bool:
        """Whether the answer earned the whole mark."""
        return self.mark.right


def look_back(
    session: Session, account: Account, study_id: StudyId, review_id: ReviewId, now: datetime
) -> Feedback:
    """Return the feedback on an answer, in two statements.

    Raises:
        NotFoundError: no such answer of this learner in this study session.
    """
    review = find_review(session, account.id, review_id)
    found = find_study_queue(session, queue_query(account, now), study_id)
    if review is None or found is None or review.study_id != study_id:
        raise NotFoundError("There is no such answer.")
    calendar = calendar_of(account)
    question = question_from_dict(review.variant.body)
    response = Response(text=review.response, given=review.given)
    return Feedback(
        study=found.study,
        counts=count_waiting(found.waiting),
        review_id=review_id,
        question_id=review.variant.id,
        question=question,
        passage=review.variant.passage,
        order=tuple(map(int, review.shown.split())),
        response=response,
        mark=get_kind(question.kind).mark(question, response),
        fact_id=review.variant.fact_id,
        fact_key=review.variant.fact_key,
        fraction=review.fraction,
        memory=review.memory,
        flagged=review.flagged,
        forgotten=_count_lapses(review),
        hinted=review.hints > 0,
        due=due_instant(review.memory, calendar) if review.memory else None,
        undone=review.undone,
        can_undo=_may_undo(review),
    )


def _may_undo(review: LoggedReview) -> bool:
    return review.is_last and review.is_recent and not (review.undone or review.of_attempt)


def _count_lapses(review: LoggedReview) -> int:
    """Return how often the fact was forgotten, where this answer makes that worth a word."""
    memory = review.memory
    lapsed = review.was == "review" and review.grade == Grade.AGAIN
    if not lapsed or memory is None or memory.last_at != review.at:
        return 0
    return memory.lapses if is_marked_anew(memory.lapses) else 0
