"""Matching: subjects with the values that one predicate gives them, one to one."""

from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence

from quizapp.facts.values import Entities, PartialDate
from quizapp.generation.base import FactBase
from quizapp.generation.distractors import are_apart, find_distractors
from quizapp.generation.groups import FEWEST, GroupDraft, is_plain, split_evenly, tells_date
from quizapp.generation.realiser import Realiser
from quizapp.generation.slots import Standing
from quizapp.generation.wording import capitalise, end_sentence, mention, name_entity
from quizapp.kinds.question import Option, Question

TEMPLATE = "match"
_MOST = 4
_EXTRAS = 2


def make_matchings(base: FactBase, standings: Sequence[Standing], seed: int) -> Iterator[Question]:
    """Yield questions with three or four prompts each, every fact in at most one."""
    groups: dict[Hashable, list[Standing]] = defaultdict(list)
    for standing in standings:
        sort = _find_sort(base, standing)
        if sort is not None:
            groups[sort].append(standing)
    for found in groups.values():
        for group in split_evenly(found, _MOST):
            question = _make_matching(base, _keep_apart(base, group), seed)
            if question is not None:
                yield question


def _make_matching(base: FactBase, standings: list[Standing], seed: int) -> Question | None:
    if len(standings) < FEWEST:
        return None
    predicate = standings[0].predicate
    draft = GroupDraft(
        base=base,
        standings=tuple(standings),
        template=f"{predicate.name}/{TEMPLATE}",
        kind="matching",
        seed=seed,
    )
    pairs = tuple((_write_prompt(base, one), _write_match(base, one)) for one in standings)
    extras = _find_extras(base, draft, pairs)
    if not extras or predicate.match is None:
        return None
    return draft.build(
        stem=end_sentence(_realise(base, standings[0]).write_clause(predicate.match), "."),
        answer="; ".join(f"{prompt}: {match}" for prompt, match in pairs),
        pairs=pairs,
        options=tuple(extras),
        guess=1 / (len(pairs) + len(extras)),
    )


def _find_sort(base: FactBase, standing: Standing) -> Hashable | None:
    """What prompts and matches must share; None for a fact that cannot be matched."""
    fact, value = standing.fact, standing.fact.value
    fit = standing.predicate.match is not None and standing.predicate.functional
    if not fit or not is_plain(base.pack, standing):
        return None
    subject = (fact.predicate, base.sort_of(fact.subject))
    if isinstance(value, PartialDate):
        told = tells_date(base.pack.entities[fact.subject].name)
        return None if told else (*subject, value.grain)
    if not isinstance(value, Entities) or len(value.ids) != 1:
        return None
    if mention(_write_match(base, standing), _write_prompt(base, standing)):
        return None
    return (*subject, base.sort_of(value.ids[0]))


def _keep_apart(base: FactBase, standings: list[Standing]) -> list[Standing]:
    """Leave out what has a value or a subject of one before it, or whose name tells its value."""
    kept: list[Standing] = []
    for standing in standings:
        prompt, match = _write_prompt(base, standing), _write_match(base, standing)
        clash = any(
            not are_apart(base, standing.fact.value, one.fact.value)
            or standing.fact.subject in base.list_kin(one.fact.subject)
            or mention(match, _write_prompt(base, one))
            or mention(_write_match(base, one), prompt)
            for one in kept
        )
        if not clash:
            kept.append(standing)
    return kept


def _find_extras(
    base: FactBase, draft: GroupDraft, pairs: tuple[tuple[str, str], ...]
) -> list[Option]:
    """Matches for nothing: proven wrong for every prompt, and told by none."""
    found = [find_distractors(base, one, draft.rng) for one in draft.standings]
    reasons = [{one.text: one.why for one in wrong} for wrong in found]
    matches = {match for _, match in pairs}
    texts = [
        one.text
        for one in found[0]
        if one.text not in matches
        and all(one.text in known for known in reasons)
        and not any(mention(one.text, prompt) for prompt, _ in pairs)
    ]
    return [
        Option(text=text, correct=False, refuted_by=" ".join(known[text] for known in reasons))
        for text in texts[:_EXTRAS]
    ]


def _write_prompt(base: FactBase, standing: Standing) -> str:
    return capitalise(name_entity(base.pack.entities[standing.fact.subject]))


def _write_match(base: FactBase, standing: Standing) -> str:
    return _realise(base, standing).write_answer()


def _realise(base: FactBase, standing: Standing) -> Realiser:
    return Realiser(pack=base.pack, fact=standing.fact)
