"""An attempt as those see it who teach: with all keys, whatever its learner may see."""

from datetime import datetime

from sqlalchemy.orm import Session

from quizapp.attempts.switches import SWITCHES
from quizapp.errors import NotFoundError
from quizapp.services.courses.access import get_taught
from quizapp.services.quizzing.submitting import Result, make_result
from quizapp.storage.accounts import Account
from quizapp.storage.attempts import find_any_sitting
from quizapp.storage.ids import AttemptId
from quizapp.storage.responses import list_questions


def inspect(session: Session, person: Account, attempt_id: AttemptId, now: datetime) -> Result:
    """Return an attempt with everything that is known of it: three statements.

    Raises:
        NotFoundError: no such attempt in a course that this person teaches or assists in.
    """
    sitting = find_any_sitting(session, attempt_id)
    if sitting is None or sitting.assignment.practised_by is not None:
        raise NotFoundError("There is no such attempt in a course of yours.")
    get_taught(session, person, sitting.assignment.course_id)
    questions = list_questions(session, attempt_id, passages=True)
    return make_result(sitting, questions, frozenset(SWITCHES), now)
