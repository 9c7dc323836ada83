"""Questions as a learner meets them: with the set, the passage, and the learner's memory.

These statements run at every question and answer, so they are built once and run on the session's
connection: the session's own `execute` would add to each what only mapped objects need.
"""

from dataclasses import dataclass

from sqlalchemy import Integer, Row, Select, and_, bindparam, select
from sqlalchemy.orm import Session, aliased

from quizapp.memory import Memory
from quizapp.storage.base import Base
from quizapp.storage.ids import AccountId, FactId, QuestionId, StudyId, VersionId
from quizapp.storage.tables import (
    CourseSetRow,
    EnrolmentRow,
    FactRow,
    MemoryRow,
    PassageRow,
    QuestionFactRow,
    QuestionRow,
    StudyRow,
    VersionFactRow,
    VersionRow,
)
from quizapp.storage.tables.content import JsonObject


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Where a question comes from; `names` are {text, lang} of its subject in other scripts."""

    version_id: VersionId
    set_title: str
    article_title: str
    section: str
    paragraph: int
    text: str
    names: list[JsonObject]


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """One stored question of one fact; `body` is as `quizapp-questions/1` writes it.

    `fact_key` is what the question calls the fact.
    """

    id: QuestionId
    key: str
    kind: str
    guess: float
    body: JsonObject
    fact_id: FactId
    fact_key: str
    passage: Passage


@dataclass(frozen=True, slots=True, kw_only=True)
class Remembered:
    """A learner's memory of a fact, and the key of the question that was shown last."""

    memory: Memory
    last_key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What an answer is marked against, and the memory that it moves.

    `body` is the question as `quizapp-questions/1` writes it, `fact_key` what it calls the fact;
    `ended` tells that the study session is over.
    """

    body: JsonObject
    fact_id: FactId
    fact_key: str
    memory: Memory | None
    ended: bool


_Last = aliased(QuestionRow, name="last_question")
VARIANT_COLUMNS = (
    QuestionRow.id,
    QuestionRow.key,
    QuestionRow.kind,
    QuestionRow.guess,
    QuestionRow.body,
    QuestionFactRow.fact_id,
    FactRow.key.label("fact_key"),
    VersionRow.id.label("version_id"),
    VersionRow.title.label("set_title"),
    VersionRow.article_title,
    PassageRow.section,
    PassageRow.paragraph,
    PassageRow.text,
    VersionFactRow.names,
)
MEMORY_COLUMNS = (
    MemoryRow.stability,
    MemoryRow.difficulty,
    MemoryRow.phase,
    MemoryRow.step,
    MemoryRow.due_day,
    MemoryRow.due_at,
    MemoryRow.last_day,
    MemoryRow.last_at,
    MemoryRow.reps,
    MemoryRow.lapses,
)


def join_variant(statement: Select[*tuple[object, ...]]) -> Select[*tuple[object, ...]]:
    """Join what `VARIANT_COLUMNS` needs to a statement that selects from `QuestionRow`."""
    return (
        statement.join(QuestionFactRow, QuestionFactRow.question_id == QuestionRow.id)
        .join(FactRow, FactRow.id == QuestionFactRow.fact_id)
        .join(VersionRow, VersionRow.id == QuestionRow.version_id)
        .join(PassageRow, PassageRow.id == QuestionRow.passage_id)
        .join(
            VersionFactRow,
            and_(
                VersionFactRow.version_id == QuestionRow.version_id,
                VersionFactRow.fact_id == QuestionFactRow.fact_id,
            ),
        )
    )


def _of_learner(statement: Select[*tuple[object, ...]]) -> Select[*tuple[object, ...]]:
    """Keep the questions that the learner's courses teach, and join the memory of their facts."""
    learner = bindparam("learner_id", type_=Integer)
    return (
        statement.join(CourseSetRow, CourseSetRow.version_id == QuestionRow.version_id)
        .join(
            EnrolmentRow,
            and_(
                EnrolmentRow.course_id == CourseSetRow.course_id,
                EnrolmentRow.account_id == learner,
                EnrolmentRow.role == "learner",
            ),
        )
        .outerjoin(
            MemoryRow,
            and_(MemoryRow.learner_id == learner, MemoryRow.fact_id == QuestionFactRow.fact_id),
        )
    )


_VARIANTS = (
    _of_learner(
        join_variant(
            select(*VARIANT_COLUMNS, *MEMORY_COLUMNS, _Last.key.label("last_key")).select_from(
                QuestionRow
            )
        )
    )
    .outerjoin(_Last, _Last.id == MemoryRow.question_id)
    .where(QuestionFactRow.fact_id == bindparam("fact_id", type_=Integer))
    .order_by(VersionRow.id.desc(), QuestionRow.key)
)


