"""One question of a report in full: its findings, its passage, and how it fared elsewhere."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from math import fsum

from sqlalchemy.orm import Session

from quizapp.errors import NotFoundError
from quizapp.formats.questions_json import question_from_dict
from quizapp.psychometrics.intervals import find_facility_interval
from quizapp.services.grading.gradebook import Material, load_material
from quizapp.services.reporting.choosing import choose_attempts
from quizapp.services.reporting.responses import get_reported
from quizapp.services.reporting.scores import get_analysis, list_attempts
from quizapp.services.reporting.values import QuestionLine, QuestionReport, Trend, Which
from quizapp.storage.accounts import Account
from quizapp.storage.assignments import Assignment
from quizapp.storage.ids import AssignmentId, CourseId, QuestionId
from quizapp.storage.question_reports import QuestionUse, find_passage, list_question_uses


def report_question(
    session: Session,
    person: Account,
    course_id: CourseId,
    assignment_id: AssignmentId,
    question_id: QuestionId,
    now: datetime,
    which: Which = "first",
) -> QuestionReport:
    """Return a question in full: eleven statements, eight if the analysis is kept.

    Raises:
        NotFoundError: no such course for this person, no such published assignment in it, or nobody
            was asked such a question in it.
    """
    material = load_material(session, person, course_id)
    assignment = material.get_assignment(assignment_id)
    attempts = choose_attempts(list_attempts(material, assignment_id), which)
    analysis = get_analysis(session, assignment, attempts, now, which)
    before, line, after = _find_line(analysis.questions, question_id)
    reported = get_reported(session, assignment, question_id)
    question = question_from_dict(reported.corrected_body or reported.body)
    return QuestionReport(
        course_id=course_id,
        course_title=material.course.title,
        timezone=material.course.timezone,
        assignment_id=assignment_id,
        title=assignment.title,
        which=which,
        computed_at=analysis.computed_at,
        line=line,
        question=question,
        published=question_from_dict(reported.body),
        passage=find_passage(session, question_id),
        facts=tuple(each for each in analysis.facts if each.fact in question.facts),
        trend=tuple(_list_trend(session, material, question_id, which)),
        before=before,
        after=after,
    )


def _find_line(
    lines: Sequence[QuestionLine], question_id: QuestionId
) -> tuple[QuestionLine | None, QuestionLine, QuestionLine | None]:
    """The line of a question between its neighbours."""
    for before, line, after in zip((None, *lines), lines, (*lines[1:], None), strict=False):
        if line.question_id == question_id:
            return before, line, after
    raise NotFoundError("Nobody was asked such a question in this assignment.")


def _list_trend(
    session: Session, material: Material, question_id: QuestionId, which: Which
) -> Iterator[Trend]:
    """Yield how the question fared in each published assignment that asked it, by due date."""
    uses = list_question_uses(session, material.course.id, question_id)
    for assignment, _ in material.assignments:
        attempts = choose_attempts(list_attempts(material, assignment.id), which)
        chosen = {each.id for each in attempts}
        counted = [each for each in uses if each.attempt_id in chosen]
        if counted:
            yield _sum_up(assignment, counted)


def _sum_up(assignment: Assignment, uses: Sequence[QuestionUse]) -> Trend:
    kept = [each.fraction or 0.0 for each in uses if not each.dropped]
    facility = fsum(kept) / len(kept) if kept else None
    published = None
    if any(each.changed for each in uses):
        former = [each.published_fraction if each.changed else each.fraction for each in uses]
        published = fsum(fraction or 0.0 for fraction in former) / len(former)
    return Trend(
        assignment_id=assignment.id,
        title=assignment.title,
        version=uses[0].version,
        question_id=uses[0].question_id,
        n=len(kept),
        facility=facility,
        facility_interval=None if facility is None else find_facility_interval(facility, len(kept)),
        published_facility=published,
        dropped=not kept,
    )
