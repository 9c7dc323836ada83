"""The columns of a table of questions, and which of them each kind of question takes."""

import re
from collections.abc import Mapping

from quizapp.facts.folding import fold
from quizapp.kinds.question import KindName

MOST_WRONG = 7
WRONG = tuple(f"wrong {number}" for number in range(1, MOST_WRONG + 1))
WHY = tuple(f"why {number}" for number in range(1, MOST_WRONG + 1))
COMMON = (
    "kind",
    "question",
    "explanation",
    "hedge",
    "according to",
    "as of",
    "section",
    "quote",
    "importance",
    "tags",
    "id",
)
"""What a question of any kind may have; the first two it must."""
NEEDED = ("kind", "question")
OWN: Mapping[KindName, tuple[str, ...]] = {
    "choice": ("answer", *WRONG, *WHY),
    "select_all": ("answer", *WRONG, *WHY),
    "true_false": ("answer",),
    "cloze": ("answer", "accept", "unit"),
    "numeric": ("answer", "tolerance", "unit"),
    "date": ("answer",),
    "ordering": ("order",),
    "matching": ("pairs", *WRONG),
    "flashcard": ("answer",),
}
"""The columns that belong to a kind."""
COLUMNS = (
    *("kind", "question", "answer", *WRONG, "accept", "tolerance", "unit", "order", "pairs"),
    *("explanation", *WHY, "hedge", "according to", "as of", "section", "quote"),
    *("importance", "tags", "id"),
)
"""Every column, in the order of the template."""
KIND_WORDS: Mapping[str, KindName] = {
    "choice": "choice",
    "single choice": "choice",
    "multiple choice": "choice",
    "select all": "select_all",
    "true or false": "true_false",
    "true false": "true_false",
    "cloze": "cloze",
    "gap": "cloze",
    "numeric": "numeric",
    "number": "numeric",
    "date": "date",
    "ordering": "ordering",
    "order": "ordering",
    "matching": "matching",
    "flashcard": "flashcard",
    "card": "flashcard",
}
"""The words for a kind; the first of each is the one that the template writes."""
_OTHER_NAMES: Mapping[str, str] = {
    "type": "kind",
    "stem": "question",
    "right answer": "answer",
    "correct answer": "answer",
    "feedback": "explanation",
    "key": "id",
}
_WRONG = re.compile(r"(?:wrong (?:answer|option) |wrong|distractor )(\d)", re.ASCII)
_WHY = re.compile(r"(?:why wrong |why|feedback )(\d)", re.ASCII)


def name_column(text: str) -> str:
    """Return the name of a column as the program writes it: "Wrong answer 2" is "wrong 2"."""
    name = fold(text.replace("_", " "))
    numbered = _WRONG.fullmatch(name)
    if numbered is not None:
        return f"wrong {numbered[1]}"
    reason = _WHY.fullmatch(name)
    return f"why {reason[1]}" if reason is not None else _OTHER_NAMES.get(name, name)


def find_kind(text: str) -> KindName | None:
    """Return the kind that the words mean, whatever their case and marks; None if there is none."""
    return KIND_WORDS.get(" ".join(re.split(r"[\s_/-]+", fold(text))))


def name_kind(kind: KindName) -> str:
    """Return the words that the template has for a kind."""
    return next(words for words, named in KIND_WORDS.items() if named == kind)
