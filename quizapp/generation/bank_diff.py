"""What became of an earlier bank of questions now that its pack has changed.

Memory hangs on the fact, so a question that only reads differently keeps it. A question whose fact
has another value, or has met another version, must wait until an instructor has looked.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from quizapp.facts.canonical import digest_fact
from quizapp.facts.model import Pack
from quizapp.facts.values import EntityId
from quizapp.generation.slots import list_rivals
from quizapp.kinds.bank import Bank
from quizapp.kinds.question import FactKey, Question, QuestionKey

Fate = Literal["unchanged", "reworded", "changed", "contradicted", "orphaned", "new"]
HELD_BACK: frozenset[Fate] = frozenset({"changed", "contradicted", "orphaned"})
"""Fates of questions that are not asked until an instructor has decided."""

_FRAME = ("hedge", "said", "as_of")
_WORDS = ("stem", "options", "answer", "accept", "pairs", "order", "unit", "tolerance", "feedback")
"""What a learner reads."""

_ARTICLE = "the "


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What became of one question: `question` is its id, `why` is for an instructor."""

    question: QuestionKey
    facts: tuple[FactKey, ...]
    fate: Fate
    why: str


def digest_facts(pack: Pack) -> dict[FactKey, str]:
    """Return the digest of each fact, to be kept beside the questions made from it."""
    return {FactKey(fact.id): digest_fact(fact) for fact in pack.facts}


def compare_banks(
    old: Bank, new: Bank, pack: Pack, digests: Mapping[FactKey, str] | None = None
) -> tuple[Change, ...]:
    """Return the fate of each old question, in their order, and then the questions that are new.

    `pack` is the changed pack that `new` was made from, `digests` what `digest_facts` returned for
    the earlier one. Without them a fact counts as changed if a question on it, in both banks, has
    another answer, hedge, claimant or date.
    """
    comparison = _Comparison(old, new, pack, digests)
    known = {question.id for question in old.questions}
    fates = [comparison.judge(question) for question in old.questions]
    fresh = [
        Change(question=one.id, facts=one.facts, fate="new", why="not in the earlier bank")
        for one in new.questions
        if one.id not in known
    ]
    return (*fates, *fresh)


class _Comparison:
    """An old bank beside a new one, indexed."""

    def __init__(
        self, old: Bank, new: Bank, pack: Pack, digests: Mapping[FactKey, str] | None
    ) -> None:
        self.pack = pack
        self.new = {question.id: question for question in new.questions}
        self.unused = dict(new.unused)
        self.facts = {FactKey(fact.id): fact for fact in pack.facts}
        self.known = _list_facts(old)
        changed = self._list_changed_answers(old) if digests is None else _list_new(pack, digests)
        self.changed = changed & self.facts.keys()

    def judge(self, question: Question) -> Change:
        """Return the fate of an old question."""
        fate, why = self._judge(question)
        return Change(question=question.id, facts=question.facts, fate=fate, why=why)

    def _judge(self, question: Question) -> tuple[Fate, str]:
        lost = [fact for fact in question.facts if fact not in self.facts]
        if lost:
            return "orphaned", f"the pack has no fact {', '.join(lost)} any more"
        changed = [fact for fact in question.facts if fact in self.changed]
        if changed:
            return "changed", f"{', '.join(changed)} has another value, claimant or date"
        rivals = [rival for fact in question.facts for rival in self._list_new_rivals(fact)]
        if rivals:
            return "contradicted", f"{', '.join(dict.fromkeys(rivals))} gives another version"
        now = self.new.get(question.id)
        if now is None:
            return "orphaned", self._explain_absence(question)
        return _compare_words(question, now)

    def _explain_absence(self, question: Question) -> str:
        reasons = [self.unused[fact] for fact in question.facts if fact in self.unused]
        return "; ".join(reasons) or "the fact is no longer asked in this way"

    def _list_new_rivals(self, key: FactKey) -> list[FactKey]:
        """The other versions of the fact that the old bank did not know, or knew otherwise."""
        rivals = [FactKey(rival.id) for rival in list_rivals(self.pack, self.facts[key])]
        return [rival for rival in rivals if rival not in self.known or rival in self.changed]

    def _list_changed_answers(self, old: Bank) -> frozenset[FactKey]:
        """The facts that the questions in both banks show to have changed.

        What a question on one fact asks for is proof. Statements, made false by turns to keep the
        bank balanced, and questions over several facts, chosen anew each time, count only where
        there is no such question.
        """
        proven: dict[FactKey, bool] = {}
        supposed: dict[FactKey, bool] = {}
        for question in old.questions:
            now = self.new.get(question.id)
            if now is None:
                continue
            plain = len(question.facts) == 1 and question.kind != "true_false"
            differs = self._differ_in_truth(question, now)
            for fact in question.facts:
                verdicts = proven if plain else supposed
                verdicts[fact] = verdicts.get(fact, False) or differs
        return frozenset(fact for fact, differs in (supposed | proven).items() if differs)

    def _differ_in_truth(self, old: Question, new: Question) -> bool:
        if any(getattr(old, name) != getattr(new, name) for name in _FRAME):
            return True
        if old.kind == "true_false":
            return old.feedback != new.feedback
        answers = ("pairs", "order", "tolerance", "unit")
        if any(getattr(old, name) != getattr(new, name) for name in answers):
            return True
        return old.answer != new.answer and not self._are_spellings(old.answer, new.answer)

    def _are_spellings(self, one: str, other: str) -> bool:
        """Whether two answers are names of one entity, so that only the spelling has changed."""
        ones, others = (self._find_ids(text) for text in (one, other))
        return bool(ones & others)

    def _find_ids(self, text: str) -> set[EntityId]:
        bare = text[len(_ARTICLE) :] if text.lower().startswith(_ARTICLE) else text
        found = (*self.pack.find_entities(text), *self.pack.find_entities(bare))
        return {entity.id for entity in found}


def _list_new(pack: Pack, digests: Mapping[FactKey, str]) -> frozenset[FactKey]:
    now = digest_facts(pack)
    return frozenset(key for key, digest in now.items() if digests.get(key, digest) != digest)


def _list_facts(bank: Bank) -> frozenset[FactKey]:
    asked = {fact for question in bank.questions for fact in question.facts}
    return frozenset(asked | {fact for fact, _ in bank.unused})


def _compare_words(old: Question, new: Question) -> tuple[Fate, str]:
    differing = [name for name in _WORDS if getattr(old, name) != getattr(new, name)]
    if not differing:
        return "unchanged", "reads as before"
    return "reworded", f"other words in {', '.join(differing)}; memory stays"
