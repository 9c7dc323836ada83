"""What a rule proposes: a typed fact at its place, what is missing, and what to look at."""

from dataclasses import dataclass, field, replace

from quizapp.extraction.sentences import Sentence
from quizapp.facts.model import Status
from quizapp.facts.values import PartialDate, Quantity, Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A value or subject that is an entity, still by its name."""

    name: str


Draft = PartialDate | Quantity | Words | Named | tuple[Named, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """How a language model came to propose a fact; to be kept with it.

    `template` names the prompt's wording, `passage` is the text that was put into it, so that both
    give the prompt back, whose SHA-256 is `digest`. `answer` is the model's, as it came, and
    `quote` what it gave as the fact's words.
    """

    model: str
    template: str
    passage: str
    digest: str
    answer: str
    quote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A fact as a rule read it; `start` and `end` are the places of its words in the sentence.

    `subject` is None where the sentence does not name it. `review` holds what a person must look
    at, in words, and `missing` the keys of the fact that the sentence does not tell. `provenance`
    is None for what rules read.
    """

    rule: str
    sentence: Sentence
    start: int
    end: int
    subject: str | None
    predicate: str
    value: Draft
    as_of: PartialDate | None = None
    since: PartialDate | None = None
    until: PartialDate | None = None
    said: tuple[str, ...] = ()
    status: Status = "stated"
    closed: bool | None = None
    review: tuple[str, ...] = ()
    missing: tuple[str, ...] = field(default=())
    provenance: Provenance | None = None

    @property
    def quote(self) -> str:
        """The sentence: it holds the value with its hedge and claimant."""
        return self.sentence.text

    def with_review(self, *reasons: str) -> "Proposal":
        """Return the proposal with these reasons to look at it."""
        new = tuple(reason for reason in reasons if reason not in self.review)
        return replace(self, review=(*self.review, *new))
