"""From a pack of facts to a bank of questions, the same for the same pack and seed anywhere."""

import random
from collections import Counter
from collections.abc import Collection, Iterator

from quizapp.errors import InvalidError
from quizapp.facts.model import Ask, Fact, Pack
from quizapp.generation.choice import make_choice
from quizapp.generation.drafts import Draft, Refusal
from quizapp.generation.flashcard import make_flashcard
from quizapp.generation.lint import find_faults
from quizapp.generation.slots import Standing, examine_fact
from quizapp.generation.true_false import TEMPLATE, Pair, make_pair
from quizapp.kinds.bank import Bank
from quizapp.kinds.choice import has_natural_order
from quizapp.kinds.question import FactKey, KindName, Question

KINDS: tuple[KindName, ...] = ("choice", "true_false", "flashcard")
_ASKED = "no template of its predicate asks for it"
_BALANCE = "left out to keep true and false statements balanced"


def generate(pack: Pack, *, seed: int = 0, kinds: Collection[KindName] = KINDS) -> Bank:
    """Return the questions of these kinds, in the order of the facts, then of kind and template.

    Raises:
        InvalidError: a kind that cannot be generated.
    """
    unknown = sorted(set(kinds) - set(KINDS))
    if unknown:
        known = ", ".join(KINDS)
        raise InvalidError(f"no questions of kind {unknown[0]!r} are made; choose from {known}")
    maker = _Maker(pack, seed)
    for kind in KINDS:
        if kind in kinds:
            maker.make(kind)
    return maker.finish()


class _Maker:
    """Collects the outcomes for every fact."""

    def __init__(self, pack: Pack, seed: int) -> None:
        self.pack = pack
        self.seed = seed
        self.standings = [examine_fact(pack, fact) for fact in pack.facts]
        self.made: dict[str, list[Question]] = {fact.id: [] for fact in pack.facts}
        self.refused: dict[str, list[str]] = {fact.id: [] for fact in pack.facts}

    def make(self, kind: KindName) -> None:
        if kind == "true_false":
            self._make_statements()
            return
        places: Counter[tuple[int, int]] = Counter()
        for standing in self.standings:
            for ask in _list_asks(standing, kind):
                draft = self._draft(standing, f"{standing.predicate.name}/{ask.name}", kind)
                if kind == "choice":
                    outcome = self._make_choice(draft, ask, places)
                else:
                    outcome = make_flashcard(draft, ask)
                self._keep(standing.fact, outcome)

    def finish(self) -> Bank:
        questions = [one for fact in self.pack.facts for one in self.made[fact.id]]
        unused = [
            (FactKey(fact.id), "; ".join(dict.fromkeys(self.refused[fact.id])) or _ASKED)
            for fact in self.pack.facts
            if not self.made[fact.id]
        ]
        return Bank(questions=tuple(questions), unused=tuple(unused))

    def _draft(self, standing: Standing, template: str, kind: KindName) -> Draft:
        return Draft(
            pack=self.pack, standing=standing, template=template, kind=kind, seed=self.seed
        )

    def _make_choice(
        self, draft: Draft, ask: Ask, places: Counter[tuple[int, int]]
    ) -> Question | Refusal:
        """Put the key of options in words where it stood least often among as many options."""
        outcome = make_choice(draft, ask, 0)
        if isinstance(outcome, Refusal):
            return outcome
        count = len(outcome.options)
        start = draft.rng.randrange(count)
        turned = [(start + step) % count for step in range(count)]
        least = min(turned, key=lambda place: places[count, place])
        outcome = make_choice(draft, ask, least)
        if isinstance(outcome, Question) and not has_natural_order(
            [option.text for option in outcome.options]
        ):
            places[count, least] += 1
        return outcome

    def _make_statements(self) -> None:
        pairs: list[tuple[Fact, Pair]] = []
        for standing in self.standings:
            template = f"{standing.predicate.name}/{TEMPLATE}"
            outcome = make_pair(self._draft(standing, template, "true_false"))
            if isinstance(outcome, Refusal):
                self._keep(standing.fact, outcome)
            elif faults := find_faults(outcome.true, standing.fact, self.pack):
                self._keep(standing.fact, Refusal("; ".join(faults)))
            else:
                pairs.append((standing.fact, outcome))
        for fact, question in _balance(pairs, self.seed):
            self._keep(fact, question)

    def _keep(self, fact: Fact, outcome: Question | Refusal) -> None:
        if isinstance(outcome, Refusal):
            self.refused[fact.id].append(outcome.why)
        elif faults := find_faults(outcome, fact, self.pack):
            self.refused[fact.id].extend(faults)
        else:
            self.made[fact.id].append(outcome)


def _list_asks(standing: Standing, kind: KindName) -> Iterator[Ask]:
    return (ask for ask in standing.predicate.asks if kind in ask.kinds)


def _balance(
    pairs: list[tuple[Fact, Pair]], seed: int
) -> Iterator[tuple[Fact, Question | Refusal]]:
    """Choose which statements are false: half of those kept, and never all that could be.

    Facts that can only be stated truly are kept up to half as many as the others, the most
    important ones first; more of them would make a statement's form tell its truth.
    """
    able = [fact.id for fact, pair in pairs if pair.false is not None]
    bound = [fact for fact, pair in pairs if pair.false is None]
    bound.sort(key=lambda fact: (-fact.importance, fact.order))
    kept = {fact.id for fact in bound[: len(able) // 2]} | set(able)
    rng = random.Random(f"{seed}:true_false")  # noqa: S311  not a secret
    false = set(rng.sample(able, min(len(able), len(kept) // 2)))
    for fact, pair in pairs:
        if fact.id not in kept:
            yield fact, Refusal(_BALANCE)
        elif fact.id in false and pair.false is not None:
            yield fact, pair.false
        else:
            yield fact, pair.true
