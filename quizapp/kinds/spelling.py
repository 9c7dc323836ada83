"""Whether what was typed is the answer, whatever its case and diacritics, a slip allowed."""

import re

from quizapp.facts.folding import split_words

_ONE_SLIP, _TWO_SLIPS = 6, 12


def is_same_answer(typed: str, key: str) -> bool:
    """Return whether the typed text is the key but for case, diacritics, article and slips.

    One slip is allowed in a text of 6 letters or more, two from 12 on. Numbers allow none: the
    words with digits must be the same, in the same order.
    """
    one, other = _fold_answer(typed), _fold_answer(key)
    if one == other:
        return True
    if _list_numbers(one) != _list_numbers(other):
        return False
    allowed = (len(other) >= _ONE_SLIP) + (len(other) >= _TWO_SLIPS)
    return abs(len(one) - len(other)) <= allowed and _count_slips(one, other) <= allowed


def _fold_answer(text: str) -> str:
    return re.sub(r"^(?:the|an?) ", "", " ".join(split_words(text)))


def _list_numbers(text: str) -> list[str]:
    return [word for word in text.split() if any(letter.isdigit() for letter in word)]


def _count_slips(one: str, other: str) -> int:
    """The number of letters to insert, drop, replace or swap with the next."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        line = [row]
        for column, wanted in enumerate(other, 1):
            cost = letter != wanted
            best = min(last[column] + 1, line[-1] + 1, last[column - 1] + cost)
            swapped = row > 1 and column > 1 and one[row - 2 : row] == wanted + other[column - 2]
            line.append(min(best, before[column - 2] + 1) if swapped else best)
        before, last = last, line
    return last[-1]
