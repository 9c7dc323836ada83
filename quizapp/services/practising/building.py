"""A practice quiz is made and begun, from a wish or from what went wrong before."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from quizapp.errors import ConflictError, InvalidError, NotFoundError
from quizapp.formats.questions_json import question_from_dict
from quizapp.services.assigning.planning import LONGEST_TITLE
from quizapp.services.practising.planning import (
    Wish,
    check_wish,
    fits,
    make_rules,
    pick_questions,
)
from quizapp.services.quizzing.choosing import list_askable
from quizapp.services.quizzing.looking import get_sitting
from quizapp.services.quizzing.starting import start
from quizapp.services.quizzing.submitting import Result, look_back
from quizapp.services.quizzing.withholding import find_withheld
from quizapp.storage.accounts import Account
from quizapp.storage.assignments import (
    Content,
    Pick,
    VersionQuestion,
    add_assignment,
    list_version_questions,
)
from quizapp.storage.attempts import find_attempt_of_key, find_sitting
from quizapp.storage.corrections import list_dropped
from quizapp.storage.ids import AttemptId, QuestionId
from quizapp.storage.practising import (
    Practisable,
    count_open_practice,
    list_practisable,
    lock_practice,
)

MOST_OPEN = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """A practice quiz that was begun; `left_out` questions were kept for an open assignment."""

    attempt_id: AttemptId
    left_out: int = 0


def build(session: Session, learner: Account, wish: Wish, now: datetime, *, key: str) -> Built:
    """Make a practice quiz and begin it; the same idempotency key again is the same quiz.

    Its questions are drawn once. Those are left out that an assignment may still ask the learner.

    Raises:
        NotFoundError: no course of the learner teaches such a set, or it is archived.
        ConflictError: too many quizzes of the learner go on, or the key was used otherwise.
        InvalidError: no question is left, or a number cannot be used; the text says why.
    """
    check_wish(wish)
    lock_practice(session, learner.id, wish.course_id)
    begun = _find_begun(session, learner, key)
    if begun is not None:
        return begun
    offered = _get_practisable(session, learner, wish)
    questions = list_askable(list_version_questions(session, wish.version_id))
    wanted = [each for each in questions if fits(wish, question_from_dict(each.body))]
    return _begin(session, learner, offered, wanted, wish, now, key)


def build_again(
    session: Session, learner: Account, attempt_id: AttemptId, now: datetime, *, key: str
) -> Built:
    """Make a practice quiz of the questions of an attempt that were not wholly right.

    Raises:
        NotFoundError: no such attempt of this learner, or it is not told yet what was right in it;
            or as `build`.
        ConflictError, InvalidError: as `build`.
    """
    assignment = get_sitting(session, learner, attempt_id).assignment
    wish = Wish(course_id=assignment.course_id, version_id=assignment.version_id)
    lock_practice(session, learner.id, wish.course_id)
    begun = _find_begun(session, learner, key)
    if begun is not None:
        return begun
    offered = _get_practisable(session, learner, wish)
    result = get_told(session, learner, attempt_id, now)
    short = {each.question_id for each in result.questions if each.is_short}
    questions = list_version_questions(session, wish.version_id)
    wanted = [each for each in questions if each.id in short]
    return _begin(session, learner, offered, wanted, wish, now, key)


def get_told(session: Session, learner: Account, attempt_id: AttemptId, now: datetime) -> Result:
    """Return the result of an attempt that tells what was right in it.

    Raises:
        NotFoundError: no such attempt of this learner, or one that does not tell it yet.
    """
    result = look_back(session, learner, attempt_id, now)
    if result.state != "marked" or "correctness" not in result.shown:
        raise NotFoundError("It is not shown yet what was right in this attempt.")
    return result


def list_offered(
    questions: Sequence[VersionQuestion],
    dropped: Collection[QuestionId],
    withheld: Collection[QuestionId],
) -> tuple[list[VersionQuestion], int]:
    """Return the questions that may be practised now, and how many an open assignment keeps."""
    whole = [each for each in questions if each.id not in dropped]
    offered = [each for each in whole if each.id not in withheld]
    return offered, len(whole) - len(offered)


def _begin(
    session: Session,
    learner: Account,
    offered: Practisable,
    wanted: Sequence[VersionQuestion],
    wish: Wish,
    now: datetime,
    key: str,
) -> Built:
    if count_open_practice(session, learner.id, now) >= MOST_OPEN:
        raise ConflictError(
            f"You have {MOST_OPEN} practice quizzes in progress. Submit one of them first."
        )
    dropped = list_dropped(session, wish.course_id)
    withheld = find_withheld(session, learner.id, now)
    questions, left_out = list_offered(wanted, dropped, withheld)
    if not questions:
        raise InvalidError(_say_why_none(left_out))
    picked = pick_questions(questions, wish.most, f"practice:{learner.id}:{key}")
    assignment_id = add_assignment(
        session,
        course_id=wish.course_id,
        title=f"Practice: {offered.title}"[:LONGEST_TITLE],
        content=Content(
            version_id=wish.version_id,
            picking="list",
            picks=tuple(Pick(question_id=each) for each in picked),
        ),
        rules=make_rules(wish.minutes),
        password_hash=None,
        created_by=learner.id,
        now=now,
        practised_by=learner.id,
    )
    attempt_id = start(session, learner, assignment_id, now, key=key)
    return Built(attempt_id=attempt_id, left_out=left_out)


def _find_begun(session: Session, learner: Account, key: str) -> Built | None:
    used = find_attempt_of_key(session, learner.id, key)
    if used is None:
        return None
    sitting = find_sitting(session, learner.id, used.id)
    if sitting is None or sitting.assignment.practised_by is None:
        raise ConflictError("This form was used for another attempt; open the page again.")
    return Built(attempt_id=used.id)


def _get_practisable(session: Session, learner: Account, wish: Wish) -> Practisable:
    for each in list_practisable(session, learner.id):
        if (each.course_id, each.version_id) == (wish.course_id, wish.version_id):
            return each
    raise NotFoundError("No course of yours teaches this set any more, so it cannot be practised.")


def _say_why_none(left_out: int) -> str:
    if not left_out:
        return "No question of this set is like that. Choose more kinds or sections."
    return (
        "All of these questions are in an assignment that is still open to you. A practice quiz"
        " tells the right answers, so they can be practised when that is over."
    )
