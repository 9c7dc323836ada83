"""Whether what was typed is the answer, whatever its case and diacritics, a slip allowed."""

import re

from rapidfuzz.distance import OSA

from quizapp.facts.folding import split_words

_ONE_SLIP, _TWO_SLIPS = 6, 12


def is_same_answer(typed: str, key: str) -> bool:
    """Return whether the typed text is the key but for case, diacritics, article and slips.

    One slip is allowed in a text of 6 letters or more, two from 12 on; a slip is a letter inserted,
    dropped, replaced or swapped with the next (optimal string alignment). Numbers allow none: the
    words with digits must be the same, in the same order.
    """
    one, other = _fold_answer(typed), _fold_answer(key)
    if one == other:
        return True
    if _list_numbers(one) != _list_numbers(other):
        return False
    allowed = (len(other) >= _ONE_SLIP) + (len(other) >= _TWO_SLIPS)
    return OSA.distance(one, other, score_cutoff=allowed) <= allowed


def _fold_answer(text: str) -> str:
    return re.sub(r"^(?:the|an?) ", "", " ".join(split_words(text)))


def _list_numbers(text: str) -> list[str]:
    return [word for word in text.split() if any(letter.isdigit() for letter in word)]
