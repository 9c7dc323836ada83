"""What questions on several facts share: plain facts, fair groups of them, the question's parts."""

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from quizapp.facts.model import Fact, Pack
from quizapp.generation.base import FactBase
from quizapp.generation.drafts import cite, make_key, rate_difficulty
from quizapp.generation.feedback import write_fact, write_passages
from quizapp.generation.frames import write_frame
from quizapp.generation.slots import Standing
from quizapp.generation.wording import MONTHS
from quizapp.kinds.question import FactKey, KindName, Option, Question, QuestionKey

FEWEST = 3
_DATED = re.compile(rf"\b\d{{4}}\b|\b(?:{'|'.join(MONTHS)})\b")
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupDraft:
    """Facts being made into one question; `standings` are in the order of their parts."""

    base: FactBase
    standings: tuple[Standing, ...]
    template: str
    kind: KindName
    seed: int

    @property
    def pack(self) -> Pack:
        """The pack that the facts are of."""
        return self.base.pack

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The facts asked, in the order of their parts."""
        return tuple(standing.fact for standing in self.standings)

    @property
    def key(self) -> QuestionKey:
        """A stable id, whatever the order of the facts."""
        return make_key(self.pack, self.facts, self.template, self.kind)

    @property
    def rng(self) -> random.Random:
        """Chance of the question's own."""
        return random.Random(f"{self.seed}:{self.key}")  # noqa: S311  not a secret

    def build(
        self,
        *,
        stem: str,
        answer: str,
        options: tuple[Option, ...] = (),
        pairs: tuple[tuple[str, str], ...] | None = None,
        order: tuple[str, ...] | None = None,
        guess: float,
        others: Sequence[Standing] = (),
    ) -> Question:
        """Return the question; its source is that of the first fact.

        Its feedback states every fact, those of the wrong options (`others`) too, and where they
        all stand.
        """
        importance = max(fact.importance for fact in self.facts)
        return Question(
            id=self.key,
            kind=self.kind,
            facts=tuple(FactKey(fact.id) for fact in self.facts),
            template=self.template,
            stem=stem,
            options=options,
            answer=answer,
            pairs=pairs,
            order=order,
            feedback=self._write_feedback(others),
            source=cite(self.facts[0]),
            importance=importance,
            difficulty=rate_difficulty(self.kind, near=1.0, importance=importance),
            guess=guess,
        )

    def _write_feedback(self, others: Sequence[Standing]) -> str:
        told = (*self.standings, *others)
        sentences = dict.fromkeys(write_fact(self.pack, one) for one in told)
        return f"{' '.join(sentences)} {write_passages([one.fact for one in told])}"


def is_plain(pack: Pack, standing: Standing) -> bool:
    """Return whether the fact may stand beside others without a frame of its own.

    Nobody claims it, no date or doubt goes with it, there is no other version of it, and the name
    of its subject does not give its value away.
    """
    fact = standing.fact
    hidden = fact.predicate in pack.entities[fact.subject].hide
    plain = standing.proven and standing.version == "only" and not write_frame(pack, fact)
    return plain and not hidden


def tells_date(text: str) -> bool:
    """Return whether the text holds a month or a year."""
    return _DATED.search(text) is not None


def split_evenly(items: Sequence[Item], most: int) -> list[list[Item]]:
    """Return groups of at most `most` whose members stand far apart; none of fewer than three."""
    if len(items) < FEWEST:
        return []
    count = -(-len(items) // most)
    groups = [list(items[start::count]) for start in range(count)]
    return [group for group in groups if len(group) >= FEWEST]
