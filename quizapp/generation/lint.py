"""What a rule can see in a finished question; it refuses and never repairs."""

import re
from collections.abc import Callable, Sequence

from quizapp.facts.folding import fold
from quizapp.facts.model import Fact, Pack
from quizapp.facts.values import Quantity
from quizapp.generation.frames import write_time
from quizapp.generation.wording import HEDGES, MONTHS, name_entity
from quizapp.kinds.choice import has_natural_order
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
_NUMBER = re.compile(r"\d[\d,.]*")

Rule = Callable[[Question, Fact, Pack], str | None]


def find_faults(question: Question, fact: Fact, pack: Pack) -> tuple[str, ...]:
    """Return what is wrong with the question, one reason a fault, for an instructor to read."""
    found = [rule(question, fact, pack) for rule in RULES]
    return tuple(fault for fault in found if fault is not None)


def is_key_too_long(key: str, wrong: Sequence[str]) -> bool:
    """Return whether the right option stands out by its length, over 1.5 times the mean of all."""
    texts = [key, *wrong]
    return len(key) > LONGEST_KEY * sum(map(len, texts)) / len(texts)


def _check_length(question: Question, _fact: Fact, _pack: Pack) -> str | None:
    count = len(question.stem.split())
    return f"the stem has {count} words, over {MOST_WORDS}" if count > MOST_WORDS else None


def _check_mark(question: Question, _fact: Fact, _pack: Pack) -> str | None:
    mark = "." if question.kind == "true_false" else "?"
    ends = question.stem.endswith((mark, '."')) if mark == "." else question.stem.endswith(mark)
    return None if ends else f"the stem does not end with {mark!r}"


def _check_reference(question: Question, _fact: Fact, _pack: Pack) -> str | None:
    found = _VAGUE.search(question.stem)
    return None if found is None else f"{found.group()!r} does not say which"


def _check_year(question: Question, _fact: Fact, _pack: Pack) -> str | None:
    found = _YEARLESS.search(question.stem)
    return None if found is None else f"{found.group()!r} lacks the year"


def _check_debris(question: Question, _fact: Fact, _pack: Pack) -> str | None:
    texts = [question.stem, question.answer, *(option.text for option in question.options)]
    found = next((match for match in map(_DEBRIS.search, texts) if match), None)
    return None if found is None else f"debris {found.group()!r}"


def _check_hedge(question: Question, fact: Fact, _pack: Pack) -> str | None:
    hedge = HEDGES[fact.value.comparison] if isinstance(fact.value, Quantity) else ""
    if hedge and hedge not in fold(question.stem):
        return f"the hedge {hedge!r} is lost"
    return None


def _check_claimant(question: Question, fact: Fact, pack: Pack) -> str | None:
    claimants = [name_entity(pack.entities[one]) for one in fact.said]
    lost = [name for name in claimants if fold(name) not in fold(question.stem)]
    return f"the claimant {lost[0]} is lost" if lost else None


def _check_date(question: Question, fact: Fact, pack: Pack) -> str | None:
    time = write_time(pack, fact)
    return f"the date {time!r} is lost" if fold(time) not in fold(question.stem) else None


def _check_options(question: Question, _fact: Fact, _pack: Pack) -> str | None:
    if question.kind != "choice":
        return None
    texts = [fold(option.text) for option in question.options]
    if len(set(texts)) < len(texts):
        return "two options are the same"
    if not FEWEST_OPTIONS <= len(texts) <= MOST_OPTIONS:
        return f"{len(texts)} options; {FEWEST_OPTIONS} to {MOST_OPTIONS} are allowed"
    if sum(option.correct for option in question.options) != 1:
        return "not exactly one option is right"
    return None


def _check_clues(question: Question, _fact: Fact, _pack: Pack) -> str | None:
    if question.kind != "choice":
        return None
    wrong = [option.text for option in question.options if not option.correct]
    if is_key_too_long(question.answer, wrong):
        return "the right option stands out by its length"
    numeric = [bool(_NUMBER.fullmatch(option.text)) for option in question.options]
    if any(numeric) and not has_natural_order([option.text for option in question.options]):
        return "the options are not of one type"
    return None


def _check_form(question: Question, _fact: Fact, _pack: Pack) -> str | None:
    texts = [question.stem, *(option.text for option in question.options)]
    found = next((match for match in map(_FORBIDDEN.search, texts) if match), None)
    return None if found is None else f"{found.group()!r} is not a fair option"


def _check_certificates(question: Question, _fact: Fact, _pack: Pack) -> str | None:
    bare = [one.text for one in question.options if not one.correct and not one.refuted_by]
    return f"nothing proves {bare[0]!r} wrong" if bare else None


RULES: tuple[Rule, ...] = (
    _check_length,
    _check_mark,
    _check_reference,
    _check_year,
    _check_debris,
    _check_hedge,
    _check_claimant,
    _check_date,
    _check_options,
    _check_clues,
    _check_form,
    _check_certificates,
)
