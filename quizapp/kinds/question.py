"""One question of any kind, as it is generated, stored, served and exported.

The fields are those of the format `quizapp-questions/1`; a field that does not apply to a kind is
None or empty. What a kind asks for, takes as an answer and gives as a mark is in that kind's file.
"""

from dataclasses import dataclass
from typing import Literal, NewType

KindName = Literal[
    "choice",
    "select_all",
    "true_false",
    "cloze",
    "numeric",
    "date",
    "ordering",
    "matching",
    "flashcard",
]
# The template of a question that somebody wrote; its stem is Markdown.
WRITTEN = "written"
QuestionKey = NewType("QuestionKey", str)
FactKey = NewType("FactKey", str)


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One option; a wrong one says in `refuted_by` why the fact base proves it false.

    `feedback` is what its author tells whoever chose it.
    """

    text: str
    correct: bool
    refuted_by: str | None = None
    feedback: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where the answer stands: section, paragraph (from 1 within the section), exact words."""

    section: str
    paragraph: int
    quote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question made from facts, or written by hand.

    `importance` is 1 to 3, `difficulty` 0 (easy) to 1, `guess` the probability of a right answer by
    chance. `said` names the claimants, `as_of` the date that the fact holds for. `tags` are its
    author's words for finding it.
    """

    id: QuestionKey
    kind: KindName
    facts: tuple[FactKey, ...]
    template: str
    stem: str
    options: tuple[Option, ...] = ()
    answer: str
    accept: tuple[str, ...] = ()
    unit: str | None = None
    tolerance: str | None = None
    pairs: tuple[tuple[str, str], ...] | None = None
    order: tuple[str, ...] | None = None
    feedback: str
    hedge: str | None = None
    said: tuple[str, ...] = ()
    as_of: str | None = None
    source: Source
    importance: int
    difficulty: float
    guess: float
    tags: tuple[str, ...] = ()
