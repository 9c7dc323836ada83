"""What the kinds share: the parts of a question that follow from its fact, and refusals."""

import hashlib
import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from quizapp.facts.folding import fold, split_words
from quizapp.facts.model import Ask, Fact, Pack
from quizapp.facts.values import Entities, EntityId, Quantity, Words
from quizapp.generation.base import FactBase
from quizapp.generation.frames import (
    name_claimants,
    write_iso_time,
)
from quizapp.generation.realiser import Realiser
from quizapp.generation.slots import Standing
from quizapp.generation.subject_distractors import is_subject_unique
from quizapp.generation.wording import (
    HEDGES,
    list_content_words,
    mention,
    share_words,
)
from quizapp.kinds.question import FactKey, KindName, Option, Question, QuestionKey, Source

_BASE: dict[KindName, float] = {
    "true_false": 0.3,
    "choice": 0.4,
    "matching": 0.5,
    "select_all": 0.5,
    "ordering": 0.6,
    "flashcard": 0.6,
    "cloze": 0.6,
    "date": 0.7,
    "numeric": 0.7,
}
_NEARNESS = 0.2
TOPIC = "its value is what the whole article is about"
_RARITY = 0.1
_MOST_IMPORTANT = 3


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why no question was made, in words for an instructor."""

    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A fact being made into a question: how it stands, the template, the kind, the seed."""

    base: FactBase
    standing: Standing
    template: str
    kind: KindName
    seed: int

    @property
    def pack(self) -> Pack:
        """The pack that the fact is of."""
        return self.base.pack

    @property
    def fact(self) -> Fact:
        """The fact that is asked."""
        return self.standing.fact

    @property
    def key(self) -> QuestionKey:
        """A stable id: it changes with neither the wording nor the seed."""
        return make_key(self.pack, (self.fact,), self.template, self.kind)

    @property
    def rng(self) -> random.Random:
        """Chance of the question's own, so that no other question changes it."""
        return random.Random(f"{self.seed}:{self.key}")  # noqa: S311  not a secret

    @property
    def realiser(self) -> Realiser:
        """The realiser of the fact in the version that the question names."""
        return make_realiser(self.pack, self.standing)

    def build(
        self,
        *,
        stem: str,
        answer: str,
        feedback: str,
        options: tuple[Option, ...] = (),
        accept: tuple[str, ...] = (),
        unit: str | None = None,
        tolerance: str | None = None,
        guess: float = 0.0,
        near: float = 0.0,
    ) -> Question:
        """Return the question; `near` is the share of wrong options that are hard to tell."""
        fact = self.fact
        return Question(
            id=self.key,
            kind=self.kind,
            facts=(FactKey(fact.id),),
            template=self.template,
            stem=stem,
            options=options,
            answer=answer,
            accept=accept,
            unit=unit,
            tolerance=tolerance,
            feedback=feedback,
            hedge=describe_hedge(fact),
            said=name_claimants(self.pack, fact),
            as_of=self._tell_time(stem),
            source=cite(fact),
            importance=fact.importance,
            difficulty=rate_difficulty(self.kind, near=near, importance=fact.importance),
            guess=guess,
        )

    def _tell_time(self, stem: str) -> str | None:
        """The time of the fact, unless the event that it is about tells it without a date."""
        time = write_iso_time(self.fact)
        years = re.findall(r"\d{4}", time or "")
        return time if all(year in stem for year in years) else None


def rate_difficulty(kind: KindName, *, near: float, importance: int) -> float:
    """Return how hard a question is expected to be, 0 to 1.

    A base for the kind (recognising is easier than recalling), up to 0.2 for wrong options that are
    near, and 0.1 for each step that the fact is less important, since it is then less often met.
    """
    rare = (_MOST_IMPORTANT - importance) * _RARITY
    return round(min(1.0, _BASE[kind] + _NEARNESS * near + rare), 2)


def describe_hedge(fact: Fact) -> str | None:
    """Return the hedge of figure and status: "at least", "estimate", "about, initial", or None."""
    figure = HEDGES[fact.value.comparison] if isinstance(fact.value, Quantity) else ""
    status = "" if fact.status in ("stated", "claim", "reported") else fact.status
    return ", ".join(part for part in (figure, status) if part) or None


