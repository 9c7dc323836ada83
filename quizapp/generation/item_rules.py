"""What a rule can see in one question by itself, without its fact: clues, forms, hedges, debris."""

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from quizapp.facts.folding import fold, split_words
from quizapp.generation.group_rules import check_glance, check_matching, check_ordering
from quizapp.generation.wording import (
    MONTHS,
    keeps_hedge,
    list_content_words,
    share_words,
)
from quizapp.kinds.choice import has_natural_order
from quizapp.kinds.cloze import BLANK
from quizapp.kinds.dates import parse_dates
from quizapp.kinds.numbers import parse_number
from quizapp.kinds.question import Question

MOST_WORDS = 40
FEWEST_OPTIONS, MOST_OPTIONS = 3, 5
LONGEST_KEY = 1.5
_VAGUE = re.compile(
    r"\b(?:the (?:group|attack|organi[sz]ation|event|incident|operation|battle|movement|person)"
    r"(?=[.,?;:]|$| (?:was|were|is|are|did|does|do|has|had|have)\b)"
    r"|(?<!of )(?:this|that|these|those) (?:group|attack|organi[sz]ation|event|one|person|time)s?\b"
    r"|the (?:former|latter)\b)",
    re.IGNORECASE,
)
_DEBRIS = re.compile(r"KIA\b|\d+px\b|[*{}\[\]|_<>]|\s\s|\s[,.;?]|,\s*,|\.\.|\(\s*\)|\bNone\b")
_YEARLESS = re.compile(rf"\b(?:in|on \d{{1,2}}|of) (?:{'|'.join(MONTHS)})\b(?! \d{{4}})")
_FORBIDDEN = re.compile(r"\b(?:all|none) of the above\b|\bboth [A-E] and [A-E]\b", re.IGNORECASE)
_NEGATIVE = re.compile(r"\b(?:not|never|except|isn't|wasn't|didn't)\b", re.IGNORECASE)
_LONG_NAME = re.compile(
    r"\b[A-Z][\w']*(?:(?:[\s-]|\s(?:and|for|in|of|the)\s)(?:[a-z]+-)?[A-Z][\w']*)+"
)
_CAPITAL = re.compile(r"\b[A-Z]")
_FEWEST_INITIALS = 2
_ARTICLE = re.compile(rf"\ban? {BLANK}")
_STATUSES = {
    "estimate": "estimate",
    "considered": "assess",
    "initial": "initial",
    "revised": "revis",
    "unofficial": "unofficial",
}
_SELECTING = ("choice", "select_all")
_COMMANDING = ("matching",)
_TELLING = ("true_false", "cloze", *_COMMANDING)
_ASKING_FOR_ONE = ("choice", "cloze", "numeric", "date", "flashcard")
_MANY = 3

Judge = Callable[[Question], str | None]


class Rule(NamedTuple):
    """A rule: its name, what finds the fault, and what to do about it."""

    name: str
    judge: Judge
    remedy: str


def find_item_faults(question: Question) -> tuple[tuple[Rule, str], ...]:
    """Return the rules that the question breaks, each with what is wrong."""
    found = [(rule, rule.judge(question)) for rule in RULES]
    return tuple((rule, fault) for rule, fault in found if fault is not None)


def is_key_too_long(key: str, wrong: Sequence[str]) -> bool:
    """Return whether the right option stands out by its length, over 1.5 times the mean of all."""
    texts = [key, *wrong]
    return len(key) > LONGEST_KEY * sum(map(len, texts)) / len(texts)


def _check_length(question: Question) -> str | None:
    count = len(question.stem.split())
    return f"the stem has {count} words, over {MOST_WORDS}" if count > MOST_WORDS else None


def _check_mark(question: Question) -> str | None:
    mark = "." if question.kind in _TELLING else "?"
    ends = question.stem.endswith((mark, '."')) if mark == "." else question.stem.endswith(mark)
    return None if ends else f"the stem does not end with {mark!r}"


def _check_reference(question: Question) -> str | None:
    found = _VAGUE.search(question.stem)
    return None if found is None else f"{found.group()!r} does not say which"


def _check_year(question: Question) -> str | None:
    found = _YEARLESS.search(question.stem)
    return None if found is None else f"{found.group()!r} lacks the year"


