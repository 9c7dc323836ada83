"""Ordering: what happened first, from dated facts; never tolls, no dates shown, no ties."""

from collections.abc import Iterator, Sequence

from quizapp.facts.values import PartialDate, overlap
from quizapp.generation.base import FactBase
from quizapp.generation.groups import FEWEST, GroupDraft, is_plain, split_evenly, tells_date
from quizapp.generation.realiser import Realiser
from quizapp.generation.slots import Standing
from quizapp.generation.wording import capitalise
from quizapp.kinds.question import Question

TEMPLATE = "events/order"
_MOST = 4
_STEM = "In which order did the following happen, from the earliest to the latest?"


def make_orderings(base: FactBase, standings: Sequence[Standing], seed: int) -> Iterator[Question]:
    """Yield questions on three or four events each, every dated event in at most one."""
    fit = [standing for standing in standings if _write_event(base, standing) is not None]
    fit.sort(key=lambda standing: (_get_date(standing).first, standing.fact.order))
    for group in split_evenly(fit, _MOST):
        kept = _drop_ties(base, group)
        if len(kept) >= FEWEST:
            yield _make_ordering(base, kept, seed)


def _make_ordering(base: FactBase, standings: Sequence[Standing], seed: int) -> Question:
    draft = GroupDraft(
        base=base, standings=tuple(standings), template=TEMPLATE, kind="ordering", seed=seed
    )
    events = tuple(text for one in standings if (text := _write_event(base, one)) is not None)
    return draft.build(stem=_STEM, answer="; ".join(events), order=events, guess=0.0)


def _write_event(base: FactBase, standing: Standing) -> str | None:
    """What happened, in words that do not tell when; None if the fact dates no such event."""
    happening = standing.predicate.happening
    if happening is None or not isinstance(standing.fact.value, PartialDate):
        return None
    if not is_plain(base.pack, standing):
        return None
    text = capitalise(Realiser(pack=base.pack, fact=standing.fact).write_clause(happening))
    return None if tells_date(text) else text


def _drop_ties(base: FactBase, standings: Sequence[Standing]) -> list[Standing]:
    kept: list[Standing] = []
    for standing in standings:
        date, event = _get_date(standing), _write_event(base, standing)
        tied = any(
            overlap(date, _get_date(one)) or _write_event(base, one) == event for one in kept
        )
        if not tied:
            kept.append(standing)
    return kept


def _get_date(standing: Standing) -> PartialDate:
    assert isinstance(standing.fact.value, PartialDate)
    return standing.fact.value
