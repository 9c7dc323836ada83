"""Select all: several members of a closed list, or several subjects with one value."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from quizapp.facts.model import Ask
from quizapp.facts.values import Entities, EntityId, PartialDate, Value
from quizapp.generation.base import FactBase
from quizapp.generation.distractors import Distractor, contains_name, find_distractors
from quizapp.generation.drafts import Draft, Refusal, check_version
from quizapp.generation.feedback import write_option_feedback
from quizapp.generation.groups import GroupDraft, is_plain
from quizapp.generation.realiser import Realiser
from quizapp.generation.slots import Standing, examine_fact
from quizapp.generation.subject_distractors import find_subject_distractors, is_wholly_apart
from quizapp.generation.wording import capitalise, mention, name_entity
from quizapp.kinds.question import Option, Question

_MOST_RIGHT, _FEWEST_WRONG, _MOST = 3, 2, 5
_ALL = " (select all that apply)"


def make_member_selection(draft: Draft, ask: Ask) -> Question | Refusal:
    """Return a question for members of a closed list, two or three of them among the options."""
    value = draft.fact.value
    if not isinstance(value, Entities) or len(value.ids) < _FEWEST_WRONG or not draft.fact.closed:
        return Refusal("only a complete list of two or more is asked as select all")
    refusal = check_version(draft.standing)
    if refusal is not None:
        return refusal
    rng = draft.rng
    members = rng.sample(value.ids, min(len(value.ids), rng.choice((_FEWEST_WRONG, _MOST_RIGHT))))
    stem = replace(draft.realiser, offered=True).write_question(ask.stem + _ALL)
    right = [capitalise(name_entity(draft.pack.entities[one])) for one in members]
    if any(mention(text, stem) for text in right):
        return Refusal("the stem gives the answer away")
    found = find_distractors(draft.base, draft.standing, rng)
    wrong = [one for one in found if not mention(one.text, stem)][: _MOST - len(right)]
    if len(wrong) < _FEWEST_WRONG:
        return Refusal(f"fewer than {_FEWEST_WRONG} other values are proven wrong")
    options = [Option(text=text, correct=True) for text in right]
    options += [Option(text=one.text, correct=False, refuted_by=one.why) for one in wrong]
    rng.shuffle(options)
    return draft.build(
        stem=stem,
        answer=_write_key(options),
        feedback=write_option_feedback(draft, wrong),
        options=tuple(options),
        guess=0.5 ** len(options),
        near=sum(one.near for one in wrong) / len(wrong),
    )


def make_subject_selections(
    base: FactBase, standings: Sequence[Standing], seed: int
) -> Iterator[Question]:
    """Yield questions for two or three of the subjects that share a value, or a year."""
    groups: dict[tuple[str, str, Value], list[Standing]] = defaultdict(list)
    for standing in standings:
        for ask, value in _list_shared(base, standing):
            groups[standing.predicate.name, ask.name, value].append(standing)
    for (_, name, value), found in groups.items():
        ask = next(one for one in found[0].predicate.asks if one.name == name)
        for start in range(0, len(found), _MOST_RIGHT):
            group = _keep_fit(base, found[start : start + _MOST_RIGHT], value)
            question = _select_subjects(base, group, ask, value, seed) if group[1:] else None
            if question is not None:
                yield question


def _list_shared(base: FactBase, standing: Standing) -> Iterator[tuple[Ask, Value]]:
    fact = standing.fact
    for ask in standing.predicate.asks:
        if ask.end != "several" or not standing.predicate.functional:
            continue
        if not is_plain(base.pack, standing):
            continue
        if isinstance(fact.value, PartialDate):
            if base.pack.entities[fact.subject].dated is not None:
                continue  # Other questions name the event by its year.
            yield ask, PartialDate(year=fact.value.year)
        elif isinstance(fact.value, Entities) and len(fact.value.ids) == 1:
            yield ask, fact.value


def _write_stem(base: FactBase, standing: Standing, ask: Ask, value: Value) -> str:
    fact = replace(standing.fact, value=value)
    return Realiser(pack=base.pack, fact=fact, offered=True).write_question(ask.stem + _ALL)


def _keep_fit(base: FactBase, group: list[Standing], value: Value) -> list[Standing]:
    """Leave out subjects whose name tells the value, or that are the same as one before."""
    kept: list[Standing] = []
    told = _tell(base, value)
    for standing in group:
        entity = base.pack.entities[standing.fact.subject]
        alike = any(contains_name(entity, base.pack.entities[one.fact.subject]) for one in kept)
        if not alike and not any(mention(text, entity.name) for text in told):
            kept.append(standing)
    return kept


def _tell(base: FactBase, value: Value) -> list[str]:
    if isinstance(value, PartialDate):
        return [str(value.year)]
    ids: tuple[EntityId, ...] = value.ids if isinstance(value, Entities) else ()
    return [text for one in ids for text in base.pack.entities[one].spellings]


def _select_subjects(
    base: FactBase, group: list[Standing], ask: Ask, value: Value, seed: int
) -> Question | None:
    sort = base.sort_of(group[0].fact.subject)
    same = [one for one in group if base.sort_of(one.fact.subject) == sort]
    wrong = _find_wrong(base, same, value)[: _MOST - len(same)]
    if len(same) < _FEWEST_WRONG or len(wrong) < _FEWEST_WRONG:
        return None
    template = f"{group[0].predicate.name}/{ask.name}"
    draft = GroupDraft(
        base=base, standings=tuple(same), template=template, kind="select_all", seed=seed
    )
    placed: list[tuple[Option, Standing | None]] = [
        (Option(text=one.text, correct=False, refuted_by=one.why), None) for one in wrong
    ]
    for one in same:
        text = capitalise(name_entity(base.pack.entities[one.fact.subject]))
        placed.append((Option(text=text, correct=True), one))
    draft.rng.shuffle(placed)
    options = tuple(option for option, _ in placed)
    ordered = tuple(standing for _, standing in placed if standing is not None)
    return replace(draft, standings=ordered).build(
        stem=_write_stem(base, same[0], ask, value),
        answer=_write_key(options),
        options=options,
        guess=0.5,
        others=[examine_fact(base.pack, one.fact) for one in wrong if one.fact is not None],
    )


def _find_wrong(base: FactBase, group: list[Standing], value: Value) -> list[Distractor]:
    """Subjects whose own values are proven to be others, and whose names do not tell them."""
    told = _tell(base, value)
    rights = [base.pack.entities[one.fact.subject] for one in group]
    found = []
    asked = replace(group[0], fact=replace(group[0].fact, value=value))
    for one in find_subject_distractors(base, asked):
        assert one.fact is not None
        entity = base.pack.entities[one.fact.subject]
        if isinstance(value, PartialDate) and entity.dated is not None:
            continue
        alike = any(contains_name(entity, right) for right in rights)
        told_by_name = any(mention(text, entity.name) for text in told)
        if not alike and not told_by_name and is_wholly_apart(base, value, one.fact):
            found.append(one)
    return found


def _write_key(options: Sequence[Option]) -> str:
    return "; ".join(option.text for option in options if option.correct)
