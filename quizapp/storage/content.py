"""Published sets: versions, their facts with questions, their passages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Row, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from quizapp.storage.ids import AccountId, FactId, SetId, VersionId
from quizapp.storage.publishing import NewPassage
from quizapp.storage.roles import LEARNER, STAFF
from quizapp.storage.tables import (
    CourseSetRow,
    EnrolmentRow,
    FactRow,
    PassageRow,
    QuestionFactRow,
    QuestionRow,
    SetRow,
    SetShareRow,
    VersionFactRow,
    VersionRow,
)
from quizapp.storage.tables.content import JsonObject


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A published version as lists show it."""

    id: VersionId
    set_id: SetId
    number: int
    title: str
    article_title: str
    publisher: str
    licence: str
    published_at: datetime
    facts: int
    questions: int
    courses: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FactWithQuestions:
    """A fact of a version with its questions, as `quizapp-questions/1` writes them."""

    id: FactId
    key: str
    statement: str
    section: str
    importance: int
    questions: tuple[JsonObject, ...]


def find_version(
    session: Session, reader_id: AccountId, version_id: VersionId, *, role: str
) -> Version | None:
    """Return a version if this person may see it as `role` in a course, or owns its set.

    An assistant sees what an instructor sees.
    """
    visible = visible_to(reader_id, (LEARNER,) if role == LEARNER else STAFF)
    return next(iter(_versions(session, visible & (VersionRow.id == version_id))), None)


def list_passages(session: Session, version_id: VersionId) -> tuple[NewPassage, ...]:
    """Return the article of a version, paragraph by paragraph."""
    rows = session.execute(
        select(PassageRow.section, PassageRow.level, PassageRow.paragraph, PassageRow.text)
        .where(PassageRow.version_id == version_id)
        .order_by(PassageRow.position)
    )
    return tuple(
        NewPassage(section=row.section, level=row.level, paragraph=row.paragraph, text=row.text)
        for row in rows
    )


def list_facts(
    session: Session, version_id: VersionId, *, search: str, kind: str, offset: int, most: int
) -> tuple[tuple[FactWithQuestions, ...], int]:
    """Return some facts of a version in teaching order with their questions, and how many match.

    `search` is looked for in the statements, letter case ignored; `kind` keeps the facts that have
    a question of that kind (empty: all), with their other questions, too. One statement.
    """
    in_version = QuestionRow.version_id == version_id
    asked = (
        select(QuestionFactRow.fact_id)
        .join(QuestionRow, QuestionRow.id == QuestionFactRow.question_id)
        .where(in_version, *([QuestionRow.kind == kind] if kind else []))
    )
    page = (
        select(VersionFactRow, func.count().over().label("matches"))
        .where(
            VersionFactRow.version_id == version_id,
            VersionFactRow.statement.icontains(search, autoescape=True),
            VersionFactRow.fact_id.in_(asked),
        )
        .order_by(VersionFactRow.position)
        .offset(offset)
        .limit(most)
        .subquery()
    )
    rows = session.execute(
        select(page, FactRow.key, QuestionRow.body)
        .join(FactRow, FactRow.id == page.c.fact_id)
        .join(QuestionFactRow, QuestionFactRow.fact_id == page.c.fact_id)
        .join(QuestionRow, QuestionRow.id == QuestionFactRow.question_id)
        .where(in_version)
        .order_by(page.c.position, QuestionRow.key)
    ).all()
    return _gather(rows), rows[0].matches if rows else 0


def _gather(rows: Sequence[Row[*tuple[object, ...]]]) -> tuple[FactWithQuestions, ...]:
    """Gather rows of a fact and a question each into facts with all their questions."""
    facts = {row.fact_id: row for row in rows}
    return tuple(
        FactWithQuestions(
            id=fact_id,
            key=fact.key,
            statement=fact.statement,
            section=fact.section,
            importance=fact.importance,
            questions=tuple(row.body for row in rows if row.fact_id == fact_id),
        )
        for fact_id, fact in facts.items()
    )


def _versions(session: Session, condition: ColumnElement[bool]) -> tuple[Version, ...]:
    counts = [
        select(func.count())
        .select_from(table)
        .where(table.version_id == VersionRow.id)
        .correlate(VersionRow)
        .scalar_subquery()
        for table in (VersionFactRow, QuestionRow, CourseSetRow)
    ]
    rows = session.execute(
        select(
            VersionRow.id,
            VersionRow.set_id,
            VersionRow.number,
            VersionRow.title,
            VersionRow.article_title,
            VersionRow.publisher,
            VersionRow.licence,
            VersionRow.published_at,
            *(
                count.label(name)
                for count, name in zip(counts, ("facts", "questions", "courses"), strict=True)
            ),
        )
        .join(SetRow, SetRow.id == VersionRow.set_id)
        .where(condition)
        .order_by(VersionRow.title, VersionRow.set_id, VersionRow.number.desc())
    )
    return tuple(Version(**row) for row in rows.mappings())


def visible_to(reader_id: AccountId, roles: Sequence[str]) -> ColumnElement[bool]:
    """Return the condition that a person owns the set or has such a role in a course with it.

    Who was given a set may see it as its owner does. Who teaches a version of it sees the others,
    too; a learner sees what a course teaches them.
    """
    taught = aliased(VersionRow)
    seen = taught.id == VersionRow.id if LEARNER in roles else taught.set_id == SetRow.id
    return or_(
        SetRow.owner_id == reader_id,
        exists(
            select(1).where(SetShareRow.set_id == SetRow.id, SetShareRow.account_id == reader_id)
        ),
        exists(
            select(1)
            .select_from(CourseSetRow)
            .join(EnrolmentRow, EnrolmentRow.course_id == CourseSetRow.course_id)
            .join(taught, taught.id == CourseSetRow.version_id)
            .where(seen, EnrolmentRow.account_id == reader_id, EnrolmentRow.role.in_(roles)),
        ),
    )
