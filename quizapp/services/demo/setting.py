"""What the instructor of the demonstration sets: sections, a closed quiz and an open test."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from sqlalchemy.orm import Session

from quizapp.attempts.overrides import Override
from quizapp.attempts.rules import AssignmentRules, CreditStep
from quizapp.services.assigning.creating import create, publish
from quizapp.services.assigning.overriding import override
from quizapp.services.assigning.planning import Plan
from quizapp.services.courses.grouping import create_section, move_learners
from quizapp.services.quizzing.choosing import list_askable
from quizapp.storage.accounts import Account
from quizapp.storage.assignments import Content, Pick, VersionQuestion, list_version_questions
from quizapp.storage.ids import AssignmentId, CourseId, QuestionId, VersionId
from quizapp.storage.overrides import Whose
from quizapp.storage.recalling import list_asked_facts
from quizapp.storage.sections import list_sections

QUESTIONS = 12
TIME_LIMIT = timedelta(minutes=45)
_TIME_FACTOR = 1.5
_LATE_CREDIT = 0.8
_TEST_OPEN_FOR, _TEST_OPEN_YET = timedelta(days=2), timedelta(days=5)
# Which of the choices of the quiz, from 0.
_MISREAD = 2
_SECTIONS = ("Monday group", "Thursday group")
# The first third of the questions, in the order in which facts are taught, was mostly studied.
_STUDIED_PARTS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """What the learners sit: the ids, and when each of the two opens and stops to earn all.

    `misread` is the question of the quiz that many who know the matter get wrong, so that its
    report has something to tell; it is talked over, and the test asks it again.
    """

    quiz_id: AssignmentId
    quiz_opens: datetime
    quiz_due: datetime
    quiz_closes: datetime
    test_id: AssignmentId
    test_opens: datetime
    misread: QuestionId


def set_term(
    session: Session, instructor: Account, course_id: CourseId, version_id: VersionId, now: datetime
) -> Term:
    """Publish a quiz that closed eleven days before `now`, and a test on time that is open."""
    today = now.replace(hour=0, minute=0, second=0, microsecond=0)
    opens, due, closes = (today - timedelta(days=days) for days in (21, 14, 11))
    quiz, test = _rule_quiz(opens, due, closes), _rule_test(today)
    questions = _list_as_taught(session, version_id)
    first, second = _pick_twice(questions)
    choices = {each.id for each in questions if each.kind == "choice"}
    quiz_content = Content(version_id=version_id, picking="list", picks=first)
    misread = [each for each in first if each.question_id in choices][_MISREAD]
    again = (*second[:-1], misread)
    test_content = Content(version_id=version_id, picking="list", picks=again)
    set_at = opens - timedelta(days=1)
    quiz_plan = Plan(title="Midway quiz", content=quiz_content, rules=quiz)
    test_plan = Plan(title="Timed test", content=test_content, rules=test)
    return Term(
        quiz_id=_set(session, instructor, course_id, quiz_plan, set_at),
        quiz_opens=opens,
        quiz_due=due,
        quiz_closes=closes,
        test_id=_set(session, instructor, course_id, test_plan, set_at),
        test_opens=today - _TEST_OPEN_FOR,
        misread=misread.question_id,
    )


def _rule_quiz(opens: datetime, due: datetime, closes: datetime) -> AssignmentRules:
    return AssignmentRules(
        opens_at=opens,
        due_at=due,
        closes_at=closes,
        late=(CreditStep(until=closes, credit=_LATE_CREDIT),),
        practice=False,
        attempts_allowed=1,
    )


def _rule_test(today: datetime) -> AssignmentRules:
    ends = today + _TEST_OPEN_YET
    return AssignmentRules(
        opens_at=today - _TEST_OPEN_FOR,
        due_at=ends,
        closes_at=ends,
        practice=False,
        time_limit=TIME_LIMIT,
        attempts_allowed=1,
        shuffle_questions=True,
        layout="all",
    )


def form_sections(
    session: Session,
    instructor: Account,
    course_id: CourseId,
    learners: Sequence[Account],
    now: datetime,
) -> None:
    """Part the learners between two sections by turns."""
    for title in _SECTIONS:
        create_section(session, instructor, course_id, title)
    for turn, section in enumerate(list_sections(session, course_id)):
        members = [each.id for each in learners[turn :: len(_SECTIONS)]]
        move_learners(session, instructor, course_id, section.id, members, now, into=True)


def give_extra_time(
    session: Session, instructor: Account, term: Term, learner: Account, now: datetime
) -> None:
    """Give one learner half as much time again for the test."""
    different = Override(time_factor=_TIME_FACTOR)
    override(session, instructor, term.test_id, Whose(learner_id=learner.id), different, now)


def _set(
    session: Session, instructor: Account, course_id: CourseId, plan: Plan, now: datetime
) -> AssignmentId:
    assignment_id = create(session, instructor, course_id, plan, now)
    publish(session, instructor, assignment_id)
    return assignment_id


def _list_as_taught(session: Session, version_id: VersionId) -> list[VersionQuestion]:
    """The questions in the order of the last of their facts; facts are numbered as taught."""
    askable = list_askable(list_version_questions(session, version_id))
    last: dict[QuestionId, int] = {}
    for each in list_asked_facts(session, [question.id for question in askable]):
        last[each.question_id] = max(each.fact_id, last.get(each.question_id, 0))
    return sorted(askable, key=lambda question: (last[question.id], question.id))


def _pick_twice(
    questions: Sequence[VersionQuestion],
) -> tuple[tuple[Pick, ...], tuple[Pick, ...]]:
    """Pick different questions for both from those taught first, of every kind by turns."""
    studied = questions[: max(len(questions) // _STUDIED_PARTS, 2 * QUESTIONS)]
    shuffled = Random(0).sample(studied, len(studied))  # noqa: S311 - a simulation
    turns: dict[str, int] = {}
    order: list[tuple[int, str, VersionQuestion]] = []
    for each in shuffled:
        turns[each.kind] = turns.get(each.kind, 0) + 1
        order.append((turns[each.kind], each.kind, each))
    order.sort(key=lambda each: each[:2])
    chosen = [Pick(question_id=each.id) for _, _, each in order[: 2 * QUESTIONS]]
    return tuple(chosen[::2]), tuple(chosen[1::2])
