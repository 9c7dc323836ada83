"""From a pack of facts to a bank of questions, the same for the same pack and seed anywhere."""

import random
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from quizapp.errors import InvalidError
from quizapp.facts.model import Ask, Fact, FactId, Pack
from quizapp.facts.values import PartialDate, Quantity
from quizapp.generation.base import FactBase
from quizapp.generation.choice import Place, is_ordered, make_choice
from quizapp.generation.drafts import Draft, Refusal
from quizapp.generation.flashcard import make_flashcard
from quizapp.generation.lint import find_faults
from quizapp.generation.matching import make_matchings
from quizapp.generation.ordering import make_orderings
from quizapp.generation.set_rules import list_to_drop, tells_answer
from quizapp.generation.several import make_member_selection, make_subject_selections
from quizapp.generation.slots import Standing, examine_fact
from quizapp.generation.true_false import TEMPLATE, Pair, make_pair
from quizapp.generation.typed import CLOZE, make_cloze, make_date, make_numeric
from quizapp.kinds.bank import Bank
from quizapp.kinds.choice import has_natural_order
from quizapp.kinds.question import FactKey, KindName, Question

KINDS: tuple[KindName, ...] = (
    "choice",
    "select_all",
    "true_false",
    "cloze",
    "numeric",
    "date",
    "ordering",
    "matching",
    "flashcard",
)
_ASKED = "no template of its predicate asks for it"
_BALANCE = "left out to keep true and false statements balanced"
_FEW_KINDS = 2
_TELLING = "a true statement would answer another question on it"
_FITTING: dict[KindName, type] = {"numeric": Quantity, "date": PartialDate}
_GROUPED = {
    "select_all": make_subject_selections,
    "ordering": make_orderings,
    "matching": make_matchings,
}


def generate(pack: Pack, *, seed: int = 0, kinds: Collection[KindName] = KINDS) -> Bank:
    """Return the questions of these kinds, in the order of the facts, then of kind and template.

    All kinds are made, whatever is asked for, so that a question is the same in every selection.

    Raises:
        InvalidError: a kind that cannot be generated.
    """
    unknown = sorted(set(kinds) - set(KINDS))
    if unknown:
        known = ", ".join(KINDS)
        raise InvalidError(f"no questions of kind {unknown[0]!r} are made; choose from {known}")
    maker = _Maker(FactBase(pack), seed)
    for kind in KINDS:
        if kind != "true_false":
            maker.make(kind)
    maker.make_statements()
    return maker.finish([kind for kind in KINDS if kind in kinds])


