"""What an answer is marked against, and the memory that it moves, in one statement."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Integer, Select, and_, bindparam, select
from sqlalchemy.orm import Session

from quizapp.memory import FittedWeights, Memory
from quizapp.storage.base import LONG, Base
from quizapp.storage.fits import FIT_COLUMNS, USED_FIT, is_fit_of, read_fit
from quizapp.storage.ids import AccountId, FactId, QuestionId, StudyId
from quizapp.storage.plans import planned_retention
from quizapp.storage.questions import MEMORY_COLUMNS, read_memory
from quizapp.storage.tables import (
    CourseSetRow,
    EnrolmentRow,
    FactRow,
    MemoryRow,
    QuestionFactRow,
    QuestionRow,
    StudyRow,
)
from quizapp.storage.tables.content import JsonObject


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What an answer is marked against, and the memory that it moves.

    `body` is the question as `quizapp-questions/1` writes it, `fact_key` what it calls the fact;
    `planned` is the retention that a plan for an exam asks for, `fit` the fit in use, None without
    one; `ended` tells that the study session is over.
    """

    body: JsonObject
    fact_id: FactId
    fact_key: str
    memory: Memory | None
    planned: float | None
    fit: FittedWeights | None
    ended: bool


_TABLES = tuple(
    Base.metadata.tables[row.__tablename__]
    for row in (
        *(QuestionRow, QuestionFactRow, FactRow),
        *(MemoryRow, StudyRow, CourseSetRow, EnrolmentRow),
    )
)


def _asked() -> Select[*tuple[object, ...]]:
    """Build the statement of `find_asked` on the tables themselves.

    At each run SQLAlchemy looks up what it compiled by all parts of the statement, and a column of
    a table is a third of the work that an attribute of a mapped class is.
    """
    question, asks, fact, memory, study, course_set, enrolment = _TABLES
    learner = bindparam("learner_id", type_=Integer)
    mine = and_(enrolment.c.account_id == learner, enrolment.c.role == "learner")
    remembered = and_(memory.c.learner_id == learner, memory.c.fact_id == asks.c.fact_id)
    return (
        select(
            question.c.body,
            asks.c.fact_id,
            fact.c.key.label("fact_key"),
            *(memory.c[column.key] for column in MEMORY_COLUMNS),
            planned_retention(asks.c.fact_id).label("planned"),
            *FIT_COLUMNS,
            study.c.ended_at.is_not(None).label("ended"),
        )
        .select_from(question)
        .join(asks, asks.c.question_id == question.c.id)
        .join(fact, fact.c.id == asks.c.fact_id)
        .join(course_set, course_set.c.version_id == question.c.version_id)
        .join(enrolment, and_(enrolment.c.course_id == course_set.c.course_id, mine))
        .outerjoin(memory, remembered)
        .join(study, study.c.learner_id == enrolment.c.account_id)
        .outerjoin(USED_FIT, is_fit_of(asks.c.fact_id))
        .where(
            question.c.id == bindparam("question_id", type_=Integer),
            asks.c.fact_id == bindparam("fact_id", type_=Integer),
            study.c.id == bindparam("study_id", type_=LONG),
        )
    )


_ASKED = _asked()


def find_asked(
    session: Session,
    *,
    learner_id: AccountId,
    study_id: StudyId,
    question_id: QuestionId,
    fact_id: FactId,
    on: date,
) -> Asked | None:
    """Return a question with the learner's memory of one of its facts.

    Plans hold as of the study day `on`. None unless session and course are the learner's, and the
    question asks for the fact.
    """
    parameters = {
        "learner_id": learner_id,
        "study_id": study_id,
        "question_id": question_id,
        "fact_id": fact_id,
        "on": on,
    }
    row = session.connection().execute(_ASKED, parameters).first()
    if row is None:
        return None
    return Asked(
        body=row.body,
        fact_id=row.fact_id,
        fact_key=row.fact_key,
        memory=read_memory(row),
        planned=row.planned,
        fit=read_fit(row),
        ended=bool(row.ended),
    )
