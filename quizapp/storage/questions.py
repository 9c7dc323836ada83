"""Questions as a learner meets them: with the set, the passage, and the learner's memory.

These statements run at every question and answer, so they are built once and run on the session's
connection: the session's own `execute` would add to each what only mapped objects need.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Integer, Row, Select, and_, bindparam, select
from sqlalchemy.orm import Session, aliased

from quizapp.memory import FittedWeights, Memory
from quizapp.storage.fits import FIT_COLUMNS, USED_FIT, is_fit_of, read_fit
from quizapp.storage.ids import AccountId, FactId, QuestionId, VersionId
from quizapp.storage.plans import planned_retention
from quizapp.storage.tables import (
    CourseSetRow,
    EnrolmentRow,
    FactChoiceRow,
    FactRow,
    MemoryRow,
    PassageRow,
    QuestionFactRow,
    QuestionRow,
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
class Askable:
    """A fact to be asked, by one of `variants`; a new one is not `remembered`.

    `planned` is the retention that a plan for an exam asks for, `fit` the fit in use, None without
    one.
    """

    remembered: Remembered | None
    planned: float | None
    fit: FittedWeights | None
    flagged: bool
    variants: tuple[Variant, ...]


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


# All questions that the learner's courses teach; those of the newest version of a fact come first.
VARIANTS = (
    _of_learner(
        join_variant(
            select(
                *VARIANT_COLUMNS,
                *MEMORY_COLUMNS,
                _Last.key.label("last_key"),
                FactChoiceRow.flagged_at.is_not(None).label("flagged"),
                planned_retention(QuestionFactRow.__table__.c.fact_id).label("planned"),
                *FIT_COLUMNS,
            ).select_from(QuestionRow)
        )
    )
    .outerjoin(
        FactChoiceRow,
        and_(
            FactChoiceRow.learner_id == bindparam("learner_id", type_=Integer),
            FactChoiceRow.fact_id == QuestionFactRow.fact_id,
        ),
    )
    .outerjoin(_Last, _Last.id == MemoryRow.question_id)
    .outerjoin(USED_FIT, is_fit_of(QuestionFactRow.__table__.c.fact_id))
    .order_by(VersionRow.id.desc(), QuestionRow.key)
)
_VARIANTS = VARIANTS.where(QuestionFactRow.fact_id == bindparam("fact_id", type_=Integer))


def find_askable(
    session: Session, learner_id: AccountId, fact_id: FactId, on: date
) -> Askable | None:
    """Return a fact with all its questions that the learner's courses teach, ordered by key.

    Plans hold as of the study day `on`. Where courses teach several versions, the newest one
    speaks.
    """
    parameters = {"learner_id": learner_id, "fact_id": fact_id, "on": on}
    return read_askable(session.connection().execute(_VARIANTS, parameters).all())


def read_askable(rows: Sequence[Row[*tuple[object, ...]]]) -> Askable | None:
    """Read the rows of `VARIANTS` that are of one fact; only the newest version speaks."""
    if not rows:
        return None
    newest = rows[0].version_id
    variants = {row.id: read_variant(row) for row in rows if row.version_id == newest}
    return Askable(
        remembered=_remembered(rows[0]),
        planned=rows[0].planned,
        fit=read_fit(rows[0]),
        flagged=bool(rows[0].flagged),
        variants=tuple(variants.values()),
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
