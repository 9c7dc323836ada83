"""How times, shares and kinds read on a page: the filters and globals of the templates."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from flask import Flask
from markupsafe import Markup, escape

from quizapp.kinds.markup import strip_markup
from quizapp.services.reviewing.days import calendar_of
from quizapp.web.access import find_current, read_now

_KINDS = {
    "choice": "Multiple choice",
    "select_all": "Select all",
    "true_false": "True or false",
    "cloze": "Fill the gap",
    "numeric": "Number",
    "date": "Date",
    "ordering": "Put in order",
    "matching": "Match",
    "flashcard": "Flashcard",
}
# Scripts written from right to left, with the language that CLDR holds likely for each.
_SCRIPTS = {
    "ar": "\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc",
    "he": "\u0590-\u05ff\ufb1d-\ufb4f",
}
_RUNS = re.compile(
    "|".join(f"(?P<{lang}>[{chars}]+(?:[\\s،-]+[{chars}]+)*)" for lang, chars in _SCRIPTS.items())
)
# No question that is made from facts holds any of these.
_MARKUP = re.compile(r"[*\[`\n\\]")
_DAYS_IN_MONTH = 30.4
_DAYS_IN_YEAR = 365.25
_SOME_DAYS = 60
_SOME_MONTHS = 730


def write_bidi(text: str) -> Markup:
    """Return the text as markup, runs of right-to-left script isolated and named by language."""
    parts: list[str] = []
    end = 0
    for run in _RUNS.finditer(text):
        words = escape(run.group())
        bdi = f'<bdi lang="{run.lastgroup}" dir="rtl">{words}</bdi>'
        parts += (escape(text[end : run.start()]), bdi)
        end = run.end()
    return Markup("".join(parts)) + text[end:]  # noqa: S704 - every part was escaped


def write_stem_line(stem: str) -> Markup:
    """Return a stem in one line; the Markdown of one that somebody wrote is read as its words."""
    return write_bidi(stem if _MARKUP.search(stem) is None else strip_markup(stem))


def mark_quote(paragraph: str, quote: str) -> Markup:
    """Return the paragraph as markup with the quote highlighted."""
    if not quote or quote not in paragraph:
        return write_bidi(paragraph)
    before, found, after = paragraph.partition(quote)
    mark = Markup("<mark>{}</mark>").format(write_bidi(found))
    return write_bidi(before) + mark + write_bidi(after)


def write_day(value: date) -> str:
    """Return a date in full, of an instant the reader's local one: 2 March 2017."""
    day = _local(value) if isinstance(value, datetime) else value
    return f"{day.day} {day:%B %Y}"


def write_clock(value: datetime) -> str:
    """Return the reader's local time of day: 10:42."""
    return f"{_local(value):%H:%M}"


def write_until(value: datetime | None) -> str:
    """Return how far away an instant is: now, in 10 minutes, tomorrow, in 12 days."""
    if value is None:
        return "when you have learned something new"
    days = _study_day(value) - _study_day(read_now())
    left = value - read_now()
    if left <= timedelta(0):
        return "now"
    if days < 1 or left < timedelta(hours=1):
        return f"in {write_step(left)}"
    return "tomorrow" if days == 1 else f"in {write_days(days)}"


def write_step(length: timedelta) -> str:
    """Return a length below a day: under a minute, 10 minutes, 3 hours."""
    minutes = round(length / timedelta(minutes=1))
    if minutes < 1:
        return "under a minute"
    if minutes < 60:  # noqa: PLR2004 - minutes in an hour
        return write_plural(minutes, "minute")
    return write_plural(round(minutes / 60), "hour")


def write_days(days: int) -> str:
    """Return a number of days in the unit that suits it: 12 days, 3 months, 2.5 years."""
    if days < _SOME_DAYS:
        return write_plural(days, "day")
    if days < _SOME_MONTHS:
        return write_plural(round(days / _DAYS_IN_MONTH), "month")
    return f"{days / _DAYS_IN_YEAR:.1f} years"


def write_percent(share: float) -> str:
    """Return a share of 1 in whole percent: 85%."""
    return f"{share:.0%}"


def write_share(share: float | None) -> str:
    """Return a score in percent with one place, nothing if there is none: 87.5%."""
    return "" if share is None else f"{round(share * 100, 1):g}%"


def write_kind(kind: str) -> str:
    """Return what people call a kind of question."""
    return _KINDS[kind]


def write_plural(number: int, noun: str) -> str:
    """Return a number with its noun: 1 question, 3 questions."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def init_words(app: Flask) -> None:
    """Give the templates their filters and globals."""
    filters: dict[str, Callable[..., str]] = {
        "bidi": write_bidi,
        "stem_line": write_stem_line,
        "day": write_day,
        "clock": write_clock,
        "until": write_until,
        "percent": write_percent,
        "score": write_share,
        "kind_name": write_kind,
    }
    app.jinja_env.filters.update(filters)
    app.jinja_env.globals.update(plural=write_plural, marked_quote=mark_quote)


def _local(instant: datetime) -> datetime:
    account = find_current()
    return instant.astimezone(ZoneInfo(account.timezone if account else "UTC"))


def _study_day(instant: datetime) -> int:
    account = find_current()
    if account is None:
        return instant.toordinal()
    return calendar_of(account).study_day(instant)