def _list_shown(question: Question) -> list[str]:
    pairs = [text for pair in question.pairs or () for text in pair]
    options = [option.text for option in question.options]
    return [question.answer, *options, *pairs, *(question.order or ())]


def _check_debris(question: Question) -> str | None:
    texts = [question.stem.replace(BLANK, "blank"), *_list_shown(question)]
    found = next((match for match in map(_DEBRIS.search, texts) if match), None)
    return None if found is None else f"debris {found.group()!r}"


def _check_hedge(question: Question) -> str | None:
    """A group question has no hedge; a figure's hedge and a status are told in the stem."""
    for part in (question.hedge or "").split(", "):
        word = _STATUSES.get(part, part)
        if not keeps_hedge(word, fold(question.stem)):
            return f"the hedge {part!r} is lost"
    return None


def _check_claimant(question: Question) -> str | None:
    lost = [name for name in question.said if fold(name) not in fold(question.stem)]
    return f"the claimant {lost[0]} is lost" if lost else None


def _check_date(question: Question) -> str | None:
    years = re.findall(r"\d{4}", question.as_of or "")
    lost = [year for year in years if year not in question.stem]
    return f"the date {question.as_of} is lost" if lost else None


def _check_options(question: Question) -> str | None:
    if question.kind not in _SELECTING:
        return None
    texts = [fold(option.text) for option in question.options]
    if len(set(texts)) < len(texts):
        return "two options are the same"
    if not FEWEST_OPTIONS <= len(texts) <= MOST_OPTIONS:
        return f"{len(texts)} options; {FEWEST_OPTIONS} to {MOST_OPTIONS} are allowed"
    right = sum(option.correct for option in question.options)
    if question.kind == "choice" and right != 1:
        return "not exactly one option is right"
    return "no option, or every one, is right" if right in (0, len(texts)) else None


def _list_wrong(question: Question) -> list[str]:
    return [option.text for option in question.options if not option.correct]


def _check_key_length(question: Question) -> str | None:
    if question.kind != "choice" or not is_key_too_long(question.answer, _list_wrong(question)):
        return None
    return "the right option stands out by its length"


def _check_type(question: Question) -> str | None:
    texts = [option.text for option in question.options]
    if question.kind not in _SELECTING or has_natural_order(texts):
        return None
    exact = [parse_number(text) is not None or bool(parse_dates(text)) for text in texts]
    return "the options are not of one type" if any(exact) else None


def _check_precision(question: Question) -> str | None:
    """A key that alone is round, or alone is not, tells itself."""
    if question.kind != "choice":
        return None
    numbers = [parse_number(text) for text in [question.answer, *_list_wrong(question)]]
    if any(number is None or number < _MANY for number in numbers):
        return None
    key, *wrong = [number is not None and number % 10 == 0 for number in numbers]
    alone = len(wrong) > 1 and all(one != key for one in wrong)
    return "the right option alone is as exact as it is" if alone else None


def _check_grain(question: Question) -> str | None:
    if question.kind not in _SELECTING:
        return None
    dates = [parse_dates(option.text) for option in question.options]
    grains = {found[0].grain for found in dates if found}
    return "the dates are not equally exact" if len(grains) > 1 else None


def _check_repeated_words(question: Question) -> str | None:
    """A word of the stem that only the right option repeats points to it."""
    if question.kind != "choice" or not share_words(question.answer, question.stem):
        return None
    wrong = _list_wrong(question)
    alone = not any(share_words(text, question.stem) for text in wrong)
    return "only the right option repeats a word of the stem" if alone else None


def _check_convergence(question: Question) -> str | None:
    """A key that shares a word with every other option, which share none, stands in the middle."""
    if question.kind != "choice" or has_natural_order([one.text for one in question.options]):
        return None
    wrong = _list_wrong(question)
    words = {text: set(list_content_words(text)) for text in (question.answer, *wrong)}
    if len(wrong) < 2 or not all(words[question.answer] & words[text] for text in wrong):  # noqa: PLR2004
        return None
    common = set.intersection(*words.values())
    return None if common else "the right option has something of every other one"


def _check_form(question: Question) -> str | None:
    texts = [question.stem, *(option.text for option in question.options)]
    found = next((match for match in map(_FORBIDDEN.search, texts) if match), None)
    return None if found is None else f"{found.group()!r} is not a fair option"


