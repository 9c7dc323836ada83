"""The report on an assignment: one frozen value that page and files show alike.

The figures are reckoned from every answer once and kept in the memory of the process, by all that
they depend on; who has handed in and who may need help is looked up each time.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import median

import numpy as np
from sqlalchemy.orm import Session

from quizapp.errors import NotFoundError
from quizapp.psychometrics.findings import Report
from quizapp.services.grading.gradebook import Material, load_material
from quizapp.services.reporting.analysing import analyse_columns
from quizapp.services.reporting.checks import sort_checks
from quizapp.services.reporting.choosing import DOUBTFUL, choose_attempts, share_of
from quizapp.services.reporting.columns import Columns, arrange
from quizapp.services.reporting.kept import Kept
from quizapp.services.reporting.learners import ClassSat, Sat, describe_learners, list_former
from quizapp.services.reporting.questions import describe_questions, measure_time, read_asked
from quizapp.services.reporting.values import (
    AssignmentReport,
    FactLine,
    Former,
    QuestionLine,
    ScoreLine,
    TimeSpent,
    Which,
)
from quizapp.storage.accounts import Account
from quizapp.storage.assignments import Assignment
from quizapp.storage.attempts import AttemptRecord
from quizapp.storage.ids import AssignmentId, AttemptId, CourseId
from quizapp.storage.score_reports import (
    find_changed,
    list_reported_facts,
    list_reported_questions,
    stream_marks,
)
from quizapp.storage.teachers import find_instructor_of

TIME_OF_ATTEMPT = (
    "from the beginning to the submission; of attempts that time submitted, to their last answer"
)
TIME_OF_QUESTION = (
    "from the answer saved before it in the attempt, or from its beginning, to the last save of"
    " this answer; breaks are in it, so the median is shown"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysis:
    """What the answers of the attempts that count tell, whenever it is asked."""

    computed_at: datetime
    report: Report
    questions: tuple[QuestionLine, ...]
    facts: tuple[FactLine, ...]
    time: TimeSpent
    sat: Mapping[AttemptId, Sat]


KEPT: Kept[Analysis] = Kept(most=32)
"""The analyses that this process made last."""


def report_assignment(
    session: Session,
    person: Account,
    course_id: CourseId,
    assignment_id: AssignmentId,
    now: datetime,
    which: Which = "first",
) -> AssignmentReport:
    """Return the report on an assignment: eight statements, five if its analysis is kept.

    Raises:
        NotFoundError: no such course for this person, or no such published assignment in it.
    """
    material = load_material(session, person, course_id)
    assignment = material.get_assignment(assignment_id)
    published = [each for each, _ in material.assignments]
    attempts = choose_attempts(list_attempts(material, assignment_id), which)
    analysis = get_analysis(session, assignment, attempts, now, which)
    before = published[: published.index(assignment)]
    learners = describe_learners(
        ClassSat(
            material=material,
            assignment=assignment,
            overrides=next(
                found for each, found in material.assignments if each.id == assignment_id
            ),
            chosen={each.learner_id: each for each in attempts},
            former=list_former(material, before, which),
            sat=analysis.sat,
            now=now,
        )
    )
    return _make_report(material, assignment, analysis, learners, which, now, before)


def report_for_operator(
    session: Session, assignment_id: AssignmentId, now: datetime, which: Which = "first"
) -> AssignmentReport:
    """Return the report as an instructor of the course sees it, for who runs the program.

    Raises:
        NotFoundError: no course has published such an assignment.
    """
    found = find_instructor_of(session, assignment_id)
    if found is None:
        raise NotFoundError("No course has published such an assignment.")
    course_id, instructor = found
    return report_assignment(session, instructor, course_id, assignment_id, now, which)


def get_analysis(
    session: Session,
    assignment: Assignment,
    attempts: Sequence[AttemptRecord],
    now: datetime,
    which: Which,
) -> Analysis:
    """Return the analysis of these attempts, the kept one if nothing changed: 1 to 4 statements.

    What it depends on is read first, so that a change meanwhile makes it new, never stale.
    """
    changed = find_changed(session, assignment.id, assignment.course_id)
    known = hash(tuple((each.id, each.points, each.maximum) for each in attempts))
    engine = session.connection().engine
    key = (engine, assignment.id, which, changed, len(attempts), known)
    return KEPT.get(key, lambda: analyse_assignment(session, assignment, attempts, now))


def analyse_assignment(
    session: Session, assignment: Assignment, attempts: Sequence[AttemptRecord], now: datetime
) -> Analysis:
    """Return what these attempts at an assignment tell: three statements."""
    parts = stream_marks(session, assignment.id)
    columns = arrange(parts, [(each.id, each.started_at.timestamp()) for each in attempts])
    reported = list_reported_questions(
        session, assignment.id, assignment.course_id, columns.question_ids
    )
    asked = read_asked(reported, assignment.points)
    report = analyse_columns(columns, asked, drawn=assignment.picking == "draw")
    facts = list_reported_facts(session, assignment.id, columns.question_ids)
    sat = _measure_attempts(columns, attempts)
    return Analysis(
        computed_at=now,
        report=report,
        questions=describe_questions(columns, asked, report.items),
        facts=tuple(
            FactLine(fact=each.key, statement=each.statement, section=each.section)
            for each in facts
        ),
        time=measure_time(
            np.array([np.nan if each.seconds is None else each.seconds for each in sat.values()])
        ),
        sat=sat,
    )


def list_attempts(material: Material, assignment_id: AssignmentId) -> list[AttemptRecord]:
    """Return all attempts at an assignment, those that go on among them."""
    return [
        each
        for (of_assignment, _), attempts in material.attempts.items()
        if of_assignment == assignment_id
        for each in attempts
    ]


def _measure_attempts(columns: Columns, attempts: Sequence[AttemptRecord]) -> dict[AttemptId, Sat]:
    """How many questions each attempt had that count, how many were blank, and the time."""
    count = len(attempts)
    kept = ~columns.dropped
    asked = np.bincount(columns.attempt[kept], minlength=count)
    blank = kept & np.isnan(columns.fraction)
    blanks = np.bincount(columns.attempt[blank], minlength=count)
    saved = np.bincount(columns.attempt, np.nan_to_num(columns.seconds), minlength=count)
    return {
        each.id: Sat(
            questions=int(asked[place]),
            blank=int(blanks[place]),
            seconds=_find_seconds(each, float(saved[place])),
        )
        for place, each in enumerate(attempts)
    }


def _find_seconds(attempt: AttemptRecord, saved: float) -> float | None:
    """The time of an attempt; `saved` is that until its last answer, 0 without any."""
    if not attempt.auto and attempt.submitted_at is not None:
        return (attempt.submitted_at - attempt.started_at).total_seconds()
    return saved or None


def _make_report(
    material: Material,
    assignment: Assignment,
    analysis: Analysis,
    learners: tuple[ScoreLine, ...],
    which: Which,
    now: datetime,
    before: Sequence[Assignment],
) -> AssignmentReport:
    enrolled = [each for each in learners if each.enrolled]
    rules = assignment.rules
    return AssignmentReport(
        course_id=material.course.id,
        course_title=material.course.title,
        timezone=material.course.timezone,
        assignment_id=assignment.id,
        title=assignment.title,
        opens_at=rules.opens_at,
        due_at=rules.due_at,
        closes_at=rules.closes_at,
        which=which,
        doubtful=DOUBTFUL if which == "all" else None,
        as_of=now,
        computed_at=analysis.computed_at,
        enrolled=len(enrolled),
        finished=sum(each.progress == "finished" for each in enrolled),
        in_progress=sum(each.progress == "in_progress" for each in enrolled),
        report=analysis.report,
        questions=analysis.questions,
        facts=analysis.facts,
        checks=sort_checks([check for each in analysis.questions for check in each.checks]),
        learners=learners,
        previous=_find_previous(material, before, which),
        time=analysis.time,
        notes=tuple(_list_notes(analysis, learners)),
    )


def _find_previous(material: Material, before: Sequence[Assignment], which: Which) -> Former | None:
    """The last assignment before this one that anybody has a share of."""
    for each in reversed(before):
        chosen = choose_attempts(list_attempts(material, each.id), which)
        shares = [share for attempt in chosen if (share := share_of(attempt)) is not None]
        if shares:
            return Former(
                assignment_id=each.id,
                title=each.title,
                median_share=median(shares),
                n=len(shares),
            )
    return None


def _list_notes(analysis: Analysis, learners: Sequence[ScoreLine]) -> list[str]:
    """What a reader of the figures should know beside what the analysis itself notes."""
    notes = []
    dropped = [each.number for each in analysis.questions if each.dropped]
    if dropped:
        numbers = ", ".join(map(str, dropped))
        notes.append(f"dropped by a correction and in no figure: question {numbers}")
    unmarked = sum(each.progress == "finished" and each.share is None for each in learners)
    if unmarked:
        notes.append(f"handed in and not marked yet, or worth no points: {unmarked}")
    left = sum(not each.enrolled and each.attempt_id is not None for each in learners)
    if left:
        notes.append(f"no longer enrolled, with an attempt that counts here: {left}")
    return notes
