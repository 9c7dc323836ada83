"""Problems told of questions."""

from datetime import datetime

from sqlalchemy.orm import Session

from quizapp.services.disputing import get_reportable, list_told, tell_problem
from quizapp.storage.accounts import Account
from quizapp.storage.ids import DisputeId, QuestionId, ReviewId
from tests.factories.people import MORNING


def make_dispute(
    session: Session,
    learner: Account,
    *,
    question: int = 1,
    reason: str = "key",
    text: str = "The right answer is another.",
    now: datetime = MORNING,
) -> DisputeId:
    """Let a learner tell a problem, and return its number."""
    about = get_reportable(session, learner, QuestionId(question), ReviewId(0))
    tell_problem(session, learner, about, reason=reason, text=text, now=now)
    return list_told(session, learner)[0].id
