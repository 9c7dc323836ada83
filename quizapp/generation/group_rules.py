"""What a rule can see in one question that names several things: an order, pairs, a list."""

import re

from quizapp.facts.folding import fold
from quizapp.generation.wording import MONTHS, count_members, mention
from quizapp.kinds.question import Question

_DATED = re.compile(rf"\b\d{{4}}\b|\b(?:{'|'.join(MONTHS)})\b")
_MANY = 3


def check_ordering(question: Question) -> str | None:
    """Return what is wrong with the items to be ordered."""
    if question.kind != "ordering":
        return None
    items = question.order or ()
    if len(set(map(fold, items))) < max(_MANY, len(items)):
        return "fewer than three items, or two that are the same"
    dated = next((text for text in items if _DATED.search(text)), None)
    return None if dated is None else f"the item {dated!r} tells its date"


def check_matching(question: Question) -> str | None:
    """Return what is wrong with the pairs to be matched."""
    if question.kind != "matching":
        return None
    pairs = question.pairs or ()
    wrong = [option.text for option in question.options if not option.correct]
    matches = [fold(text) for text in (*(match for _, match in pairs), *wrong)]
    if len(pairs) < _MANY or len({fold(prompt) for prompt, _ in pairs}) < len(pairs):
        return "fewer than three prompts, or two that are the same"
    if len(set(matches)) < len(matches) or len(matches) == len(pairs):
        return "two matches are the same, or there are no more than prompts"
    told = next((prompt for prompt, match in pairs if mention(match, prompt)), None)
    return None if told is None else f"the prompt {told!r} tells its match"


def check_glance(question: Question) -> str | None:
    """Return what keeps the answer of a card from being checked at a glance."""
    count = count_members(question.answer) if question.kind == "flashcard" else 0
    return f"the answer names {count} things" if count > _MANY else None
