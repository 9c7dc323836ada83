"""What is wrong with a fact that somebody wants to accept, field by field and in plain words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from quizapp.facts.model import Predicate, PredicateName
from quizapp.facts.packs import Inspection
from quizapp.facts.plain import make_node
from quizapp.facts.predicates import list_shipped_predicates, read_predicates
from quizapp.facts.schema import Reader
from quizapp.generation.bank import generate
from quizapp.generation.statements import state_fact
from quizapp.kinds.question import Question
from quizapp.services.authoring.conflicting import Rivalry, find_rivalry
from quizapp.services.authoring.entries import Entry, Shape, find_shape, split_names
from quizapp.services.authoring.naming import NameBook
from quizapp.services.authoring.packing import inspect_draft
from quizapp.storage.drafts import Draft, DraftFact

_FIELDS = {
    "p": "predicate",
    "s": "subject",
    "n": "number",
    "range": "number",
    "cmp": "comparison",
    "of": "of",
    "as_of": "as_of",
    "from": "since",
    "to": "until",
    "said": "said",
    "status": "said",
    "set": "closed",
    "importance": "importance",
    "quote": "quote",
    "section": "quote",
    "para": "quote",
    "hash": "quote",
}
_VALUES: dict[Shape, str] = {
    "names": "names",
    "either": "names",
    "date": "date",
    "quantity": "number",
    "text": "words",
    "none": "predicate",
}
_MISSING: dict[Shape, str] = {
    "names": "Name the value: who or what is it?",
    "either": "Name the value, or tell it in words.",
    "date": "Give the date, such as 2017-03-02, 2017-03 or 2017.",
    "quantity": "Give the number in digits.",
    "text": "Tell the value in words.",
    "none": "Choose what the fact says.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldProblem:
    """What is wrong with a field of a fact's form, and the remedy."""

    field: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """A fact as if it were accepted: its sentence and questions, or why there is none.

    `problems` say what is still to be given, `rivalry` which accepted facts do not agree with it.
    """

    statement: str
    questions: tuple[Question, ...]
    why: str
    problems: tuple[FieldProblem, ...]
    rivalry: Rivalry | None = None


def check_entry(draft: Draft, fact: DraftFact, entry: Entry) -> tuple[FieldProblem, ...]:
    """Return what keeps a fact from being accepted; the draft holds the entities it names."""
    predicate = list_predicates(draft).get(PredicateName(entry.predicate))
    missing = tuple(_list_missing(entry, fact, find_shape(predicate)))
    if missing:
        return missing
    wrong = tuple(_list_wrong_types(draft, fact, entry, predicate)) if predicate else ()
    return wrong or tuple(_list_faults(inspect_fact(draft, fact), fact.key, find_shape(predicate)))


def inspect_fact(draft: Draft, fact: DraftFact) -> Inspection:
    """Return the pack of the accepted facts and this one, as if it were accepted, with faults."""
    others = [one for one in draft.facts if one.key != fact.key and one.state == "accepted"]
    facts = sorted([*others, replace(fact, state="accepted")], key=lambda one: one.position)
    return inspect_draft(replace(draft, facts=tuple(facts)))


def preview_fact(draft: Draft, fact: DraftFact, entry: Entry) -> Preview:
    """Return what accepting a fact would give; the draft holds the entities it names."""
    problems = check_entry(draft, fact, entry)
    if problems:
        return Preview(statement="", questions=(), why="", problems=problems)
    pack = inspect_fact(draft, fact).pack
    bank = generate(pack, seed=draft.seed)
    found = next((one for one in pack.facts if one.id == fact.key), None)
    return Preview(
        statement="" if found is None else state_fact(pack, found),
        questions=tuple(one for one in bank.questions if fact.key in map(str, one.facts)),
        why={str(key): why for key, why in bank.unused}.get(fact.key, ""),
        problems=(),
        rivalry=find_rivalry(pack, fact.key),
    )


def list_predicates(draft: Draft) -> Mapping[PredicateName, Predicate]:
    """Return the predicates that facts of the draft may have: those shipped, and its own."""
    own = read_predicates(Reader(), make_node(draft.predicates)) if draft.predicates else {}
    return {**list_shipped_predicates(), **own}


def _list_missing(entry: Entry, fact: DraftFact, shape: Shape) -> Iterator[FieldProblem]:
    if shape == "none":
        yield FieldProblem(field="predicate", text=_MISSING["none"])
    if not entry.subject:
        yield FieldProblem(field="subject", text="Say whom or what the fact is about.")
    elif len(split_names(entry.subject)) > 1:
        yield FieldProblem(field="subject", text="Give one name; several make several facts.")
    if shape != "none" and not fact.body.get("v"):
        yield FieldProblem(field=_VALUES[shape], text=_MISSING[shape])
    if not entry.quote:
        yield FieldProblem(field="quote", text="Give the words of the article that say so.")


def _list_wrong_types(
    draft: Draft, fact: DraftFact, entry: Entry, predicate: Predicate
) -> Iterator[FieldProblem]:
    """A name may stand for something that such a fact is not said of, or does not take."""
    book = NameBook(draft.entities)
    kind = book.type_of(fact.body.get("s"))
    if kind and not {kind, "entity"} & set(predicate.domain):
        allowed = write_types(predicate.domain)
        text = f"{entry.subject} is {_write_type(kind)}; this is said of {allowed}."
        yield FieldProblem(field="subject_type", text=f"{text} Choose what it is.")
    if find_shape(predicate) != "names":
        return
    value = fact.body.get("v")
    for key in value if isinstance(value, list) else [value]:
        kind = book.type_of(key)
        if kind and not {kind, "entity"} & set(predicate.range):
            allowed = write_types(predicate.range)
            text = f"{book.name_of(key)} is {_write_type(kind)}; the value must be {allowed}."
            yield FieldProblem(field="value_type", text=f"{text} Choose what it is.")


def _list_faults(found: Inspection, key: str, shape: Shape) -> Iterator[FieldProblem]:
    for fault in found.faults:
        if getattr(fault, "fact", None) != key:
            continue
        head, _, rest = fault.text.partition(": ")
        known = head == "v" or head in _FIELDS
        field = _VALUES[shape] if head == "v" else _FIELDS.get(head, "")
        text = rest if known and rest else fault.text
        yield FieldProblem(field=field, text=f"{text[:1].upper()}{text[1:]}.")


def write_types(kinds: tuple[str, ...]) -> str:
    """Return types in words: a group, a state body or anything."""
    words = ["anything" if kind == "entity" else _write_type(kind) for kind in kinds]
    return " or ".join(filter(None, (", ".join(words[:-1]), words[-1])))


def _write_type(kind: str) -> str:
    words = kind.replace("_", " ")
    return words if kind == "people" else f"{'an' if words[0] in 'aeiou' else 'a'} {words}"