class _Maker:
    """Collects the outcomes for every fact."""

    def __init__(self, base: FactBase, seed: int) -> None:
        self.base = base
        self.seed = seed
        self.standings = [examine_fact(base.pack, fact) for fact in base.pack.facts]
        self.made: list[Question] = []
        self.refused: dict[tuple[FactId, KindName], list[str]] = defaultdict(list)
        self.places: Counter[tuple[bool, int, int]] = Counter()

    def make(self, kind: KindName) -> None:
        for standing in self.standings:
            for template, make in self._list_makers(standing, kind):
                name = f"{standing.predicate.name}/{template}"
                self._keep(standing.fact, kind, make(self._draft(standing, name, kind)))
        if kind in _GROUPED:
            for question in _GROUPED[kind](self.base, self.standings, self.seed):
                self._keep(self.base.pack.get_fact(FactId(question.facts[0])), kind, question)

    def finish(self, kinds: Collection[KindName]) -> Bank:
        dropped = list_to_drop(self.made)
        kept = [one for one in self.made if one.kind in kinds and one.id not in dropped]
        order = {FactKey(fact.id): fact.order for fact in self.base.pack.facts}
        kept.sort(key=lambda one: (order[one.facts[0]], KINDS.index(one.kind)))
        for one in self.made:
            if one.id in dropped:
                self.refused[FactId(one.facts[0]), one.kind].append(dropped[one.id])
        asked = {fact for one in kept for fact in one.facts}
        unused = [
            (FactKey(fact.id), self._explain(fact.id, kinds))
            for fact in self.base.pack.facts
            if FactKey(fact.id) not in asked
        ]
        return Bank(questions=tuple(kept), unused=tuple(unused))

    def make_statements(self) -> None:
        pairs: list[tuple[Fact, Pair]] = []
        for standing in self.standings:
            template = f"{standing.predicate.name}/{TEMPLATE}"
            outcome = make_pair(self._draft(standing, template, "true_false"))
            if isinstance(outcome, Refusal):
                self._keep(standing.fact, "true_false", outcome)
            elif faults := find_faults(outcome.true, standing.fact, self.base.pack):
                self._keep(standing.fact, "true_false", Refusal("; ".join(faults)))
            else:
                pairs.append((standing.fact, outcome))
        open_items: dict[FactKey, list[Question]] = defaultdict(list)
        for one in self.made:
            for key in one.facts:
                open_items[key].append(one)
        telling = {
            fact.id
            for fact, pair in pairs
            if any(tells_answer(pair.true, one) for one in open_items[FactKey(fact.id)])
        }
        kinds = {FactId(key): {one.kind for one in found} for key, found in open_items.items()}
        for fact, question in _balance(pairs, telling, kinds, self.seed):
            self._keep(fact, "true_false", question)

    def _list_makers(
        self, standing: Standing, kind: KindName
    ) -> Iterator[tuple[str, Callable[[Draft], Question | Refusal]]]:
        """What makes questions of that kind on this fact, one entry a template."""
        if kind == "cloze":
            yield CLOZE, make_cloze
        if kind in _FITTING and not isinstance(standing.fact.value, _FITTING[kind]):
            return
        for ask in standing.predicate.asks:
            if _fits(ask, standing, kind):
                yield _name_template(ask, standing), self._bind(ask, kind)

    def _bind(self, ask: Ask, kind: KindName) -> Callable[[Draft], Question | Refusal]:
        makers: dict[KindName, Callable[[Draft], Question | Refusal]] = {
            "choice": lambda draft: make_choice(draft, ask, self._choose_place(draft, ask)),
            "select_all": lambda draft: make_member_selection(draft, ask),
            "numeric": lambda draft: make_numeric(draft, ask),
            "date": lambda draft: make_date(draft, ask),
            "flashcard": lambda draft: make_flashcard(draft, ask),
        }
        return makers[kind]

    def _draft(self, standing: Standing, template: str, kind: KindName) -> Draft:
        return Draft(
            base=self.base, standing=standing, template=template, kind=kind, seed=self.seed
        )

    def _choose_place(self, draft: Draft, ask: Ask) -> Place:
        """Put the right one where it stood least often among as many options of the sort."""
        ordered = is_ordered(draft, ask)

        def choose(count: int, possible: Sequence[int]) -> int:
            turned = draft.rng.sample(possible, len(possible))
            return min(turned, key=lambda place: self.places[ordered, count, place])

        return choose

    def _keep(self, fact: Fact, kind: KindName, outcome: Question | Refusal) -> None:
        if isinstance(outcome, Refusal):
            self.refused[fact.id, kind].append(outcome.why)
        elif faults := find_faults(outcome, fact, self.base.pack):
            self.refused[fact.id, kind].extend(faults)
        else:
            self.made.append(outcome)
            self._count_place(outcome)

    def _count_place(self, question: Question) -> None:
        texts = [option.text for option in question.options]
        if question.kind == "choice":
            place = texts.index(question.answer)
            self.places[has_natural_order(texts), len(texts), place] += 1

    def _explain(self, fact: FactId, kinds: Collection[KindName]) -> str:
        reasons = [why for kind in kinds for why in self.refused[fact, kind]]
        return "; ".join(dict.fromkeys(reasons)) or _ASKED


def _name_template(ask: Ask, standing: Standing) -> str:
    """The name of the wording, with the end that it asks for where two ends share the name."""
    alike = [one for one in standing.predicate.asks if one.name == ask.name]
    return ask.name if len(alike) == 1 else f"{ask.name}-{ask.end}"


def _fits(ask: Ask, standing: Standing, kind: KindName) -> bool:
    if kind == "select_all":
        return ask.end == "several" and not standing.predicate.functional
    if ask.end == "several":
        return False
    return kind in ask.kinds and (kind not in _FITTING or ask.end == "value")


def _balance(
    pairs: list[tuple[Fact, Pair]],
    telling: Collection[FactId],
    kinds: Mapping[FactId, Collection[KindName]],
    seed: int,
) -> Iterator[tuple[Fact, Question | Refusal]]:
    """Choose which statements are false: as many as are true.

    A true statement that tells the answer of another question is not offered. Facts that can only
    be stated truly are the first true ones, those without any other question first and then the
    most important, up to half as many as those that can be false; more of them would make a form
    tell its truth. The first false ones are on facts that need a third kind; `kinds` tells those
    that each fact has.
    """
    able = [fact for fact, pair in pairs if pair.false is not None]
    bound = [fact for fact, pair in pairs if pair.false is None and fact.id not in telling]
    bound.sort(key=lambda fact: (bool(kinds.get(fact.id)), -fact.importance, fact.order))
    only_true = [fact.id for fact in bound[: len(able) // 2]]
    only_false = [fact.id for fact in able if fact.id in telling]
    either = [fact.id for fact in able if fact.id not in telling]
    rng = random.Random(f"{seed}:true_false")  # noqa: S311  not a secret
    rng.shuffle(either)
    rng.shuffle(only_false)
    count = (len(only_true) + len(only_false) + len(either)) // 2
    more = min(max(count - len(only_true), 0), len(either))
    true = [*only_true, *either[:more]]
    false = sorted(
        [*only_false, *either[more:]], key=lambda fact: len(kinds.get(fact, ())) != _FEW_KINDS
    )
    kept = min(len(true), len(false))
    true_ids, false_ids = set(true[:kept]), set(false[:kept])
    for fact, pair in pairs:
        if fact.id in true_ids:
            yield fact, pair.true
        elif fact.id in false_ids and pair.false is not None:
            yield fact, pair.false
        else:
            yield fact, Refusal(_TELLING if fact.id in telling else _BALANCE)