def _check_parallel(question: Question) -> str | None:
    ends = {text[-1:] in ".?!" for text in (option.text for option in question.options)}
    return "some options end as sentences, others not" if len(ends) > 1 else None


def _check_negation(question: Question) -> str | None:
    asks = question.kind not in _TELLING
    found = _NEGATIVE.search(question.stem) if asks else None
    return None if found is None else f"{found.group()!r} makes the question negative"


def _check_certificates(question: Question) -> str | None:
    bare = [one.text for one in question.options if not one.correct and not one.refuted_by]
    return f"nothing proves {bare[0]!r} wrong" if bare else None


def _check_answer_in_stem(question: Question) -> str | None:
    if question.kind not in _ASKING_FOR_ONE or not split_words(question.answer):
        return None
    held = f" {' '.join(split_words(question.stem))} "
    given = f" {' '.join(split_words(question.answer))} " in held
    return "the stem holds the answer" if given else None


def _check_initials(question: Question) -> str | None:
    """An acronym is told by a name whose capitals spell it: "UN" by "United Nations"."""
    if question.kind not in _ASKING_FOR_ONE or len(question.answer) < _FEWEST_INITIALS:
        return None
    names = (found.group() for found in _LONG_NAME.finditer(question.stem))
    spelt = any(question.answer in "".join(_CAPITAL.findall(name)) for name in names)
    return "the capitals of a name in the stem spell the answer" if spelt else None


def _check_truth(question: Question) -> str | None:
    wrong = question.kind == "true_false" and question.answer not in ("true", "false")
    return f"the answer {question.answer!r} is neither true nor false" if wrong else None


def _check_blank(question: Question) -> str | None:
    if question.kind != "cloze":
        return None
    if _ARTICLE.search(question.stem):
        return "the article before the blank tells how the answer begins"
    count = question.stem.count(BLANK)
    return None if count == 1 else f"{count} blanks; one is allowed"


def _check_typed(question: Question) -> str | None:
    if question.kind == "numeric" and (parse_number(question.answer) is None or not question.unit):
        return "the answer is no number with a unit"
    if question.kind == "date" and not parse_dates(question.answer):
        return "the answer is no date"
    return None


def _check_feedback(question: Question) -> str | None:
    return None if question.feedback and question.source.quote else "no feedback or no passage"


RULES: tuple[Rule, ...] = (
    Rule("length", _check_length, "shorten the names it uses"),
    Rule("form", _check_mark, "write a question, or for a statement a sentence"),
    Rule("reference", _check_reference, "name who or what is meant"),
    Rule("undated", _check_year, "give the year, or leave the date out"),
    Rule("debris", _check_debris, "clean the name or the value of the fact"),
    Rule("hedge", _check_hedge, "say it in the stem as the source does"),
    Rule("claimant", _check_claimant, "name the claimant in the stem"),
    Rule("date", _check_date, "give the date in the stem"),
    Rule("options", _check_options, "offer 3 to 5 different options, one of them right"),
    Rule("clue-length", _check_key_length, "offer options of like length"),
    Rule("clue-type", _check_type, "offer options of one type"),
    Rule("clue-precision", _check_precision, "offer options that are equally exact"),
    Rule("clue-grain", _check_grain, "offer dates that are equally exact"),
    Rule("clue-words", _check_repeated_words, "reword the stem, or offer options that share it"),
    Rule("clue-convergence", _check_convergence, "offer options that share as much"),
    Rule("form", _check_form, "write each option as an answer of its own"),
    Rule("clue-grammar", _check_parallel, "write all options in one form"),
    Rule("negation", _check_negation, "ask for what is, not for what is not"),
    Rule("certificate", _check_certificates, "offer only what the fact base proves wrong"),
    Rule("clue-key", _check_answer_in_stem, "take the answer out of the stem"),
    Rule("clue-initials", _check_initials, "ask for the full name instead"),
    Rule("form", _check_truth, "make the answer true or false"),
    Rule("blank", _check_blank, "blank exactly the value of the fact"),
    Rule("form", _check_typed, "give the answer as it is to be typed"),
    Rule("ordering", check_ordering, "order three to five different undated events"),
    Rule("matching", check_matching, "match three or more prompts one to one"),
    Rule("list", check_glance, "ask for three things at the most"),
    Rule("feedback", _check_feedback, "say why the key is right and where it stands"),
)
