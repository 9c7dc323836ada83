"""Questions whose keys a learner may not see now, since an assignment still asks them for marks.

A practice quiz tells the right answers as soon as it is submitted. So it never asks such a
question, and where an assignment came later, its result is silent about it until that is over.
"""

from datetime import datetime

from sqlalchemy.orm import Session

from quizapp.attempts.states import close_if_over, may_still_sit
from quizapp.storage.attempts import AttemptRecord, list_attempts
from quizapp.storage.ids import AccountId, AssignmentId, QuestionId
from quizapp.storage.overrides import list_for_learner
from quizapp.storage.withholding import list_withheld


def find_withheld(session: Session, learner_id: AccountId, now: datetime) -> frozenset[QuestionId]:
    """Return the questions of assignments that the learner may still sit: three statements.

    Those that open later are among them.
    """
    attempts: dict[AssignmentId, list[AttemptRecord]] = {}
    for each in list_attempts(session, learner_id):
        attempts.setdefault(each.assignment_id, []).append(each)
    still_open = []
    for assignment, overrides in list_for_learner(session, learner_id):
        own = attempts.get(assignment.id, [])
        stand = [close_if_over(each.facts, each.clock, now) for each in own]
        if may_still_sit(overrides.resolve(assignment.rules), stand, now):
            still_open.append(assignment)
    return list_withheld(session, learner_id, still_open, now)
