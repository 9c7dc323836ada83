"""All answers to one question of an assignment, as they were given, and which of them are equal."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from sqlalchemy.orm import Session

from quizapp.errors import NotFoundError
from quizapp.formats.questions_json import question_from_dict
from quizapp.kinds.question import Question
from quizapp.kinds.writing import write_answer
from quizapp.services.assigning.access import get_assignment
from quizapp.services.reporting.questions import read_answer
from quizapp.services.reporting.values import AnswerGroup, ResponseLine, ResponsePage
from quizapp.storage.accounts import Account
from quizapp.storage.assignments import Assignment
from quizapp.storage.ids import AssignmentId, CourseId, QuestionId
from quizapp.storage.question_reports import (
    AnswerCount,
    GivenAnswer,
    count_answers,
    list_given_answers,
)
from quizapp.storage.score_reports import ReportedQuestion, list_reported_questions

PAGE_SIZE: Final = 50


def list_responses(
    session: Session,
    person: Account,
    course_id: CourseId,
    assignment_id: AssignmentId,
    question_id: QuestionId,
    page: int = 1,
) -> ResponsePage:
    """Return a page of the answers in all marked attempts: four statements.

    A page after the last one is the last one.

    Raises:
        NotFoundError: no such assignment of this course for this person, or no such question in it.
    """
    assignment = get_assignment_of(session, person, course_id, assignment_id)
    reported = get_reported(session, assignment, question_id)
    question = question_from_dict(reported.corrected_body or reported.body)
    counted = count_answers(session, assignment_id, question_id)
    total = sum(each.count for each in counted)
    pages = max(-(-total // PAGE_SIZE), 1)
    page = min(max(page, 1), pages)
    groups = _group(question, counted)
    return ResponsePage(
        course_id=course_id,
        course_title=assignment.course_title,
        timezone=assignment.timezone,
        assignment_id=assignment_id,
        title=assignment.title,
        question_id=question_id,
        question=question,
        dropped=reported.correction_id is not None and reported.corrected_body is None,
        total=total,
        page=page,
        pages=pages,
        lines=_list_lines(session, assignment_id, question_id, question, groups, page),
        groups=groups,
    )


def get_assignment_of(
    session: Session, person: Account, course_id: CourseId, assignment_id: AssignmentId
) -> Assignment:
    """Return an assignment of this very course, for its staff.

    Raises:
        NotFoundError: no such assignment of this course for this person.
    """
    assignment = get_assignment(session, person, assignment_id)
    if assignment.course_id != course_id:
        raise NotFoundError("This course has no such assignment.")
    return assignment


def get_reported(
    session: Session, assignment: Assignment, question_id: QuestionId
) -> ReportedQuestion:
    """Return a question of the assignment's version.

    Raises:
        NotFoundError: it is of no such version.
    """
    found = list_reported_questions(session, assignment.id, assignment.course_id, [question_id])
    if not found:
        raise NotFoundError("This assignment asks no such question.")
    return found[0]


def _list_lines(
    session: Session,
    assignment_id: AssignmentId,
    question_id: QuestionId,
    question: Question,
    groups: Sequence[AnswerGroup],
    page: int,
) -> tuple[ResponseLine, ...]:
    equal = {_fold(each.answer): each.count for each in groups}
    skipped = (page - 1) * PAGE_SIZE
    found = list_given_answers(session, assignment_id, question_id, skipped=skipped, most=PAGE_SIZE)
    return tuple(_describe(question, each, equal) for each in found)


def _write(question: Question, response: str, *, given: bool, answered: bool) -> str | None:
    """The answer in words, as it was typed where the key's kind cannot read it."""
    if not answered:
        return None
    read = read_answer(question, response if given else None)
    return write_answer(question, read) if read.given or not given else response


def _group(question: Question, counted: Sequence[AnswerCount]) -> tuple[AnswerGroup, ...]:
    """The answers in words; those that earn more stand for those that differ only in writing."""
    counts: Counter[str | None] = Counter()
    best: dict[str | None, AnswerGroup] = {}
    for each in sorted(counted, key=lambda one: (-one.count, one.response)):
        answered = each.fraction is not None
        answer = _write(question, each.response, given=each.given, answered=answered)
        folded = _fold(answer)
        counts[folded] += each.count
        former = best.get(folded)
        if former is None or (each.fraction or 0.0) > (former.fraction or 0.0):
            best[folded] = AnswerGroup(answer=answer, count=0, fraction=each.fraction)
    return tuple(
        AnswerGroup(answer=best[folded].answer, count=count, fraction=best[folded].fraction)
        for folded, count in sorted(counts.items(), key=lambda item: (-item[1], item[0] or ""))
    )


def _describe(
    question: Question, each: GivenAnswer, equal: Mapping[str | None, int]
) -> ResponseLine:
    answer = _write(question, each.response, given=each.given, answered=each.fraction is not None)
    since = each.before or each.started_at
    return ResponseLine(
        attempt_id=each.attempt_id,
        position=each.position,
        learner_id=each.learner_id,
        name=each.name,
        attempt=each.number,
        answer=answer,
        given=each.given,
        fraction=each.fraction,
        points=each.points,
        dropped=each.dropped,
        saved_at=each.saved_at,
        seconds=None
        if each.saved_at is None
        else max((each.saved_at - since).total_seconds(), 0.0),
        equal=equal.get(_fold(answer), 1),
    )


def _fold(answer: str | None) -> str | None:
    return None if answer is None else answer.casefold()
