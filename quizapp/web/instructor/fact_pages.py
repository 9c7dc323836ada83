"""What the pages of a draft's facts show."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from quizapp.facts.article import Article, read_article
from quizapp.facts.folding import fold
from quizapp.facts.model import PredicateName
from quizapp.generation.slots import Version
from quizapp.services.authoring.checking_facts import FieldProblem, Preview, list_predicates
from quizapp.services.authoring.conflicting import list_links
from quizapp.services.authoring.entries import Entry, Shape, find_shape, show_entry
from quizapp.services.authoring.naming import NameBook
from quizapp.storage.drafts import Draft, DraftFact
from quizapp.storage.sets import SetDetails
from quizapp.web.instructor.fact_forms import COMPARISON_WORDS, describe_predicate, write_slot

STATES = {"proposed": "To review", "accepted": "Accepted", "dropped": "Dropped"}
FACTS_A_PAGE = 50
_MEANINGS: Mapping[Version, str] = {
    "framed": "Questions on it say whose claim it is, or for when it holds, so that one answer is"
    " right.",
    "section": "Questions on it name the section of the article that they ask about, and true or"
    " false is not asked.",
    "unnamed": "No question is asked of it, since nothing tells the two apart: give the claimant or"
    " the date, correct one, or drop one.",
    "only": "",
}
_ORIGINS = {
    "rule": "proposed by a rule",
    "model": "proposed by a language model",
    "hand": "marked by hand",
    "file": "from a file",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FactLine:
    """A fact in the list; `value` is empty where it is still to be given."""

    key: str
    says: str
    subject: str
    value: str
    state: str
    reasons: int
    disagrees: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingView:
    """Those facts of a draft that match, `total` of all.

    `undecided` is the key of the first of all that is to be reviewed.
    """

    lines: tuple[FactLine, ...]
    total: int
    reviewed: int
    undecided: str | None
    accepted: int
    may_edit: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PassageView:
    """A part of the article: paragraphs with their numbers, and the words to highlight."""

    section: str
    number: int
    paragraphs: tuple[tuple[int, str], ...]
    here: int
    quote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FactPage:
    """A fact that is reviewed; `key` is empty for a new one.

    `shape` tells which fields hold the value; `names` are those of the draft; `meaning` says what
    it means for questions that another fact does not agree.
    """

    key: str
    number: int
    total: int
    reviewed: int
    state: str
    origin: str
    reasons: tuple[str, ...]
    former: str | None
    following: str | None
    passage: PassageView | None
    shape: Shape
    takes: str
    names: tuple[str, ...]
    preview: Preview
    meaning: str
    may_edit: bool


def may_edit(details: SetDetails) -> bool:
    """Tell whether this person may change the set now."""
    return details.may != "read" and details.archived_at is None


def show_listing(details: SetDetails, draft: Draft, search: str, state: str) -> ListingView:
    """Return the list of the facts that hold the words searched for, in a state (empty: any)."""
    undecided = [fact.key for fact in draft.facts if fact.state == "proposed"]
    wanted = [fact for fact in draft.facts if state in ("", fact.state)]
    words = fold(search).split()
    lines = [
        line
        for line in _list_lines(draft, wanted)
        if all(word in fold(f"{line.says} {line.subject} {line.value}") for word in words)
    ]
    return ListingView(
        lines=tuple(lines),
        total=len(draft.facts),
        reviewed=len(draft.facts) - len(undecided),
        undecided=undecided[0] if undecided else None,
        accepted=sum(fact.state == "accepted" for fact in draft.facts),
        may_edit=may_edit(details),
    )


def _list_lines(draft: Draft, facts: Iterable[DraftFact]) -> Iterator[FactLine]:
    book, predicates = NameBook(draft.entities), list_predicates(draft)
    for fact in facts:
        entry = show_entry(fact.body, book, predicates)
        predicate = predicates.get(PredicateName(entry.predicate))
        yield FactLine(
            key=fact.key,
            says=write_slot(predicate.slot) if predicate else "Not said yet",
            subject=entry.subject,
            value=write_value(entry),
            state=STATES[fact.state],
            reasons=len(fact.reasons) if fact.state == "proposed" else 0,
            disagrees=fact.state == "accepted" and bool(list_links(fact)),
        )


def write_value(entry: Entry) -> str:
    """Return the value of an entry in few words, with who says so or how sure it is."""
    value = _write_number(entry) or entry.names or entry.date or entry.words
    if entry.said:
        return f"{value}, according to {entry.said}"
    return value if entry.status == "stated" else f"{value}, {entry.status}"


def _write_number(entry: Entry) -> str:
    hedge = "" if entry.comparison == "=" else COMPARISON_WORDS.get(entry.comparison, "")
    return " ".join(filter(None, (hedge, entry.number, entry.unit))) if entry.number else ""


def show_fact(
    details: SetDetails, draft: Draft, fact: DraftFact, entry: Entry, preview: Preview
) -> FactPage:
    """Return the page of a fact, whose form holds the entry."""
    keys = [one.key for one in draft.facts]
    place = keys.index(fact.key) if fact.key in keys else len(keys)
    predicate = list_predicates(draft).get(PredicateName(entry.predicate))
    return FactPage(
        key=fact.key if fact.key in keys else "",
        number=place + 1,
        total=len(keys),
        reviewed=sum(one.state != "proposed" for one in draft.facts),
        state=STATES[fact.state],
        origin=_ORIGINS[fact.origin],
        reasons=fact.reasons if fact.state == "proposed" else (),
        former=keys[place - 1] if place else None,
        following=keys[place + 1] if place + 1 < len(keys) else None,
        passage=show_passage(read_article(draft.article), entry),
        shape=find_shape(predicate),
        takes=describe_predicate(predicate),
        names=list_names(draft),
        preview=preview,
        meaning=_MEANINGS[preview.rivalry.version] if preview.rivalry else "",
        may_edit=may_edit(details),
    )


def show_passage(article: Article, entry: Entry) -> PassageView | None:
    """Return the paragraph that an entry quotes, with those before and after it."""
    section = article.find_section(entry.section)
    here = int(entry.paragraph) if entry.paragraph.isdecimal() else 0
    if section is None or not 1 <= here <= len(section.paragraphs):
        return None
    near = section.paragraphs[max(here - 2, 0) : here + 1]
    return PassageView(
        section=section.title,
        number=article.sections.index(section),
        paragraphs=tuple((one.number, one.text) for one in near),
        here=here,
        quote=entry.quote,
    )


def list_names(draft: Draft) -> tuple[str, ...]:
    """Return the names of a draft, to be chosen from."""
    return tuple(sorted({str(one.body.get("name")) for one in draft.entities}, key=str.lower))


def find_next(draft: Draft, key: str) -> str | None:
    """Return the next fact that is to be reviewed after this one, or else the first of all."""
    keys = [one.key for one in draft.facts]
    place = keys.index(key) if key in keys else -1
    turned: Sequence[DraftFact] = (*draft.facts[place + 1 :], *draft.facts[: max(place, 0)])
    return next((one.key for one in turned if one.state == "proposed"), None)


def no_preview(problems: tuple[FieldProblem, ...] = ()) -> Preview:
    """Return a preview without questions."""
    return Preview(statement="", questions=(), why="", problems=problems)
