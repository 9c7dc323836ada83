"""Published versions as people look at them: the instructor's list, a set, its article."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from quizapp.errors import NotFoundError
from quizapp.formats.questions_json import question_from_dict
from quizapp.kinds.question import Question, Source
from quizapp.storage.accounts import Account
from quizapp.storage.content import (
    FactWithQuestions,
    Version,
    find_version,
    list_facts,
    list_passages,
)
from quizapp.storage.courses import Course, list_taught
from quizapp.storage.ids import VersionId
from quizapp.storage.publishing import NewPassage

FACTS_A_PAGE = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownFact:
    """A fact with questions made from it, and where it stands.

    A question quotes the place of the first fact that it asks for; where a fact is the first of
    none, its `source` is None.
    """

    key: str
    statement: str
    section: str
    importance: int
    questions: tuple[Question, ...]
    source: Source | None


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionPage:
    """A page of a version's facts; `page` counts from 1 to `pages`."""

    version: Version
    facts: tuple[ShownFact, ...]
    page: int
    pages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownArticle:
    """A version's article."""

    version: Version
    passages: tuple[NewPassage, ...]


def list_courses(session: Session, instructor: Account) -> tuple[Course, ...]:
    """Return the courses that an instructor teaches: one statement."""
    return list_taught(session, instructor.id)


def look_at_version(
    session: Session,
    instructor: Account,
    version_id: VersionId,
    *,
    search: str,
    kind: str,
    page: int,
) -> VersionPage:
    """Return a page of a version's facts with their questions of a kind (empty: any).

    Two statements.

    Raises:
        NotFoundError: no such version for this instructor.
    """
    version = find_version(session, instructor.id, version_id, role="instructor")
    if version is None:
        raise NotFoundError("There is no such set.")
    rows, matches = list_facts(
        session,
        version_id,
        search=search,
        kind=kind,
        offset=(page - 1) * FACTS_A_PAGE,
        most=FACTS_A_PAGE,
    )
    facts = tuple(_show(row, kind) for row in rows)
    pages = max(1, -(-matches // FACTS_A_PAGE))
    return VersionPage(version=version, facts=facts, page=page, pages=pages)


def read_article_of(session: Session, reader: Account, version_id: VersionId) -> ShownArticle:
    """Return the article of a version that the reader learns from or teaches: two statements.

    Raises:
        NotFoundError: no such version for this person.
    """
    role = "learner" if reader.role == "learner" else "instructor"
    version = find_version(session, reader.id, version_id, role=role)
    if version is None:
        raise NotFoundError("There is no such article.")
    return ShownArticle(version=version, passages=list_passages(session, version_id))


def _show(row: FactWithQuestions, kind: str) -> ShownFact:
    questions = [question_from_dict(body) for body in row.questions]
    return ShownFact(
        key=row.key,
        statement=row.statement,
        section=row.section,
        importance=row.importance,
        questions=tuple(one for one in questions if not kind or one.kind == kind),
        source=next((one.source for one in questions if one.facts[0] == row.key), None),
    )
