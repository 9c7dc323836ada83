"""Single choice from a fact: for its value, its subject, or one member of a closed list."""

from collections.abc import Callable
from dataclasses import replace
from itertools import combinations

from quizapp.facts.model import Ask
from quizapp.facts.values import Entities, EntityId, PartialDate, Period, Quantity, Words
from quizapp.generation.bounds import choose_stem
from quizapp.generation.distractors import Distractor, find_distractors
from quizapp.generation.drafts import (
    Draft,
    Refusal,
    check_ask,
    check_subject_end,
    is_given_away,
    pick_member,
)
from quizapp.generation.feedback import write_option_feedback
from quizapp.generation.item_rules import is_key_too_long
from quizapp.generation.subject_distractors import find_subject_distractors
from quizapp.generation.wording import capitalise, mention, name_entity
from quizapp.kinds.question import Option, Question

FEWEST, MOST = 2, 3
_TRIED = 8


Place = Callable[[int], int]
"""Gives the position of the right one among so many options in words."""


def make_choice(draft: Draft, ask: Ask, place: Place) -> Question | Refusal:
    """Return a choice question; options in words put the right one where `place` says.

    Figures and dates are sorted instead.
    """
    refusal = check_ask(draft, ask) or _check_choice(draft, ask)
    if refusal is not None:
        return refusal
    if ask.end == "subject":
        return _ask_subject(draft, ask, place)
    if ask.end == "member":
        return _ask_member(draft, ask, place)
    found = find_distractors(draft.base, draft.standing, draft.rng)
    value = draft.fact.value
    answers = value.ids if isinstance(value, Entities) else ()
    return _ask(draft, ask, answers, draft.realiser.write_answer(), found, place)


def _check_choice(draft: Draft, ask: Ask) -> Refusal | None:
    standing = draft.standing
    if isinstance(standing.fact.value, Words):
        return Refusal("a value in free words has no options that are proven wrong")
    if isinstance(standing.fact.value, Period):
        return Refusal("a period has no options that are proven wrong")
    if standing.proven:
        several = isinstance(standing.fact.value, Entities) and len(standing.fact.value.ids) > 1
        whole = several and ask.end != "member"
        return Refusal("a list is not asked as a whole in a choice") if whole else None
    if standing.rivals:
        return Refusal("other versions stand beside it, so that nothing is proven wrong")
    return Refusal("its list may be incomplete, so that nothing is proven wrong")


def _ask_subject(draft: Draft, ask: Ask, place: Place) -> Question | Refusal:
    refusal = check_subject_end(draft)
    if refusal is not None:
        return refusal
    subject = draft.pack.entities[draft.fact.subject]
    found = find_subject_distractors(draft.base, draft.standing)
    answer = capitalise(name_entity(subject))
    return _ask(draft, ask, (subject.id,), answer, found, place)


def _ask_member(draft: Draft, ask: Ask, place: Place) -> Question | Refusal:
    assert isinstance(draft.fact.value, Entities)
    found = find_distractors(draft.base, draft.standing, draft.rng)
    members = list(draft.fact.value.ids)
    draft.rng.shuffle(members)
    outcome: Question | Refusal = Refusal("the list has no member")
    for member in members:
        answer = capitalise(name_entity(draft.pack.entities[member]))
        outcome = _ask(draft, ask, (member,), answer, found, place)
        if isinstance(outcome, Question):
            return outcome
    return outcome


def _ask(
    draft: Draft,
    ask: Ask,
    answers: tuple[EntityId, ...],
    answer: str,
    found: tuple[Distractor, ...],
    place: Place,
) -> Question | Refusal:
    shown = pick_member(draft, answers[0]) if ask.end == "member" else draft
    offered = ask.end != "value"
    stem = replace(shown.realiser, offered=offered).write_question(choose_stem(shown, ask))
    if is_given_away(draft, answers, answer, stem):
        return Refusal("the stem gives the answer away")
    kept = [one for one in found if not mention(one.text, stem)]
    chosen = choose_distractors(answer, kept)
    if chosen is None:
        return Refusal(f"fewer than {FEWEST} other values are proven wrong and of like length")
    options = _order_options(draft, ask, answer, chosen, place)
    return draft.build(
        stem=stem,
        answer=answer,
        feedback=write_option_feedback(draft, () if ask.end == "value" else chosen),
        options=options,
        guess=1 / len(options),
        near=sum(one.near for one in chosen) / len(chosen),
    )


def choose_distractors(answer: str, found: list[Distractor]) -> tuple[Distractor, ...] | None:
    """The best three, or two, beside which the right answer does not stand out by its length."""
    for count in range(MOST, FEWEST - 1, -1):
        for chosen in combinations(found[:_TRIED], count):
            if not is_key_too_long(answer, [one.text for one in chosen]):
                return chosen
    return None


def _order_options(
    draft: Draft, ask: Ask, answer: str, chosen: tuple[Distractor, ...], place: Place
) -> tuple[Option, ...]:
    key = Option(text=answer, correct=True)
    wrong = [Option(text=one.text, correct=False, refuted_by=one.why) for one in chosen]
    value = draft.fact.value
    if ask.end == "value" and isinstance(value, (Quantity, PartialDate)):
        sizes = {one.text: _measure(one.value) for one in chosen} | {answer: _measure(value)}
        return tuple(sorted([key, *wrong], key=lambda option: sizes[option.text]))
    draft.rng.shuffle(wrong)
    position = place(len(wrong) + 1)
    return (*wrong[:position], key, *wrong[position:])


def _measure(value: object) -> float:
    if isinstance(value, Quantity):
        return float(value.low)
    assert isinstance(value, PartialDate)
    return float(value.first.toordinal())
