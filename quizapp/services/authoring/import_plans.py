"""What a table would do to a draft: each row compared with what stands there under its key."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal, TypeAlias

from quizapp.errors import InvalidError, Problem
from quizapp.facts.article import read_article
from quizapp.facts.model import Pack
from quizapp.facts.table_draft import FactTable, read_fact_table
from quizapp.facts.table_reader import Sheet
from quizapp.formats.questions_json import question_to_dict
from quizapp.formats.questions_table import QuestionTable, read_question_table
from quizapp.formats.table_files import TableFile, read_table
from quizapp.generation.statements import state_fact
from quizapp.kinds.question import Question
from quizapp.services.authoring.conflicting import list_changed, relink
from quizapp.services.authoring.packing import gather_questions, inspect_draft
from quizapp.storage.drafts import Draft, DraftEntity, DraftFact, DraftQuestion

What: TypeAlias = Literal["new", "changed", "same"]
NEW: What = "new"
CHANGED: What = "changed"
SAME: What = "same"
_NO_ARTICLE = "facts need an article that they quote; import the table into a set made from one"
_DEFAULT_KEY = "own-"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedQuestion:
    """What would happen to the question of a row."""

    line: int
    question: Question
    what: What


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedFact:
    """What would happen to the fact of a row."""

    line: int
    key: str
    statement: str
    quote: str
    what: What


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPlan:
    """What a table would do, and what is wrong with it; with any problem nothing is done.

    `edits` are those of the draft that it was made for, `names` the entities that facts bring.
    """

    edits: int = 0
    questions: tuple[PlannedQuestion, ...] = ()
    facts: tuple[PlannedFact, ...] = ()
    names: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """A plan with the rows that carry it out."""

    plan: ImportPlan
    questions: tuple[DraftQuestion, ...] = ()
    facts: tuple[DraftFact, ...] = ()
    entities: tuple[DraftEntity, ...] = ()


def plan_table(draft: Draft | None, table: TableFile, now: datetime | None = None) -> Import:
    """Return what a table would do to a draft, or to a new set: what it decides is of `now`."""
    sheet, problems = _read(table.text)
    edits = 0 if draft is None else draft.edits
    if sheet is None:
        return Import(plan=ImportPlan(problems=problems, edits=edits))
    if _is_facts(sheet):
        return _plan_facts(draft, sheet, table.named, now)
    if draft is None:
        return _plan_questions(read_question_table(sheet), {}, {}, edits, now)
    article = read_article(draft.article)
    found = read_question_table(sheet, article if article.sections else None)
    rows = {one.key: one for one in draft.questions}
    return _plan_questions(found, rows, _find_made(draft, found), edits, now)


def _read(text: str) -> tuple[Sheet | None, tuple[Problem, ...]]:
    try:
        return read_table(text), ()
    except InvalidError as error:
        return None, error.problems


def _is_facts(sheet: Sheet) -> bool:
    names = {cell.text for cell in sheet.columns}
    return "predicate" in names or ("subject" in names and "question" not in names)


def _find_made(draft: Draft, table: QuestionTable) -> Mapping[str, Question]:
    """The questions made from facts, if a row names a key that may be one of theirs."""
    keys = {str(entry.question.id) for entry in table.entries}
    if all(key.startswith(_DEFAULT_KEY) for key in keys):
        return {}
    found = gather_questions(draft, inspect_draft(draft).pack, frozenset())
    return {
        str(each.question.id): each.question for each in found.items if each.origin != "written"
    }


def _plan_questions(
    table: QuestionTable,
    rows: Mapping[str, DraftQuestion],
    made: Mapping[str, Question],
    edits: int,
    now: datetime | None,
) -> Import:
    planned: list[PlannedQuestion] = []
    stored: list[DraftQuestion] = []
    for entry in table.entries:
        key = str(entry.question.id)
        former, replaced = rows.get(key), made.get(key)
        question = entry.question
        if replaced is not None:
            # It goes on asking for the facts of the pack, on which memories hang.
            question = replace(question, facts=replaced.facts, template=replaced.template)
        row = DraftQuestion(
            key=key,
            position=len(rows) + len(stored) if former is None else former.position,
            state="accepted",
            origin="written" if replaced is None else "edited",
            body={**question_to_dict(question)},
            decided_at=now,
        )
        what = _compare(former, row, known=former is not None or replaced is not None)
        planned.append(PlannedQuestion(line=entry.line, question=question, what=what))
        if what != SAME:
            stored.append(row)
    plan = ImportPlan(
        edits=edits,
        questions=tuple(planned),
        problems=table.problems,
        notes=table.notes,
    )
    return Import(plan=plan, questions=tuple(stored))


def _compare(
    former: DraftQuestion | DraftFact | None, row: DraftQuestion | DraftFact, *, known: bool
) -> What:
    if former is not None and (former.state, former.body) == (row.state, row.body):
        return SAME
    return CHANGED if known else NEW


def _plan_facts(draft: Draft | None, sheet: Sheet, named: str, now: datetime | None) -> Import:
    article = None if draft is None else read_article(draft.article)
    if draft is None or article is None or not article.sections:
        return Import(plan=ImportPlan(problems=(Problem(text=_NO_ARTICLE),)))
    names, problems = _read(named) if named.strip() else (None, ())
    pack = inspect_draft(draft).pack
    table = read_fact_table(
        sheet, named=names, known=pack.entities, predicates=pack.predicates, article=article
    )
    entities = _list_entities(draft, table)
    read = {row.key: row for row in _list_facts(draft, table, now)}
    linked = relink(draft, _merge(draft, tuple(read.values()), entities), read)
    merged = inspect_draft(linked)
    rows = [one for one in linked.facts if one.key in read]
    others = [one for one in list_changed(draft, linked) if one.key not in read]
    lines = {str(each.fact.id): each.line for each in table.facts}
    faults = [
        Problem(line=lines[each.fact], text=each.text)
        for each in merged.faults
        if each.fact is not None and each.fact in lines
    ]
    former = {one.key: one for one in draft.facts}
    found = {row.key: _compare(former.get(row.key), row, known=row.key in former) for row in rows}
    plan = ImportPlan(
        edits=draft.edits,
        facts=tuple(_show_facts(table, merged.pack, found)),
        names=tuple(entity.name for key, entity in table.entities.items() if key in table.added),
        problems=(*problems, *table.problems, *faults),
    )
    return Import(
        plan=plan,
        facts=(*(row for row in rows if found[row.key] != SAME), *others),
        entities=entities,
    )


def _list_entities(draft: Draft, table: FactTable) -> tuple[DraftEntity, ...]:
    former = {one.key: one.position for one in draft.entities}
    return tuple(
        DraftEntity(key=key, position=former.get(key, len(former) + place), body={**body})
        for place, (key, body) in enumerate(table.added.items())
    )


def _list_facts(draft: Draft, table: FactTable, now: datetime | None) -> tuple[DraftFact, ...]:
    former = {one.key: one.position for one in draft.facts}
    return tuple(
        DraftFact(
            key=each.fact.id,
            position=former.get(each.fact.id, len(former) + place),
            state="accepted",
            body={name: part for name, part in each.entry.items() if name != "id"},
            origin="file",
            decided_at=now,
        )
        for place, each in enumerate(table.facts)
    )


def _merge(draft: Draft, facts: tuple[DraftFact, ...], entities: tuple[DraftEntity, ...]) -> Draft:
    named, known = {one.key for one in entities}, {one.key for one in facts}
    return replace(
        draft,
        entities=(*(one for one in draft.entities if one.key not in named), *entities),
        facts=(*(one for one in draft.facts if one.key not in known), *facts),
    )


def _show_facts(table: FactTable, pack: Pack, found: Mapping[str, What]) -> list[PlannedFact]:
    known = {fact.id: fact for fact in pack.facts}
    return [
        PlannedFact(
            line=each.line,
            key=each.fact.id,
            statement=state_fact(pack, known[each.fact.id]),
            quote=each.fact.at.quote,
            what=found[each.fact.id],
        )
        for each in table.facts
        if each.fact.id in known
    ]
