"""What lies before a learner who practises: what there is to choose from, and their own quizzes."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from quizapp.attempts.states import State, close_if_over, state_at
from quizapp.errors import NotFoundError
from quizapp.formats.questions_json import question_from_dict
from quizapp.services.practising.building import list_offered
from quizapp.services.practising.missing import list_to_add
from quizapp.services.quizzing.choosing import list_askable
from quizapp.services.quizzing.submitting import Result
from quizapp.services.quizzing.withholding import find_withheld
from quizapp.storage.accounts import Account
from quizapp.storage.assignments import list_version_questions
from quizapp.storage.corrections import list_dropped
from quizapp.storage.ids import AttemptId, CourseId, QuestionId, VersionId
from quizapp.storage.practising import Practisable, Practised, list_practice, list_practisable

MOST_LISTED = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What can be chosen from a set: questions by kind and by section, in the set's order.

    `left_out` questions cannot, since an assignment may still ask them.
    """

    of: Practisable
    questions: int
    left_out: int
    kinds: Mapping[str, int] = field(default_factory=dict)
    sections: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnPractice:
    """A practice quiz as it stands now.

    `share` is None before it is marked, and while an assignment asks one of its questions.
    """

    attempt_id: AttemptId
    title: str
    course_title: str
    questions: int
    state: State
    started_at: datetime
    submitted_at: datetime | None
    share: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeDesk:
    """All sets that can be practised, what there is in one of them, and the learner's quizzes."""

    sets: tuple[Practisable, ...]
    choice: Choice | None
    quizzes: tuple[OwnPractice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Afterwards:
    """What can be done with what went wrong.

    So many questions can be asked `again`, others are `kept` for an assignment that is still open,
    and so many facts can be added to the reviews.
    """

    again: int
    kept: int
    to_add: int


def look_at_practice(
    session: Session,
    learner: Account,
    now: datetime,
    chosen: tuple[CourseId, VersionId] | None = None,
) -> PracticeDesk:
    """Return what a learner can practise: seven statements. Nothing chosen, it is the first set.

    Raises:
        NotFoundError: no course of the learner teaches what was chosen.
    """
    sets = list_practisable(session, learner.id)
    found = [each for each in sets if chosen in {None, (each.course_id, each.version_id)}]
    if chosen is not None and not found:
        raise NotFoundError("No course of yours teaches such a set.")
    withheld = find_withheld(session, learner.id, now)
    quizzes = list_practice(session, learner.id, withheld, most=MOST_LISTED)
    return PracticeDesk(
        sets=sets,
        choice=_open_set(session, found[0], withheld) if found else None,
        quizzes=tuple(_show(each, now) for each in quizzes),
    )


def look_afterwards(
    session: Session, learner: Account, result: Result, now: datetime
) -> Afterwards | None:
    """Return what can be done after an attempt: at most four statements.

    None if nothing went wrong, or it is not told yet what did, or the course is archived.
    """
    if result.state != "marked" or "correctness" not in result.shown or result.archived:
        return None
    short = {each.question_id for each in result.questions if each.is_short}
    if not short:
        return None
    # What a result of a practice quiz tells is not withheld.
    kept = short & find_withheld(session, learner.id, now) if not result.practice else set()
    return Afterwards(
        again=len(short) - len(kept), kept=len(kept), to_add=len(list_to_add(session, result))
    )


def _open_set(session: Session, chosen: Practisable, withheld: Collection[QuestionId]) -> Choice:
    questions = list_askable(list_version_questions(session, chosen.version_id))
    dropped = list_dropped(session, chosen.course_id)
    offered, left_out = list_offered(questions, dropped, withheld)
    read = [question_from_dict(each.body) for each in offered]
    return Choice(
        of=chosen,
        questions=len(read),
        left_out=left_out,
        kinds=Counter(each.kind for each in read),
        sections=Counter(each.source.section for each in read),
    )


def _show(practised: Practised, now: datetime) -> OwnPractice:
    attempt = practised.attempt
    return OwnPractice(
        attempt_id=attempt.id,
        title=practised.title,
        course_title=practised.course_title,
        questions=practised.questions,
        state=state_at(attempt.facts, attempt.clock, now),
        started_at=attempt.started_at,
        submitted_at=close_if_over(attempt.facts, attempt.clock, now).submitted_at,
        share=None if practised.withheld or not attempt.score else attempt.score.share,
    )
