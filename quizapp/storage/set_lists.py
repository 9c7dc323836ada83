"""Sets as lists show them: what is whose, how far it is, and where it is used."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    and_,
    case,
    func,
    literal,
    or_,
    select,
)
from sqlalchemy.orm import Session, aliased

from quizapp.storage.drafts import State
from quizapp.storage.ids import AccountId, SetId, VersionId
from quizapp.storage.sets import MAY, PERSON, TAUGHT, May
from quizapp.storage.tables import (
    AccountRow,
    CourseSetRow,
    DraftFactRow,
    DraftQuestionRow,
    QuestionRow,
    SetChangeRow,
    SetDraftRow,
    SetRow,
    SetShareRow,
    VersionFactRow,
    VersionRow,
)
from quizapp.storage.tables.content import JsonObject


@dataclass(frozen=True, slots=True, kw_only=True)
class SetLine:
    """A set in a list; what concerns versions is None while none is published.

    Then `questions` and `facts` are those accepted in its draft, and `to_review` the facts that
    wait there. `changed_at` is when its draft was last changed, None without a draft.
    """

    id: SetId
    title: str
    tags: tuple[str, ...]
    owner: str | None
    may: May
    archived_at: datetime | None
    version_id: VersionId | None
    number: int | None
    published_at: datetime | None
    questions: int
    facts: int
    to_review: int
    courses: int
    changed_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionLine:
    """A version in the list of a set's versions."""

    id: VersionId
    number: int
    title: str
    published_at: datetime
    published_by: str | None
    note: str
    questions: int
    facts: int
    courses: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SetChange:
    """Who changed what in a set; `name` is None if the account is gone."""

    at: datetime
    name: str | None
    action: str
    subject: str
    detail: JsonObject


_Newest = aliased(VersionRow, name="newest")


def _count(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return select(func.count()).where(condition).scalar_subquery()


def _count_in_draft(
    table: type[DraftFactRow | DraftQuestionRow], state: State
) -> ColumnElement[int]:
    return _count(and_(table.set_id == SetRow.id, table.state == state))


def _of_newest_or(draft: ColumnElement[int], newest: ColumnElement[int]) -> ColumnElement[int]:
    return case((_Newest.id.is_(None), draft), else_=newest)


def _count_courses() -> ColumnElement[int]:
    """Count the courses that teach any version of the set."""
    return (
        select(func.count())
        .select_from(CourseSetRow)
        .join(VersionRow, VersionRow.id == CourseSetRow.version_id)
        .where(VersionRow.set_id == SetRow.id)
        .correlate(SetRow)
        .scalar_subquery()
    )


_newest_number = (
    select(func.max(VersionRow.number))
    .where(VersionRow.set_id == SetRow.id)
    .correlate(SetRow)
    .scalar_subquery()
)
_LINES = (
    select(
        SetRow.id,
        SetRow.title,
        SetRow.tags,
        AccountRow.name.label("owner"),
        MAY.label("may"),
        SetRow.archived_at,
        _Newest.id.label("version_id"),
        _Newest.number,
        _Newest.published_at,
        _of_newest_or(
            _count_in_draft(DraftQuestionRow, "accepted"),
            _count(QuestionRow.version_id == _Newest.id),
        ).label("questions"),
        _of_newest_or(
            _count_in_draft(DraftFactRow, "accepted"),
            _count(VersionFactRow.version_id == _Newest.id),
        ).label("facts"),
        _of_newest_or(_count_in_draft(DraftFactRow, "proposed"), literal(0)).label("to_review"),
        _count_courses().label("courses"),
        SetDraftRow.changed_at,
    )
    .outerjoin(AccountRow, AccountRow.id == SetRow.owner_id)
    .outerjoin(SetShareRow, (SetShareRow.set_id == SetRow.id) & (SetShareRow.account_id == PERSON))
    .outerjoin(SetDraftRow, SetDraftRow.set_id == SetRow.id)
    .outerjoin(_Newest, (_Newest.set_id == SetRow.id) & (_Newest.number == _newest_number))
    .where(or_(SetRow.owner_id == PERSON, SetShareRow.may.is_not(None), TAUGHT))
    .order_by(SetRow.title, SetRow.id)
)


def list_sets(session: Session, person_id: AccountId) -> tuple[SetLine, ...]:
    """Return the sets that a person owns, was given, or teaches, by title: one statement."""
    rows = session.execute(_LINES, {"person_id": person_id})
    return tuple(SetLine(**{**row, "tags": tuple(row["tags"])}) for row in rows.mappings())


def list_sets_of_article(
    session: Session, person_id: AccountId, article: str, *, besides: SetId
) -> tuple[tuple[SetId, str], ...]:
    """Return number and title of the other sets of a person whose draft has exactly this article.

    Theirs are those of `list_sets`.
    """
    rows = session.execute(
        _LINES.with_only_columns(SetRow.id, SetRow.title).where(
            SetDraftRow.article == article, SetRow.id != besides
        ),
        {"person_id": person_id},
    )
    return tuple((row.id, row.title) for row in rows)


def list_set_versions(session: Session, set_id: SetId) -> tuple[VersionLine, ...]:
    """Return the versions of a set, the newest first: one statement."""
    rows = session.execute(
        select(
            VersionRow.id,
            VersionRow.number,
            VersionRow.title,
            VersionRow.published_at,
            AccountRow.name.label("published_by"),
            VersionRow.note,
            _count(QuestionRow.version_id == VersionRow.id).label("questions"),
            _count(VersionFactRow.version_id == VersionRow.id).label("facts"),
            _count(CourseSetRow.version_id == VersionRow.id).label("courses"),
        )
        .outerjoin(AccountRow, AccountRow.id == VersionRow.published_by)
        .where(VersionRow.set_id == set_id)
        .order_by(VersionRow.number.desc())
    )
    return tuple(VersionLine(**row) for row in rows.mappings())


def list_changes(
    session: Session, set_id: SetId, *, offset: int, most: int
) -> tuple[tuple[SetChange, ...], int]:
    """Return some changes of a set, the newest first, and how many there are: one statement."""
    rows = session.execute(
        select(
            SetChangeRow.at,
            AccountRow.name,
            SetChangeRow.action,
            SetChangeRow.subject,
            SetChangeRow.detail,
            func.count().over().label("total"),
        )
        .outerjoin(AccountRow, AccountRow.id == SetChangeRow.account_id)
        .where(SetChangeRow.set_id == set_id)
        .order_by(SetChangeRow.id.desc())
        .offset(offset)
        .limit(most)
    ).all()
    changes = tuple(
        SetChange(
            at=row.at, name=row.name, action=row.action, subject=row.subject, detail=row.detail
        )
        for row in rows
    )
    return changes, rows[0].total if rows else 0
