"""All that is stored about one person, in a few column queries, for a copy that they take away.

Nothing secret is among it: no hash of a password or of a token.
"""

from collections.abc import Iterator, Mapping
from itertools import groupby
from types import MappingProxyType
from typing import TypeAlias

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session, aliased

from quizapp.storage.attempts import SITTING, Sitting, read_sitting
from quizapp.storage.ids import AccountId
from quizapp.storage.own_sets import SET_PARTS, Selected
from quizapp.storage.tables import (
    AccountRow,
    AssignmentRow,
    AttemptQuestionRow,
    AttemptRow,
    CourseRow,
    DayLimitRow,
    DisputeRow,
    EnrolmentRow,
    ExamPlanRow,
    FactChoiceRow,
    FactRow,
    GradeOverrideRow,
    MemoryRow,
    ParameterFitRow,
    QuestionRow,
    ResponseSaveRow,
    ReviewRow,
    SectionMemberRow,
    SectionRow,
    SetRow,
    SignInRow,
    StudyRow,
    UndoRow,
    VersionFactRow,
    VersionRow,
)

Record: TypeAlias = dict[str, object]
_Newer = aliased(VersionFactRow)
_fact = (SetRow.key.label("set"), FactRow.key.label("fact"))
_question = (VersionRow.number.label("version"), QuestionRow.key.label("question"))
_newest = (
    select(func.max(_Newer.version_id))
    .where(_Newer.fact_id == MemoryRow.fact_id)
    .correlate(MemoryRow)
    .scalar_subquery()
)
_accounts = select(AccountRow.id.label("number"), AccountRow.created_at)
_sign_ins = (
    select(SignInRow.created_at, SignInRow.used_at)
    .select_from(AccountRow)
    .join(SignInRow, SignInRow.account_id == AccountRow.id)
    .order_by(SignInRow.created_at)
)
_courses = (
    select(
        CourseRow.id.label("number"),
        CourseRow.title,
        EnrolmentRow.role,
        EnrolmentRow.enrolled_at,
        ExamPlanRow.retention.label("exam_retention"),
        ExamPlanRow.most_per_day.label("exam_most_per_day"),
    )
    .select_from(EnrolmentRow)
    .join(CourseRow, CourseRow.id == EnrolmentRow.course_id)
    .outerjoin(
        ExamPlanRow,
        and_(
            ExamPlanRow.learner_id == EnrolmentRow.account_id,
            ExamPlanRow.course_id == EnrolmentRow.course_id,
        ),
    )
    .order_by(CourseRow.id)
)
_sections = (
    select(SectionMemberRow.course_id.label("course"), SectionRow.title)
    .join(SectionRow, SectionRow.id == SectionMemberRow.section_id)
    .order_by(SectionRow.id)
)
_sessions = select(StudyRow.id.label("number"), StudyRow.started_at, StudyRow.ended_at).order_by(
    StudyRow.id
)
_reviews = (
    select(
        ReviewRow.id.label("number"),
        ReviewRow.study_id.label("session"),
        StudyRow.attempt_id.label("attempt"),
        *_fact,
        *_question,
        ReviewRow.at,
        ReviewRow.arrived_at,
        ReviewRow.study_day,
        ReviewRow.was,
        ReviewRow.response,
        ReviewRow.given,
        ReviewRow.fraction,
        ReviewRow.grade,
        ReviewRow.guess,
        ReviewRow.hints,
        ReviewRow.shown,
        ReviewRow.duration_ms,
        ReviewRow.parameters,
        ReviewRow.interval_days,
        UndoRow.at.label("undone_at"),
    )
    .join(StudyRow, StudyRow.id == ReviewRow.study_id)
    .join(FactRow, FactRow.id == ReviewRow.fact_id)
    .join(SetRow, SetRow.id == FactRow.set_id)
    .join(QuestionRow, QuestionRow.id == ReviewRow.question_id)
    .join(VersionRow, VersionRow.id == QuestionRow.version_id)
    .outerjoin(UndoRow, UndoRow.review_id == ReviewRow.id)
    .order_by(ReviewRow.id)
)
_memories = (
    select(
        *_fact,
        VersionFactRow.statement,
        MemoryRow.phase,
        MemoryRow.step,
        MemoryRow.stability,
        MemoryRow.difficulty,
        MemoryRow.due_day,
        MemoryRow.due_at,
        MemoryRow.last_day,
        MemoryRow.last_at,
        MemoryRow.reps,
        MemoryRow.lapses,
    )
    .join(FactRow, FactRow.id == MemoryRow.fact_id)
    .join(SetRow, SetRow.id == FactRow.set_id)
    .outerjoin(
        VersionFactRow,
        and_(VersionFactRow.fact_id == MemoryRow.fact_id, VersionFactRow.version_id == _newest),
    )
    .order_by(MemoryRow.fact_id)
)
_attempt_questions = (
    select(
        AttemptQuestionRow.attempt_id.label("attempt"),
        AttemptQuestionRow.position,
        SetRow.key.label("set"),
        *_question,
        AttemptQuestionRow.points,
        AttemptQuestionRow.response,
        AttemptQuestionRow.given,
        AttemptQuestionRow.saves,
        AttemptQuestionRow.saved_at,
        AttemptQuestionRow.flagged,
        AttemptQuestionRow.fraction,
        AttemptQuestionRow.granted,
        AttemptQuestionRow.dropped,
        AttemptQuestionRow.claimed_at,
        AttemptQuestionRow.claim,
        AttemptQuestionRow.decided_at,
    )
    .join(AttemptRow, AttemptRow.id == AttemptQuestionRow.attempt_id)
    .join(QuestionRow, QuestionRow.id == AttemptQuestionRow.question_id)
    .join(VersionRow, VersionRow.id == QuestionRow.version_id)
    .join(SetRow, SetRow.id == VersionRow.set_id)
    .order_by(AttemptQuestionRow.attempt_id, AttemptQuestionRow.position)
)
_saves = (
    select(
        ResponseSaveRow.attempt_id.label("attempt"),
        ResponseSaveRow.position,
        ResponseSaveRow.number,
        ResponseSaveRow.response,
        ResponseSaveRow.given,
        ResponseSaveRow.at,
    )
    .join(AttemptRow, AttemptRow.id == ResponseSaveRow.attempt_id)
    .order_by(ResponseSaveRow.id)
)
_grades = (
    select(
        AssignmentRow.title.label("assignment"),
        GradeOverrideRow.share,
        GradeOverrideRow.reason,
        GradeOverrideRow.at,
    )
    .join(AssignmentRow, AssignmentRow.id == GradeOverrideRow.assignment_id)
    .order_by(GradeOverrideRow.id)
)
_fact_choices = (
    select(
        *_fact,
        FactChoiceRow.suspended_at,
        FactChoiceRow.buried_day,
        FactChoiceRow.flagged_at,
    )
    .join(FactRow, FactRow.id == FactChoiceRow.fact_id)
    .join(SetRow, SetRow.id == FactRow.set_id)
    .order_by(FactChoiceRow.fact_id)
)
_day_limits = select(
    DayLimitRow.study_day, DayLimitRow.new_per_day, DayLimitRow.reviews_per_day
).order_by(DayLimitRow.study_day)
_disputes = (
    select(
        DisputeRow.course_id.label("course"),
        SetRow.key.label("set"),
        *_question,
        DisputeRow.review_id.label("review"),
        DisputeRow.attempt_id.label("attempt"),
        DisputeRow.reason,
        DisputeRow.text,
        DisputeRow.at,
        DisputeRow.decided_at,
        DisputeRow.upheld,
        DisputeRow.word,
    )
    .join(QuestionRow, QuestionRow.id == DisputeRow.question_id)
    .join(VersionRow, VersionRow.id == QuestionRow.version_id)
    .join(SetRow, SetRow.id == VersionRow.set_id)
    .order_by(DisputeRow.id)
)
_fits = select(
    ParameterFitRow.id.label("number"),
    ParameterFitRow.asked_at,
    ParameterFitRow.ended_at,
    ParameterFitRow.weights,
    ParameterFitRow.accepted,
    ParameterFitRow.figures,
    ParameterFitRow.used_from,
    ParameterFitRow.withdrawn_at,
).order_by(ParameterFitRow.id)
# What is selected, and the column that says whose it is.
_PARTS: Mapping[str, Selected] = MappingProxyType(
    {
        "account": (_accounts, AccountRow.id),
        "sign_ins": (_sign_ins, AccountRow.id),
        "courses": (_courses, EnrolmentRow.account_id),
        "sections": (_sections, SectionMemberRow.account_id),
        "sessions": (_sessions, StudyRow.learner_id),
        "reviews": (_reviews, ReviewRow.learner_id),
        "memories": (_memories, MemoryRow.learner_id),
        "attempt_questions": (_attempt_questions, AttemptRow.learner_id),
        "saves": (_saves, AttemptRow.learner_id),
        "grades": (_grades, GradeOverrideRow.learner_id),
        "fact_choices": (_fact_choices, FactChoiceRow.learner_id),
        "day_limits": (_day_limits, DayLimitRow.learner_id),
        "disputes": (_disputes, DisputeRow.learner_id),
        **SET_PARTS,
        "parameter_fits": (_fits, ParameterFitRow.learner_id),
    }
)


def stream_own(session: Session, person_id: AccountId, part: str) -> Iterator[Record]:
    """Yield the rows of one part, a name of `_PARTS`, as values by name: one statement.

    It is executed when the first row is asked for.
    """
    statement, whose = _PARTS[part]
    for row in session.execute(statement.where(whose == person_id)).mappings():
        yield dict(row)


def list_sittings(session: Session, learner_id: AccountId) -> tuple[Sitting, ...]:
    """Return all attempts of a learner by number, those of courses they left too: one statement."""
    rows = session.execute(
        SITTING.where(AttemptRow.learner_id == learner_id).order_by(AttemptRow.id)
    ).mappings()
    groups = groupby(rows, lambda row: row["attempt_id"])
    found = (read_sitting(tuple(group)) for _, group in groups)
    return tuple(sitting for sitting in found if sitting is not None)
