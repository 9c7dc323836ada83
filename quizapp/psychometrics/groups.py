"""Items taken together by fact and by template, to tell a hard fact from a broken wording."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from statistics import fmean, stdev
from typing import Final

import numpy as np

from quizapp.psychometrics.bands import FEWEST, doubt
from quizapp.psychometrics.columns import correlate, known, measure
from quizapp.psychometrics.findings import FactFindings, ItemFindings, TemplateFindings
from quizapp.psychometrics.intervals import (
    Interval,
    find_correlation_interval,
    find_facility_interval,
    find_mean_interval,
)
from quizapp.psychometrics.marks import Marks

# Below this share, chance taken away, the guide of the Open University speaks of difficult items.
HARD: Final = 0.35
# A template is judged by at least so many items that others ask the same facts as.
FEWEST_COMPARED: Final = 5
_ONE_ITEM = "only one item asks it, so a hard fact and a broken wording look alike"
_HARD_FACT = "the fact is hard: so is every item that asks it"
_HARD_WORDING = "look at the wording: other items ask the same fact and are not hard"
_BROKEN = "look at the wording: the better the attempt, the lower the mark"
_NOT_HARD = "not hard"
_NO_OTHERS = "no other wording asks the same facts"
_HARDER = "harder than other wordings of the same facts: look at the template"
_EASIER = "easier than other wordings of the same facts: it may give the answer away"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Figures:
    n: int
    facility: float | None
    facility_interval: Interval | None
    discrimination: float | None
    discrimination_interval: Interval | None


def report_facts(marks: Marks, items: Sequence[ItemFindings]) -> tuple[FactFindings, ...]:
    """Return the findings of each fact, in the order of the items; `items` are those of `marks`."""
    found = []
    for fact, members, figures in _reckon(marks, _group_by_fact(items)):
        reading, look_at = _read_fact([items[position] for position in members])
        found.append(
            FactFindings(
                fact=fact,
                items=tuple(items[position].item for position in members),
                **asdict(figures),
                reading=reading,
                look_at=look_at,
            )
        )
    return tuple(found)


def report_templates(marks: Marks, items: Sequence[ItemFindings]) -> tuple[TemplateFindings, ...]:
    """Return the findings of each template, in the order of the items."""
    groups = _group(
        (item.template, position)
        for position, item in enumerate(items)
        if item.template is not None
    )
    of_facts = _group_by_fact(items)
    found = []
    for template, members, figures in _reckon(marks, groups):
        gaps = _list_gaps(members, items, of_facts)
        interval = _find_gap_interval(gaps)
        found.append(
            TemplateFindings(
                template=template,
                items=tuple(items[position].item for position in members),
                **asdict(figures),
                gap=fmean(gaps) if gaps else None,
                gap_interval=interval,
                compared=len(gaps),
                reading=_read_template(gaps, interval),
            )
        )
    return tuple(found)


def _group_by_fact(items: Sequence[ItemFindings]) -> dict[str, list[int]]:
    return _group((fact, position) for position, item in enumerate(items) for fact in item.facts)


def _group(pairs: Iterable[tuple[str, int]]) -> dict[str, list[int]]:
    groups: dict[str, list[int]] = {}
    for name, position in pairs:
        groups.setdefault(name, []).append(position)
    return groups


def _reckon(
    marks: Marks, groups: Mapping[str, list[int]]
) -> Iterable[tuple[str, list[int], _Figures]]:
    """Yield each group with its figures: one item, its mark the share of what it can bring."""
    belongs = np.zeros((len(marks.items), len(groups)))
    for column, members in enumerate(groups.values()):
        belongs[members, column] = 1
    maxima = np.array([item.maximum for item in marks.items])
    possible = (marks.asked * maxima) @ belongs
    asked = possible > 0
    shares = marks.marks @ belongs / np.where(asked, possible, 1.0)
    measured = measure(shares, asked)
    discriminations = correlate(measured, measure(marks.marks @ (1 - belongs), asked))
    lowest = np.min(shares, axis=0, where=asked, initial=0.0)
    for column, (name, members) in enumerate(groups.items()):
        n, facility = int(measured.n[column]), known(measured.mean[column])
        r = known(discriminations[column])
        figures = _Figures(
            n=n,
            facility=facility,
            facility_interval=None
            if facility is None
            else find_facility_interval(facility, n, float(lowest[column])),
            discrimination=r,
            discrimination_interval=None if r is None else find_correlation_interval(r, n),
        )
        yield name, members, figures


def _read_fact(items: Sequence[ItemFindings]) -> tuple[str, tuple[str, ...]]:
    """Say what makes marks low: the fact, or the wording of the items that are named."""
    broken = tuple(each.item for each in items if _is_broken(each))
    if broken:
        return _BROKEN, broken
    if len(items) == 1:
        return _ONE_ITEM, ()
    ranges = {each.item: _find_known_interval(each) for each in items}
    hard = tuple(name for name, ends in ranges.items() if ends and ends[1] < HARD)
    fine = tuple(name for name, ends in ranges.items() if ends and ends[0] >= HARD)
    if hard and fine:
        return _HARD_WORDING, hard
    if len(hard) == len(items):
        return _HARD_FACT, ()
    if len(fine) == len(items):
        return _NOT_HARD, ()
    return doubt(min(each.n for each in items)), ()


def _is_broken(item: ItemFindings) -> bool:
    interval = item.discrimination_interval
    return item.n >= FEWEST and interval is not None and interval[1] < 0


def _find_known(facility: float | None, item: ItemFindings) -> float | None:
    """Return the share that knows: what is right, less what chance alone would bring."""
    guess = item.guess or 0.0
    return None if facility is None or guess >= 1 else (facility - guess) / (1 - guess)


def _find_known_interval(item: ItemFindings) -> Interval | None:
    if item.facility_interval is None or item.n < FEWEST:
        return None
    low, high = (_find_known(end, item) for end in item.facility_interval)
    return None if low is None or high is None else (low, high)


def _list_gaps(
    members: Sequence[int], items: Sequence[ItemFindings], of_facts: Mapping[str, list[int]]
) -> list[float]:
    """Return how much more seems known in each of these items than in others for its facts."""
    gaps = []
    for member in (items[position] for position in members):
        fellows = {position for fact in member.facts for position in of_facts[fact]}
        shares = [
            _find_known(items[position].facility, items[position])
            for position in sorted(fellows)
            if items[position].template != member.template
        ]
        others = [share for share in shares if share is not None]
        own = _find_known(member.facility, member)
        if own is not None and others:
            gaps.append(own - fmean(others))
    return gaps


def _find_gap_interval(gaps: Sequence[float]) -> Interval | None:
    if len(gaps) < FEWEST_COMPARED:
        return None
    return find_mean_interval(fmean(gaps), stdev(gaps), len(gaps))


def _read_template(gaps: Sequence[float], interval: Interval | None) -> str:
    if not gaps:
        return _NO_OTHERS
    if interval is None or interval[0] <= 0 <= interval[1]:
        return f"cannot tell yet ({len(gaps)} items compared)"
    return _HARDER if interval[1] < 0 else _EASIER
