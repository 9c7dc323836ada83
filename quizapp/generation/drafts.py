"""What the kinds share: the parts of a question that follow from its fact, and refusals."""

import hashlib
import random
from dataclasses import dataclass, replace

from quizapp.facts.folding import split_words
from quizapp.facts.model import Ask, Fact, Pack
from quizapp.facts.values import Entities, EntityId, Quantity, Words
from quizapp.generation.distractors import is_subject_unique
from quizapp.generation.frames import name_claimants, write_frame, write_iso_time
from quizapp.generation.realiser import Realiser
from quizapp.generation.slots import Standing
from quizapp.generation.wording import (
    HEDGES,
    end_sentence,
    list_content_words,
    mention,
    share_words,
    write_hedged,
)
from quizapp.kinds.question import FactKey, KindName, Option, Question, QuestionKey, Source

_BASE: dict[KindName, float] = {"true_false": 0.3, "choice": 0.4, "flashcard": 0.6}
_NEARNESS = 0.2
_RARITY = 0.1
_MOST_IMPORTANT = 3


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why no question was made, in words for an instructor."""

    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A fact being made into a question: how it stands, the template, the kind, the seed."""

    pack: Pack
    standing: Standing
    template: str
    kind: KindName
    seed: int

    @property
    def fact(self) -> Fact:
        """The fact that is asked."""
        return self.standing.fact

    @property
    def key(self) -> QuestionKey:
        """A stable id: it changes with neither the wording nor the seed."""
        parts = (self.pack.origin.id, self.fact.id, self.template, self.kind)
        digest = hashlib.sha256("\n".join(parts).encode()).hexdigest()[:8]
        readable = "-".join(parts).replace("/", "-").replace("_", "-").lower()
        return QuestionKey(f"{readable}-{digest}")

    @property
    def rng(self) -> random.Random:
        """Chance of the question's own, so that no other question changes it."""
        return random.Random(f"{self.seed}:{self.key}")  # noqa: S311  not a secret

    @property
    def realiser(self) -> Realiser:
        """The realiser of the fact in the version that the question names."""
        named = self.standing.version == "section"
        return Realiser(pack=self.pack, fact=self.fact, name_section=named)

    def build(
        self,
        *,
        stem: str,
        answer: str,
        feedback: str,
        options: tuple[Option, ...] = (),
        guess: float,
        near: float,
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
            feedback=feedback,
            hedge=describe_hedge(fact),
            said=name_claimants(self.pack, fact),
            as_of=write_iso_time(fact),
            source=Source(
                section=fact.at.section, paragraph=fact.at.paragraph, quote=fact.at.quote
            ),
            importance=fact.importance,
            difficulty=rate_difficulty(self.kind, near=near, importance=fact.importance),
            guess=guess,
        )


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
    return check_version(draft.standing)


def check_subject_end(draft: Draft) -> Refusal | None:
    """Refuse to ask for the subject where it is not the only answer, or always the same one."""
    value = draft.fact.value
    if isinstance(value, Entities) and len(value.ids) > 1:
        return Refusal("a list does not identify its subject")
    if draft.pack.entities[draft.fact.subject] in draft.pack.find_entities(
        draft.pack.article.title
    ):
        return Refusal("its subject is what the whole article is about")
    if not is_subject_unique(draft.pack, draft.fact):
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
    known = {word for text in subject.spellings for word in split_words(text)}
    words = [word for word in list_content_words(answer) if word not in known]
    given = [word for word in words if share_words(word, stem)]
    return not words or 2 * len(given) > len(words)


def write_feedback(draft: Draft) -> str:
    """Return the fact as a sentence, with hedge and claimant, and the rival versions in another."""
    return " ".join(part for part in (write_fact(draft), write_rivals(draft)) if part)


def write_fact(draft: Draft) -> str:
    """Return the fact as a sentence with its frame."""
    template = draft.standing.predicate.statement or draft.standing.predicate.member
    if template is None:
        realiser = draft.realiser
        slot = realiser.write_clause(draft.standing.predicate.slot)
        return realiser.write_statement(f"{slot}: {{v}}")
    return draft.realiser.write_statement(template)


def write_rivals(draft: Draft) -> str:
    """Return the other versions as one sentence, or ""."""
    rivals = draft.standing.rivals
    clauses = [_write_rival(draft, rival) for rival in rivals]
    if all(isinstance(rival.value, Quantity) for rival in rivals):
        return end_sentence("; ".join(clauses), ".") if clauses else ""
    word = "Another version" if len(clauses) == 1 else "Other versions"
    return end_sentence(f"{word}: {'; '.join(clauses)}", ".")


def _write_rival(draft: Draft, rival: Fact) -> str:
    frame = (
        write_frame(draft.pack, rival)
        or f"in the section \u201c{rival.at.section}\u201d of the article"
    )
    if isinstance(rival.value, Quantity) and rival.predicate == draft.fact.predicate:
        return f"{frame}, the figure was {write_hedged(rival.value)}"
    predicate = draft.pack.predicates[rival.predicate]
    clause = Realiser(pack=draft.pack, fact=rival).write_clause(predicate.statement or "{v}")
    return f"{frame}, {clause}"


def pick_member(draft: Draft, member: EntityId) -> Draft:
    """Return the draft with one member of the list as its value."""
    fact = replace(draft.fact, value=Entities(ids=(member,)))
    return replace(draft, standing=replace(draft.standing, fact=fact))
