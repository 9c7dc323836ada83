"""Single choice from a fact: for its value, its subject, or one member of a closed list."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import combinations

from quizapp.facts.model import Ask
from quizapp.facts.values import Entities, EntityId, PartialDate, Period, Quantity, Words
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
from quizapp.generation.wording import capitalise, is_bound, mention, name_entity
from quizapp.kinds.question import Option, Question

FEWEST, MOST = 2, 3
_TRIED = 8


Place = Callable[[int, Sequence[int]], int]
"""Gives the position of the right one among so many options, out of those that are possible."""


def make_choice(draft: Draft, ask: Ask, place: Place) -> Question | Refusal:
    """Return a choice question that puts the right one where `place` says.

    Figures and dates are sorted: as many wrong ones stand below the right one as it says.
    """
    refusal = check_ask(draft, ask) or _check_value(draft) or _check_choice(draft, ask)
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


def _check_value(draft: Draft) -> Refusal | None:
    """Refuse values that have no options which are proven wrong and tell nothing."""
    value = draft.fact.value
    if isinstance(value, Words):
        return Refusal("a value in free words has no options that are proven wrong")
    if isinstance(value, Period):
        return Refusal("a period has no options that are proven wrong")
    if is_bound(value):
        return Refusal("a bound has wrong figures to one side only, so that it would stand out")
    if isinstance(value, PartialDate) and draft.pack.entities[draft.fact.subject].dated:
        return Refusal("other questions name the event by its year, which tells the right date")
    return None


def _check_choice(draft: Draft, ask: Ask) -> Refusal | None:
    standing = draft.standing
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
    members.sort(key=lambda member: -min(FEWEST, len(_list_alike(draft, member, found))))
    outcome: Question | Refusal = Refusal("the list has no member")
    for member in members:
        answer = capitalise(name_entity(draft.pack.entities[member]))
        alike = _list_alike(draft, member, found)
        nearest = (*alike, *(one for one in found if one not in alike))
        outcome = _ask(draft, ask, (member,), answer, nearest, place)
        if isinstance(outcome, Question):
            return outcome
    return outcome


def _list_alike(
    draft: Draft, member: EntityId, found: Sequence[Distractor]
) -> tuple[Distractor, ...]:
    """The wrong ones of the member's circle."""
    circle = draft.pack.entities[member].circle
    ids = [(one, one.value.ids) for one in found if isinstance(one.value, Entities)]
    return tuple(
        one for one, (only,) in ids if circle and draft.pack.entities[only].circle == circle
    )


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
    stem = replace(shown.realiser, offered=offered).write_question(ask.stem)
    if is_given_away(draft, answers, answer, stem):
        return Refusal("the stem gives the answer away")
    kept = [one for one in found if not mention(one.text, stem)]
    ordered = is_ordered(draft, ask)
    chosen = _choose_around(draft, kept, place) if ordered else choose_distractors(answer, kept)
    fewest = MOST if ask.end == "subject" else FEWEST
    if chosen is None or len(chosen) < fewest:
        return Refusal(f"fewer than {fewest} other values are proven wrong and of like length")
    options = _order_options(draft, ask, answer, chosen, place)
    # What rivals say is told beside them already, and a name by itself explains nothing.
    told = [one for one in chosen if one.fact not in draft.standing.rivals]
    return draft.build(
        stem=stem,
        answer=answer,
        feedback=write_option_feedback(draft, told if ordered or ask.end != "value" else ()),
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


def is_ordered(draft: Draft, ask: Ask) -> bool:
    """Return whether the options are figures or dates, which stand by their size."""
    return ask.end == "value" and isinstance(draft.fact.value, (Quantity, PartialDate))


def _choose_around(
    draft: Draft, found: Sequence[Distractor], place: Place
) -> tuple[Distractor, ...] | None:
    """Wrong figures or dates below and above the right one, documented ones first on either side.

    Where the right one stands is left to `place` among the positions with most documented values.
    """
    key = draft.fact.value
    lower = [one for one in found if _measure(one.value) < _measure(key)]
    upper = [one for one in found if _measure(one.value) > _measure(key)]
    count = min(MOST, len(lower) + len(upper))
    if count < FEWEST:
        return None
    splits = {
        low: (*lower[:low], *upper[: count - low])
        for low in range(count + 1)
        if low <= len(lower) and count - low <= len(upper)
    }
    documented = {low: sum(one.near for one in chosen) for low, chosen in splits.items()}
    best = max(documented.values())
    return splits[place(count + 1, [low for low in splits if documented[low] == best])]


def _order_options(
    draft: Draft, ask: Ask, answer: str, chosen: tuple[Distractor, ...], place: Place
) -> tuple[Option, ...]:
    key = Option(text=answer, correct=True)
    wrong = [Option(text=one.text, correct=False, refuted_by=one.why) for one in chosen]
    if is_ordered(draft, ask):
        right = _measure(draft.fact.value)
        sizes = {one.text: _measure(one.value) for one in chosen} | {answer: right}
        return tuple(sorted([key, *wrong], key=lambda option: sizes[option.text]))
    draft.rng.shuffle(wrong)
    count = len(wrong) + 1
    position = place(count, range(count))
    return (*wrong[:position], key, *wrong[position:])


def _measure(value: object) -> float:
    if isinstance(value, Quantity):
        return float(value.low)
    assert isinstance(value, PartialDate)
    return float(value.first.toordinal())
