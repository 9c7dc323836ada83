"""A table of questions or facts is looked through, shown, and stored on confirmation, all or none.

Nothing is kept between the two: the table is sent back by its preview and read again. A question or
fact takes the place of the one with its key, and is accepted, since somebody has looked at it.
"""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from quizapp.errors import ConflictError, ForbiddenError, InvalidError, Problem
from quizapp.formats.table_files import TableFile
from quizapp.services.authoring.access import get_set
from quizapp.services.authoring.drafting import begin_set, get_draft, open_draft
from quizapp.services.authoring.folder_pictures import list_used
from quizapp.services.authoring.import_plans import (
    CHANGED,
    NEW,
    Import,
    ImportPlan,
    What,
    plan_table,
)
from quizapp.services.authoring.import_undoing import IMPORTED, keep_before
from quizapp.storage.accounts import Account
from quizapp.storage.drafts import (
    Draft,
    change_draft,
    put_entities,
    put_facts,
    put_questions,
)
from quizapp.storage.ids import SetId
from quizapp.storage.images import list_digests
from quizapp.storage.set_imports import find_set_made
from quizapp.storage.sets import SetDetails, add_change
from quizapp.storage.tables.content import JsonObject

BEGUN = "began with table"


def count(plan: ImportPlan, what: What) -> int:
    """Count the rows of a plan to which that happens."""
    rows = [one.what for one in plan.questions] + [one.what for one in plan.facts]
    return rows.count(what)


def open_import(session: Session, person: Account, set_id: SetId) -> SetDetails:
    """Return a set into which the person may import.

    Raises:
        NotFoundError: no such set for this person.
        ForbiddenError: they may only read it.
        ConflictError: it is archived.
    """
    found = get_set(session, person, set_id)
    if found.may == "read":
        raise ForbiddenError("You may read this set; only its owner and editors change it.")
    if found.archived_at is not None:
        raise ConflictError("This set is archived; restore it before you change it.")
    return found


def plan_new(table: TableFile) -> ImportPlan:
    """Return the new set that a table of questions would make; nothing is stored."""
    return _check_pictures(plan_table(None, table).plan, ())


def plan_import(session: Session, person: Account, set_id: SetId, table: TableFile) -> ImportPlan:
    """Return what a table would do to a set; nothing is stored.

    Raises:
        NotFoundError: no such set for this person, or one without a folder to go on from.
    """
    _, draft = get_draft(session, person, set_id)
    return _check_pictures(plan_table(draft, table).plan, list_digests(session, set_id))


def import_table(
    session: Session,
    person: Account,
    set_id: SetId,
    table: TableFile,
    edits: int,
    now: datetime,
) -> ImportPlan:
    """Store what a table holds in the draft of a set; a repeat changes nothing.

    Raises:
        InvalidError: there is a problem; nothing is stored.
        NotFoundError, ForbiddenError, ConflictError: as `open_draft`; a conflict, too, if the draft
            has other `edits` than the plan was shown with.
    """
    draft = open_draft(session, person, set_id, now)
    made = plan_table(draft, table, now)
    problems = _check_pictures(made.plan, list_digests(session, set_id)).problems
    if problems:
        raise InvalidError("The table has problems; nothing was stored.", problems)
    if not (made.questions or made.facts):
        return made.plan
    if edits != draft.edits:
        raise ConflictError("Somebody changed this draft meanwhile; look at what will happen now.")
    _store(session, person, draft, made, now)
    return made.plan


def import_new(
    session: Session, person: Account, key: str, title: str, table: TableFile, now: datetime
) -> tuple[SetId, ImportPlan]:
    """Make a set of a table of questions; the same `key` again is the set made before.

    Raises:
        InvalidError: there is a problem, or the title is empty or too long; nothing is stored.
    """
    plan = plan_new(table)
    if plan.problems:
        raise InvalidError("The table has problems; nothing was stored.", plan.problems)
    made = find_set_made(session, person.id, BEGUN, key)
    if made is not None:
        return made, plan
    set_id = begin_set(session, person, title=title, now=now)
    add_change(session, set_id, person.id, now, BEGUN, key)
    return set_id, import_table(session, person, set_id, table, 0, now)


def _check_pictures(plan: ImportPlan, known: Collection[str]) -> ImportPlan:
    """Add a problem for each row with a picture that is none of those of its set."""
    text = "question: its picture is none of this set; add it in the editor first, or take it out"
    lost = [
        Problem(line=each.line, text=text)
        for each in plan.questions
        if not list_used([each.question]).keys() <= set(known)
    ]
    return replace(plan, problems=(*plan.problems, *lost))


def _store(session: Session, person: Account, draft: Draft, made: Import, now: datetime) -> None:
    put_questions(session, draft.set_id, made.questions, person.id)
    put_entities(session, draft.set_id, made.entities)
    put_facts(session, draft.set_id, made.facts, person.id)
    change_draft(session, draft.set_id, person.id, now)
    detail: JsonObject = {
        "new": count(made.plan, NEW),
        "replaced": count(made.plan, CHANGED),
        "noun": "fact" if made.facts else "question",
        "edits": draft.edits + 1,
        "before": keep_before(draft, made),
    }
    add_change(session, draft.set_id, person.id, now, IMPORTED, detail=detail)
