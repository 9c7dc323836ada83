"""Names in an article: what they stand for is guessed by the words in them and beside them."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from quizapp.extraction.clues import FIRST_WORDS, NO_NAME, TITLES, find_clue
from quizapp.extraction.sentences import Sentence
from quizapp.facts.folding import fold
from quizapp.facts.model import EntityType

_LETTERS = [chr(code) for code in range(0x530)]
UPPER = "".join(letter for letter in _LETTERS if letter.isupper())
# What many have together: the Farmers' Union.
_OF_MANY = (
    "(?:Association|Union|League|Guild|Company|Club|Federation|Society|Front|Party|Council|Committee"
    "|Home|Hospital|School|Fund|Bank|Congress|Hall|Bridge|Institute)"
)
_WORD = (
    rf"(?:(?:[Aa]l|[Ee]l|d|O|Mc|l)['\u2019-])?[{UPPER}][\w\u2019'-]*(?<!['\u2019]s)"
    rf"(?:(?<!['\u2019-])|(?<=s['\u2019])(?= {_OF_MANY}\b))"
)
_INITIAL = rf"[{UPPER}]\.(?= )"
_JOIN = (
    r"(?:of the|of|for the|for|de la|de|della|del|di|da|do|dos|van der|van den|van|von der|von|der"
    r"|den|af|ibn|bin|ben|ould|ag|wal|ul|le|la|les|des|du|y|zu|the)"
)
NAME = rf"(?:{_INITIAL}|{_WORD})(?:(?: {_JOIN})? (?:{_INITIAL}|{_WORD})){{0,9}}+"
"""A name, to be put into a larger pattern: it holds no groups, and gives no word back.

Without that, and without an end to its words, a row of capital letters would take the square of its
length in time.
"""
_ONE_INITIAL = re.compile(_INITIAL)
_NAME = re.compile(rf"(?<![\w'\u2019-]){NAME}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A name at a place in a sentence, without a leading article."""

    name: str
    sentence: Sentence
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A name of the article: how often it is written, and what it probably stands for.

    `the` tells that it is written with the article within sentences.
    """

    text: str
    count: int
    type: EntityType | None
    the: bool


def find_names(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield the names of a sentence with their places; months, days and little words are none."""
    for match in _NAME.finditer(text):
        name, start = _strip_start(match.group(0), match.start())
        if name:
            yield name, start, start + len(name)


def list_mentions(sentences: Sequence[Sentence]) -> tuple[Mention, ...]:
    """Return the names of the article wherever they stand.

    A single word at the beginning of a sentence is a name only if it is written as one elsewhere,
    alone or at the end of a longer one.
    """
    mentions = [
        Mention(name=name, sentence=sentence, start=start, end=end)
        for sentence in sentences
        for name, start, end in find_names(sentence.text)
    ]
    sure = {one.name for one in mentions if one.start or " " in one.name}
    sure |= {name.rpartition(" ")[2] for name in sure}
    return tuple(one for one in mentions if one.name in sure)


def list_names(mentions: Sequence[Mention]) -> tuple[Name, ...]:
    """Return the names in the order in which they first stand in the article."""
    counts = Counter(one.name for one in mentions)
    articled = Counter(one.name for one in mentions if _has_article(one))
    return tuple(
        Name(
            text=name,
            count=count,
            type=guess_type(name),
            the=articled[name] * 2 > count and name[:4] != "The ",
        )
        for name, count in counts.items()
    )


def guess_type(name: str) -> EntityType | None:
    """Return what a name stands for by its words: the one before "of" counts, else the last."""
    if TITLES.match(name):
        return "person"
    head, of, _ = name.partition(" of ")
    words = [fold(word).strip(".") for word in head.split()]
    if not of and words and words[0] in FIRST_WORDS:
        return find_clue(words[0])
    return find_clue(words[-1]) if words else None


def fold_name(name: str) -> str:
    """Return what names have in common that differ in case, accents or a "the" before them."""
    return fold(name).removeprefix("the ")


def strip_article(words: str) -> str:
    """Return the words without a leading "the", "a" or "an"."""
    return re.sub(r"^(?:the|an?) ", "", words, flags=re.IGNORECASE)


def is_name(words: str) -> bool:
    """Return whether the words are one name and nothing else."""
    return any((start, end) == (0, len(words)) for _, start, end in find_names(words))


def _strip_start(name: str, start: int) -> tuple[str, int]:
    """Leave out words at the beginning that are capital only because a sentence begins there."""
    while name:
        first, _, rest = name.partition(" ")
        if _ONE_INITIAL.fullmatch(first) or not NO_NAME.fullmatch(fold(first).strip(".")):
            break
        start += len(first) + 1
        name = rest
        if name and not (name[0].isupper() or name.startswith(("al-", "el-"))):
            _, _, rest = name.partition(" ")
            start += len(name) - len(rest)
            name = rest
    return name, start


def _has_article(mention: Mention) -> bool:
    return mention.sentence.text[: mention.start].lower().endswith("the ")
