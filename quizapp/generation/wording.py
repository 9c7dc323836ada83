"""Words for the pieces of a fact: names, dates, quantities, lists, in correct English.

Nothing here knows a topic; what a name needs (an article, a plural verb) the pack says.
"""

import re
from collections.abc import Sequence
from decimal import Decimal

from quizapp.facts.folding import split_words
from quizapp.facts.model import Entity
from quizapp.facts.values import Comparison, PartialDate, Period, Quantity

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
HEDGES: dict[Comparison, str] = {
    "=": "",
    ">=": "at least",
    ">": "more than",
    "<=": "up to",
    "<": "fewer than",
    "~": "about",
}
OPEN_ABOVE: tuple[Comparison, ...] = (">=", ">")
OPEN_BELOW: tuple[Comparison, ...] = ("<=", "<")
LANGUAGES = {
    "ar": "Arabic",
    "de": "German",
    "en": "English",
    "es": "Spanish",
    "fa": "Persian",
    "fr": "French",
    "he": "Hebrew",
    "it": "Italian",
    "ja": "Japanese",
    "la": "Latin",
    "pl": "Polish",
    "pt": "Portuguese",
    "ru": "Russian",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "zh": "Chinese",
}
_JOINTS = re.compile(r"[,;]\s+(?:and |or )?| and | or | as well as ")
_INVARIANT = frozenset({"km", "kg", "personnel", "police", "series", "species", "aircraft"})
_IRREGULAR = {
    "men": "man",
    "women": "woman",
    "children": "child",
    "persons": "person",
    "people": "person",
}
_COMMON = frozenset(
    {
        *("also", "been", "from", "have", "into", "many", "more", "most", "over", "some", "than"),
        *("that", "their", "them", "then", "they", "this", "were", "what", "when", "which", "with"),
        *("army", "body", "city", "country", "event", "group", "people", "place", "region"),
        *("state", "village"),
    }
)
SMALL = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TEN = 10
_LARGE = ((Decimal(10**9), "billion"), (Decimal(10**6), "million"))
_SHORT_FRACTION = Decimal("0.1")


def capitalise(text: str) -> str:
    """Return the text with its first letter large; the rest stays as it is."""
    return text[:1].upper() + text[1:]


def end_sentence(text: str, mark: str) -> str:
    """Return the text as a sentence that ends with the mark, once."""
    body = text.rstrip()
    return capitalise(body if mark == "." and body.endswith((".", '."')) else body + mark)


def join_words(words: Sequence[str]) -> str:
    """Return "A", "A and B" or "A, B and C"."""
    if len(words) < 2:  # noqa: PLR2004
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def split_list(text: str) -> tuple[str, ...]:
    """Return the things that a list in words names, joined by commas, "and" or "or"."""
    return tuple(part for part in _JOINTS.split(text) if part.strip())


def count_members(text: str) -> int:
    """Return how many things a list in words names; the comma in a number separates nothing."""
    return len(split_list(text))


def add_possessive(phrase: str, *, plural: bool = False) -> str:
    """Return the phrase as an owner: "JNIM's", "the Taliban's", "the Russians'"."""
    return phrase + ("'" if plural and phrase.endswith("s") else "'s")


def name_entity(entity: Entity, *, dated: bool = False) -> str:
    """Return the entity's name within a sentence, with its article; if `dated`, with its year."""
    name = (entity.dated if dated else None) or entity.name
    return f"the {name}" if entity.the else name


def write_date(value: PartialDate | Period) -> str:
    """Return "2 March 2017", "March 2017" or "2017"; a period with "to"."""
    if isinstance(value, Period):
        return f"{write_date(value.start)} to {write_date(value.end)}"
    month = "" if value.month is None else f"{MONTHS[value.month - 1]} "
    day = "" if value.day is None else f"{value.day} "
    return f"{day}{month}{value.year}"


def write_date_formats(value: PartialDate) -> tuple[str, ...]:
    """Return the other usual ways to write the date: "March 2, 2017", "2 Mar 2017", "2017-03-02".

    A year is written in one way only.
    """
    if value.month is None:
        return ()
    month = MONTHS[value.month - 1]
    short = dict.fromkeys([month[:3], month])
    if value.day is None:
        texts = [*(f"{name} {value.year}" for name in short), f"{value.month:02}/{value.year}"]
    else:
        texts = [f"{month} {value.day}, {value.year}"]
        texts += [f"{value.day} {name} {value.year}" for name in short]
        texts.append(f"{value.day:02}/{value.month:02}/{value.year}")
    return tuple(text for text in (*texts, value.iso) if text != write_date(value))


