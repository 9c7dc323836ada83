"""Answers as people read them; they are stored in a form for machines."""

from collections.abc import Iterator
from typing import Final

from quizapp.facts.values import PartialDate
from quizapp.kinds.dates import parse_dates
from quizapp.kinds.marking import Response
from quizapp.kinds.matching import OPEN, list_matches
from quizapp.kinds.numbers import parse_number
from quizapp.kinds.ordering import list_items
from quizapp.kinds.question import Question

DONT_KNOW: Final = "I don't know"


def write_given(question: Question, response: Response) -> str:
    """Return what was typed: a date in full, a number in groups of three digits with its unit."""
    if question.kind == "date":
        dates = parse_dates(response.text)
        return write_date(dates[0]) if dates else response.text
    if question.kind == "numeric":
        number = parse_number(response.text)
        plain = response.text if number is None else f"{number:,f}"
        return _add_unit(plain, question)
    return response.text


def write_key(question: Question) -> str:
    """Return the right answer, a number with its unit."""
    return _add_unit(question.answer, question) if question.kind == "numeric" else question.answer


def write_date(date: PartialDate) -> str:
    """Return a date as exact as it is: 2 March 2017, March 2017, 2017."""
    if date.month is None:
        return str(date.year)
    month = f"{date.first:%B} {date.year}"
    return month if date.day is None else f"{date.day} {month}"


def _add_unit(number: str, question: Question) -> str:
    # The unit is written in the plural.
    return f"{number} {question.unit}" if question.unit and number != "1" else number


def write_answer(question: Question, response: Response) -> str:
    """Return an answer of any kind in words, several parts of it separated by semicolons."""
    if not response.given:
        return DONT_KNOW
    places = [int(word) for word in response.text.split() if word.isdecimal()]
    match question.kind:
        case "choice" | "select_all":
            return "; ".join(question.options[place].text for place in places)
        case "true_false":
            return response.text.capitalize()
        case "ordering":
            items = list_items(question)
            return "; ".join(items[place] for place in places)
        case "matching":
            return "; ".join(_list_matched(question, response))
    return write_given(question, response)


def _list_matched(question: Question, response: Response) -> Iterator[str]:
    matches = list_matches(question)
    for (prompt, _), number in zip(question.pairs or (), response.text.split(), strict=True):
        yield f"{prompt}: {'nothing' if number == OPEN else matches[int(number)]}"
