"""Who chose which option of an item: how many, from which third, and whether that is suspect."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from quizapp.psychometrics.bands import DISTRACTOR, KEY, judge
from quizapp.psychometrics.columns import correlate, find_noise, known, measure
from quizapp.psychometrics.findings import OptionFindings, Role
from quizapp.psychometrics.intervals import find_correlation_interval
from quizapp.psychometrics.marks import BoolArray, FloatArray, Item, Option

_NO_RESPONSE: Final = "no response"


def part_in_thirds(rest: FloatArray) -> tuple[BoolArray, BoolArray, BoolArray]:
    """Return who is in the top, the middle and the bottom third by the marks on all other items.

    Attempts with the same marks are in one group, and ties go up: whoever has as many marks as the
    last of the top third is in it, as Canvas does with its upper 27 %. So the groups may differ in
    size, and a lower one may be empty.
    """
    ordered = np.sort(rest)[::-1]
    noise = find_noise(rest)
    top = rest >= _cut(ordered, 1) - noise
    upper = rest >= _cut(ordered, 2) - noise
    return top, upper & ~top, ~upper


def report_options(
    item: Item, chosen: BoolArray, rest: FloatArray
) -> tuple[tuple[int, int, int], tuple[OptionFindings, ...]]:
    """Return the sizes of the thirds, and the options, "no response" last.

    `chosen` is of shape (attempts, options), `rest` the marks on all other items, of shape
    (attempts,), of the attempts that were asked. The r of an option is its point-biserial
    correlation with them over the attempts that chose anything: as in Canvas blanks are left out,
    but other than there the item is not part of the sum.
    """
    responded = np.asarray(chosen.any(axis=1))
    columns = np.column_stack([chosen, ~responded])
    texts = [*(option.text for option in item.options), None]
    roles = [*(_name_role(option) for option in item.options), _NO_RESPONSE]
    thirds = part_in_thirds(rest)
    everybody = np.ones(len(rest), dtype=np.bool_)
    groups = [everybody, *thirds]
    counts = [_count(columns, group) for group in groups]
    sizes = [int(np.count_nonzero(group)) for group in groups]
    rs = [*_correlate(chosen, responded, rest), *_correlate(columns[:, -1:], everybody, rest)]
    rows = tuple(
        _report(text, role, [count[place] for count in counts], sizes, rs[place])
        for place, (text, role) in enumerate(zip(texts, roles, strict=True))
    )
    return (sizes[1], sizes[2], sizes[3]), rows


def _cut(ordered: FloatArray, thirds: int) -> float:
    last = -(-len(ordered) * thirds // 3) - 1
    return float(ordered[last]) if len(ordered) else 0.0


def _count(columns: BoolArray, group: BoolArray) -> list[int]:
    """Count in each column who is of the group: one column at a time is the quickest."""
    return [int(np.count_nonzero(column & group)) for column in columns.T]


def _name_role(option: Option) -> Role:
    return "key" if option.correct else "distractor"


def _report(
    text: str | None,
    role: Role,
    counts: Sequence[int],
    sizes: Sequence[int],
    correlated: tuple[float | None, int],
) -> OptionFindings:
    """Describe one option; `counts` are of all and of the thirds, whose numbers are `sizes`."""
    r, r_n = correlated
    interval = None if r is None else find_correlation_interval(r, r_n)
    share, top, middle, bottom = (
        count / size if size else None for count, size in zip(counts, sizes, strict=True)
    )
    scale = {"key": KEY, "distractor": DISTRACTOR}.get(role)
    verdicts = judge(scale, r, interval, r_n) if scale else ()
    return OptionFindings(
        option=text,
        role=role,
        n=sizes[0],
        count=counts[0],
        share=share,
        top=top,
        middle=middle,
        bottom=bottom,
        r=r,
        r_interval=interval,
        r_n=r_n,
        suspect=any(verdict.level.startswith("suspect") for verdict in verdicts),
        verdict=verdicts[0] if verdicts else None,
    )


def _correlate(
    chosen: BoolArray, counted: BoolArray, rest: FloatArray
) -> list[tuple[float | None, int]]:
    """Return the r of each column with the other marks over who is counted, and their number."""
    n = int(counted.sum())
    if not chosen.any():
        return [(None, n)] * chosen.shape[1]
    # Few long columns: sums along them are twice as quick where each lies in one piece.
    values = np.asfortranarray(chosen, dtype=np.float64)
    choices = measure(values, np.broadcast_to(counted[:, np.newaxis], values.shape))
    others = measure(rest[:, np.newaxis], counted[:, np.newaxis])
    return [(known(r), n) for r in correlate(choices, others)]