def write_when(value: PartialDate | Period) -> str:
    """Return the date with its preposition: "on 2 March 2017", "in 2017", "from 2017 to 2023"."""
    if isinstance(value, Period):
        return f"from {write_date(value)}"
    return f"{'on' if value.grain == 'day' else 'in'} {write_date(value)}"


def ask_when(value: PartialDate | Period) -> str:
    """Return the words that ask for a date of this grain."""
    if isinstance(value, Period):
        return "in which period"
    words = {"day": "on what date", "month": "in which month and year", "year": "in which year"}
    return words[value.grain]


def write_number(number: Decimal) -> str:
    """Return the number with thousands separators; round millions and billions in words."""
    for size, word in _LARGE:
        if number >= size and (number / size) % _SHORT_FRACTION == 0:
            return f"{(number / size).normalize():f} {word}"
    return f"{number.normalize():,f}"


def write_figure(value: Quantity) -> str:
    """Return the bare figure, or "2,000 to 3,000"."""
    if value.is_range:
        return f"{write_number(value.low)} to {write_number(value.high)}"
    return write_number(value.low)


def keeps_hedge(hedge: str, text: str) -> bool:
    """Return whether the text holds the hedge."""
    return hedge in text.casefold()


def is_bound(value: object) -> bool:
    """Return whether the value is a figure that is open to one side: "at least 50"."""
    return isinstance(value, Quantity) and value.comparison in (*OPEN_ABOVE, *OPEN_BELOW)


def write_hedged(value: Quantity) -> str:
    """Return the figure with its hedge: "at least 50", "between 2,000 and 3,000", "about four"."""
    hedge = HEDGES[value.comparison]
    if value.is_range:
        words = f"between {write_number(value.low)} and {write_number(value.high)}"
        return f"{hedge} {words}".strip()
    return f"{hedge} {write_count(value.low)}".strip()


def write_count(number: Decimal) -> str:
    """Return the number within a sentence: in words below ten, as English prints it."""
    small = number == number.to_integral_value() and 0 < number < _TEN
    return SMALL[int(number) - 1] if small else write_number(number)


def is_singular(value: Quantity) -> bool:
    """Return whether exactly one is counted."""
    return value.low == value.high == 1


def count_units(value: Quantity) -> str:
    """Return the unit in the number that the figure asks for."""
    return make_singular(value.unit) if is_singular(value) else value.unit


def make_singular(noun: str) -> str:
    """Return the singular of a plural noun phrase; the head is last, or before "of" or "from"."""
    head, preposition, rest = noun, "", ""
    for word in (" of ", " from "):
        if word in noun:
            head, preposition, rest = noun.partition(word)
            break
    *before, last = head.split(" ")
    return " ".join([*before, _make_singular_word(last)]) + preposition + rest


def _make_singular_word(word: str) -> str:
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if word in _INVARIANT or not word.endswith("s") or word.endswith("ss"):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "xes", "sses")):
        return word[:-2]
    return word[:-1]


def ask_how_many(value: Quantity) -> str:
    """Return the words that ask for the figure, its hedge kept: "at least how many soldiers"."""
    return f"{HEDGES[value.comparison]} how many {value.unit}".strip()


def share_words(one: str, other: str) -> bool:
    """Return whether a word of one text, four letters or more, begins a word of the other."""
    found = split_words(other)
    return any(any(word.startswith(one) for word in found) for one in list_content_words(one))


def mention(text: str, other: str) -> bool:
    """Return whether the other text holds this one, word for word, or a content word of it."""
    held = f" {' '.join(split_words(other))} "
    return share_words(text, other) or f" {' '.join(split_words(text))} " in held


def list_content_words(text: str) -> tuple[str, ...]:
    """Return the folded words that tell something: four letters or more, not of the commonest."""
    return tuple(word for word in split_words(text) if len(word) > 3 and word not in _COMMON)  # noqa: PLR2004
