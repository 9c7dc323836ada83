"""Typed answers as people read them; they are stored in a form for machines."""

from quizapp.facts.values import PartialDate
from quizapp.kinds.dates import parse_dates
from quizapp.kinds.marking import Response
from quizapp.kinds.numbers import parse_number
from quizapp.kinds.question import Question


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