def _asked() -> Select[*tuple[object, ...]]:
    """Build the statement of `find_asked` on the tables themselves.

    At each run SQLAlchemy looks up what it compiled by all parts of the statement, and a column of
    a table is a third of the work that an attribute of a mapped class is.
    """
    question, asks, fact, memory, study, course_set, enrolment = (
        Base.metadata.tables[row.__tablename__]
        for row in (
            *(QuestionRow, QuestionFactRow, FactRow),
            *(MemoryRow, StudyRow, CourseSetRow, EnrolmentRow),
        )
    )
    learner = bindparam("learner_id", type_=Integer)
    mine = and_(enrolment.c.account_id == learner, enrolment.c.role == "learner")
    remembered = and_(memory.c.learner_id == learner, memory.c.fact_id == asks.c.fact_id)
    return (
        select(
            question.c.body,
            asks.c.fact_id,
            fact.c.key.label("fact_key"),
            *(memory.c[column.key] for column in MEMORY_COLUMNS),
            study.c.ended_at.is_not(None).label("ended"),
        )
        .select_from(question)
        .join(asks, asks.c.question_id == question.c.id)
        .join(fact, fact.c.id == asks.c.fact_id)
        .join(course_set, course_set.c.version_id == question.c.version_id)
        .join(enrolment, and_(enrolment.c.course_id == course_set.c.course_id, mine))
        .outerjoin(memory, remembered)
        .join(study, study.c.learner_id == enrolment.c.account_id)
        .where(
            question.c.id == bindparam("question_id", type_=Integer),
            asks.c.fact_id == bindparam("fact_id", type_=Integer),
            study.c.id == bindparam("study_id", type_=Integer),
        )
    )


_ASKED = _asked()


def load_variants(
    session: Session, learner_id: AccountId, fact_id: FactId
) -> tuple[Remembered | None, tuple[Variant, ...]]:
    """Return all questions of a fact that the learner's courses teach, ordered by key.

    Where courses teach several versions, the newest one speaks.
    """
    parameters = {"learner_id": learner_id, "fact_id": fact_id}
    rows = session.connection().execute(_VARIANTS, parameters).all()
    if not rows:
        return None, ()
    newest = rows[0].version_id
    variants = {row.id: read_variant(row) for row in rows if row.version_id == newest}
    return _remembered(rows[0]), tuple(variants.values())


def find_asked(
    session: Session,
    *,
    learner_id: AccountId,
    study_id: StudyId,
    question_id: QuestionId,
    fact_id: FactId,
) -> Asked | None:
    """Return a question with the learner's memory of one of its facts.

    None unless session and course are the learner's, and the question asks for the fact.
    """
    parameters = {
        "learner_id": learner_id,
        "study_id": study_id,
        "question_id": question_id,
        "fact_id": fact_id,
    }
    row = session.connection().execute(_ASKED, parameters).first()
    if row is None:
        return None
    return Asked(
        body=row.body,
        fact_id=row.fact_id,
        fact_key=row.fact_key,
        memory=read_memory(row),
        ended=bool(row.ended),
    )


def read_variant(row: Row[*tuple[object, ...]]) -> Variant:
    """Read `VARIANT_COLUMNS`."""
    return Variant(
        id=row.id,
        key=row.key,
        kind=row.kind,
        guess=row.guess,
        body=row.body,
        fact_id=row.fact_id,
        fact_key=row.fact_key,
        passage=Passage(
            version_id=row.version_id,
            set_title=row.set_title,
            article_title=row.article_title,
            section=row.section,
            paragraph=row.paragraph,
            text=row.text,
            names=row.names,
        ),
    )


def read_memory(row: Row[*tuple[object, ...]]) -> Memory | None:
    """Read `MEMORY_COLUMNS`, null where there is no memory yet."""
    if row.reps is None:
        return None
    return Memory(
        stability=row.stability,
        difficulty=row.difficulty,
        phase=row.phase,
        step=row.step,
        due_day=row.due_day,
        due_at=row.due_at,
        last_day=row.last_day,
        last_at=row.last_at,
        reps=row.reps,
        lapses=row.lapses,
    )


def _remembered(row: Row[*tuple[object, ...]]) -> Remembered | None:
    memory = read_memory(row)
    return Remembered(memory=memory, last_key=row.last_key) if memory else None
