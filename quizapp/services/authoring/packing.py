"""A draft read as a pack of facts, and the questions that it would ask."""

from dataclasses import dataclass, replace

from quizapp.facts.article import read_article
from quizapp.facts.model import Pack
from quizapp.facts.packs import Inspection, inspect_document
from quizapp.facts.plain import make_node
from quizapp.facts.yaml_reader import Fields
from quizapp.formats.questions_json import question_from_dict
from quizapp.generation.bank import generate
from quizapp.kinds.bank import Bank
from quizapp.kinds.question import Question
from quizapp.kinds.registry import KINDS
from quizapp.services.authoring.folder import list_document
from quizapp.storage.drafts import Draft, DraftQuestion, QuestionOrigin, State

ACCEPTED = frozenset({"accepted"})
NOT_DROPPED = frozenset({"accepted", "proposed"})


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftItem:
    """A question of a draft, as it would be asked, and what was decided on it."""

    question: Question
    origin: QuestionOrigin
    state: State


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftBank:
    """The questions of a draft, those from facts first, and the facts that got none, with why."""

    items: tuple[DraftItem, ...]
    unused: tuple[tuple[str, str], ...]


def inspect_draft(draft: Draft, states: frozenset[str] = ACCEPTED) -> Inspection:
    """Return the pack of the draft's facts in these states, and its faults by fact."""
    node = make_node(list_document(draft, states))
    assert isinstance(node, Fields)
    return inspect_document(node, read_article(draft.article))


def gather_questions(draft: Draft, pack: Pack, published: frozenset[str]) -> DraftBank:
    """Return the questions that are made from the draft's pack, and those written by hand.

    Those made from facts are accepted once somebody accepted them, or if the version that the draft
    goes on from asks them: `published` are the keys of its questions.
    """
    bank = generate(pack, seed=draft.seed, kinds=tuple(KINDS))
    decided = {one.key: one for one in draft.questions}
    items = [_decide(question, decided, published) for question in bank.questions]
    made = {item.question.id for item in items}
    items += [
        DraftItem(question=question_from_dict(one.body), origin="written", state=one.state)
        for one in draft.questions
        if one.body is not None and one.origin != "made" and one.key not in made
    ]
    unused = tuple((str(fact), why) for fact, why in bank.unused)
    return DraftBank(items=tuple(items), unused=unused)


def make_bank(questions: DraftBank) -> Bank:
    """Return the bank of the accepted questions."""
    return Bank(
        questions=tuple(each.question for each in questions.items if each.state == "accepted"),
        unused=(),
    )


def _decide(
    question: Question, decided: dict[str, DraftQuestion], published: frozenset[str]
) -> DraftItem:
    found = decided.get(question.id)
    if found is None:
        state: State = "accepted" if question.id in published else "proposed"
        return DraftItem(question=question, origin="made", state=state)
    if found.body is None:
        return DraftItem(question=question, origin="made", state=found.state)
    edited = replace(question_from_dict(found.body), id=question.id)
    return DraftItem(question=edited, origin="edited", state=found.state)
