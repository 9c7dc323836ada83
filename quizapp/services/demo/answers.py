"""Answers as a form would send them in its field `answer`: the right one, or a guess."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from random import Random
from types import MappingProxyType

from quizapp.kinds.answers import DONT_KNOW
from quizapp.kinds.dates import parse_dates
from quizapp.kinds.flashcard import FORGOTTEN
from quizapp.kinds.matching import list_matches
from quizapp.kinds.numbers import parse_number
from quizapp.kinds.ordering import list_items
from quizapp.kinds.question import KindName, Question
from quizapp.kinds.true_false import ANSWERS

GOOD = "3"
_LONG_WORD = 5
_SAFE_DAY = 28


def write_right(question: Question) -> str:
    """Return the answer that earns the whole mark; of a flashcard, the grade Good."""
    if question.kind == "flashcard":
        return GOOD
    if question.kind in {"choice", "select_all"}:
        return _join(place for place, option in enumerate(question.options) if option.correct)
    if question.kind == "ordering":
        items = list_items(question)
        return _join(items.index(text) for text in question.order or ())
    if question.kind == "matching":
        matches = list_matches(question)
        return _join(matches.index(match) for _, match in question.pairs or ())
    return question.answer


def draw_guess(rng: Random, question: Question) -> str:
    """Return what somebody sends who does not know; it may be right."""
    return _GUESSES[question.kind](rng, question)


def _join(numbers: Iterable[int]) -> str:
    return " ".join(map(str, numbers))


def _guess_option(rng: Random, question: Question) -> str:
    return str(rng.randrange(len(question.options)))


def _guess_ticks(rng: Random, question: Question) -> str:
    ticked = [place for place in range(len(question.options)) if rng.random() < 0.5]  # noqa: PLR2004
    return _join(ticked) or _guess_option(rng, question)


def _guess_word(rng: Random, question: Question) -> str:
    """A word that was read beside the answer."""
    words = [word for word in question.source.quote.split() if len(word) >= _LONG_WORD]
    return rng.choice(words) if words else DONT_KNOW


def _guess_number(rng: Random, question: Question) -> str:
    number = parse_number(question.answer) or Decimal(1)
    return f"{(number * rng.randint(2, 6) / 2).to_integral_value():f}"


def _guess_date(rng: Random, question: Question) -> str:
    (key,) = parse_dates(question.answer)
    day = min(key.day, _SAFE_DAY) if key.day else None
    return replace(key, year=key.year + rng.randint(-2, 2), day=day).iso


def _guess_order(rng: Random, question: Question) -> str:
    count = len(question.order or ())
    return _join(rng.sample(range(count), count))


def _guess_matches(rng: Random, question: Question) -> str:
    return _join(rng.sample(range(len(list_matches(question))), len(question.pairs or ())))


_GUESSES: Mapping[KindName, Callable[[Random, Question], str]] = MappingProxyType(
    {
        "choice": _guess_option,
        "select_all": _guess_ticks,
        "true_false": lambda rng, _: rng.choice(ANSWERS),
        "cloze": _guess_word,
        "numeric": _guess_number,
        "date": _guess_date,
        "ordering": _guess_order,
        "matching": _guess_matches,
        "flashcard": lambda *_: FORGOTTEN,
    }
)
