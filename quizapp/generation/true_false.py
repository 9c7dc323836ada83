"""True and false statements from a fact; a false one differs in one value that is proven false."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from quizapp.facts.values import Entities, PartialDate, Quantity, Value
from quizapp.generation.bounds import give_figure
from quizapp.generation.distractors import Distractor, find_distractors
from quizapp.generation.drafts import Draft, Refusal, check_version, is_given_away, pick_member
from quizapp.generation.feedback import write_feedback
from quizapp.generation.lint import find_faults
from quizapp.generation.wording import is_bound
from quizapp.kinds.question import Question

TEMPLATE = "statement"
_GUESS = 0.5
_NEAREST = 2


@dataclass(frozen=True, slots=True)
class Pair:
    """A true statement, and the false one where some other value is proven false."""

    true: Question
    false: Question | None


def make_pair(draft: Draft) -> Pair | Refusal:
    """Return the fact as a true statement and, where it can be, as a false one."""
    refusal = _check_statement(draft)
    if refusal is not None:
        return refusal
    stated = _pick_stated(draft)
    value = stated.fact.value
    answers = value.ids if isinstance(value, Entities) else ()
    subject = stated.realiser.write_statement("{s}")
    if is_given_away(stated, answers, stated.realiser.write_answer(), subject):
        return Refusal("the subject's name gives the value away")
    true = _build(stated, draft, value, None)
    return Pair(true, _find_false(draft, stated))


def _check_statement(draft: Draft) -> Refusal | None:
    predicate = draft.standing.predicate
    subject = draft.pack.entities[draft.fact.subject]
    if predicate.statement is None:
        return Refusal(f"the predicate {predicate.name} has no statement")
    if predicate.name in subject.hide:
        return Refusal(f"the name {subject.name!r} gives the {predicate.name} away")
    if draft.standing.version == "section":
        return Refusal("only its section names this version among its rivals")
    return check_version(draft.standing)


def _pick_stated(draft: Draft) -> Draft:
    """A list is stated one member at a time."""
    value = draft.fact.value
    if not isinstance(value, Entities) or len(value.ids) == 1:
        return draft
    return pick_member(draft, draft.rng.choice(value.ids))


def _choose_template(draft: Draft) -> str:
    """One member of a list, or the only one known of an open list, is stated as a member."""
    predicate, value = draft.standing.predicate, draft.fact.value
    if is_bound(value):
        return give_figure(draft)
    whole = isinstance(value, Entities) and len(value.ids) == 1 and draft.fact.closed
    return (predicate.statement if whole else predicate.member) or predicate.statement or ""


def _find_false(draft: Draft, stated: Draft) -> Question | None:
    """A bound has no false version: "at least 60" entails less and allows more."""
    if is_bound(draft.fact.value):
        return None
    found = find_distractors(draft.base, draft.standing, draft.rng)
    nearest = list(found[:_NEAREST])
    draft.rng.shuffle(nearest)
    if isinstance(draft.fact.value, Quantity):
        nearest.sort(key=lambda one: not one.near)
    if isinstance(draft.fact.value, PartialDate):
        nearest = [*_list_alike(draft.fact.value, found), *nearest]
    for wrong in nearest:
        question = _build(stated, draft, wrong.value, wrong)
        if not find_faults(question, draft.fact, draft.pack):
            return question
    return None


def _list_alike(key: PartialDate, found: Sequence[Distractor]) -> list[Distractor]:
    """Return the wrong dates of the key's year, which its event may be named by elsewhere."""
    dates = [(one, one.value) for one in found if isinstance(one.value, PartialDate)]
    return [one for one, date in dates if date.first.year == key.first.year]


def _build(stated: Draft, draft: Draft, value: Value, wrong: Distractor | None) -> Question:
    realiser = replace(stated.realiser, fact=replace(stated.fact, value=value))
    feedback = write_feedback(draft, whole=True)
    if wrong is not None and not draft.standing.rivals:
        feedback = f"{feedback} {wrong.elsewhere}".rstrip()
    return draft.build(
        stem=realiser.write_statement(_choose_template(draft)),
        answer="true" if wrong is None else "false",
        feedback=feedback,
        guess=_GUESS,
        near=0.0 if wrong is None else float(wrong.near),
    )