def check_version(standing: Standing) -> Refusal | None:
    """Refuse a fact with rivals where nothing names the version that is asked for."""
    if standing.version != "unnamed":
        return None
    rivals = ", ".join(rival.id for rival in standing.rivals)
    return Refusal(f"rival version {rivals}: no claimant, date or section names this one")


def check_ask(draft: Draft, ask: Ask) -> Refusal | None:
    """Refuse what no wording can mend: the version unnamed, or the name gives the value away."""
    subject = draft.pack.entities[draft.fact.subject]
    if ask.subjects and subject.type not in ask.subjects:
        return Refusal(f"{ask.name}: not asked of a {subject.type}")
    if draft.fact.predicate in subject.hide:
        return Refusal(f"the name {subject.name!r} gives the {draft.fact.predicate} away")
    if ask.end == "value" and is_about_topic(draft):
        return Refusal(TOPIC)
    return check_version(draft.standing)


def is_about_topic(draft: Draft) -> bool:
    """Return whether the value is what the whole article is about, as nearly every stem tells."""
    ids = draft.fact.value.ids if isinstance(draft.fact.value, Entities) else ()
    named = draft.pack.find_entities(draft.pack.article.title)
    return any(draft.pack.entities[one] in named for one in ids)


def check_subject_end(draft: Draft) -> Refusal | None:
    """Refuse to ask for the subject where it is not the only answer, or always the same one."""
    value = draft.fact.value
    if isinstance(value, Entities) and len(value.ids) > 1:
        return Refusal("a list does not identify its subject")
    if draft.pack.entities[draft.fact.subject] in draft.pack.find_entities(
        draft.pack.article.title
    ):
        return Refusal("its subject is what the whole article is about")
    if not is_subject_unique(draft.base, draft.fact):
        return Refusal("the value is that of more than one subject")
    return None


def is_given_away(draft: Draft, answers: tuple[EntityId, ...], answer: str, stem: str) -> bool:
    """Return whether the stem holds the answer, or a word of one of its spellings.

    Of an answer in free words, most of its words must stand there, those of the subject aside.
    """
    if isinstance(draft.fact.value, Words) and not answers:
        return _are_most_words_given(draft, answer, stem)
    spellings = [answer, *(text for one in answers for text in draft.pack.entities[one].spellings)]
    return any(mention(text, stem) for text in spellings)


def _are_most_words_given(draft: Draft, answer: str, stem: str) -> bool:
    subject = draft.pack.entities[draft.fact.subject]
    others = [text for text in subject.spellings if fold(text) != fold(answer)]
    known = {word for text in others for word in split_words(text)}
    if not list_content_words(answer):
        return mention(answer, stem)
    words = [word for word in list_content_words(answer) if word not in known]
    given = [word for word in words if share_words(word, stem)]
    return not words or 2 * len(given) > len(words)


def make_realiser(pack: Pack, standing: Standing) -> Realiser:
    """Return the realiser of a fact in the version that nothing but its section may name."""
    return Realiser(pack=pack, fact=standing.fact, name_section=standing.version == "section")


def make_key(pack: Pack, facts: Sequence[Fact], template: str, kind: KindName) -> QuestionKey:
    """Return the stable id of a question on these facts, whatever their order."""
    ids = sorted(fact.id for fact in facts)
    parts = (pack.origin.id, *ids, template, kind)
    digest = hashlib.sha256("\n".join(parts).encode()).hexdigest()[:8]
    shown = (pack.origin.id, ids[0], template, kind)
    readable = "-".join(shown).replace("/", "-").replace("_", "-").lower()
    return QuestionKey(f"{readable}-{digest}")


def cite(fact: Fact) -> Source:
    """Return where the fact stands in the article."""
    return Source(section=fact.at.section, paragraph=fact.at.paragraph, quote=fact.at.quote)


def pick_member(draft: Draft, member: EntityId) -> Draft:
    """Return the draft with one member of the list as its value."""
    fact = replace(draft.fact, value=Entities(ids=(member,)))
    return replace(draft, standing=replace(draft.standing, fact=fact))
