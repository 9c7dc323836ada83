"""Who chose which option of an item: how many, from which third, and whether that is suspect."""

import numpy as np

from quizapp.psychometrics.bands import DISTRACTOR, KEY, judge
from quizapp.psychometrics.columns import correlate, find_noise, known, measure
from quizapp.psychometrics.findings import OptionFindings, Role
from quizapp.psychometrics.intervals import find_correlation_interval
from quizapp.psychometrics.marks import BoolArray, FloatArray, Item


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
    thirds = part_in_thirds(rest)
    responded = np.asarray(chosen.any(axis=1))
    rows = [
        _report(
            option.text, "key" if option.correct else "distractor", mask, responded, rest, thirds
        )
        for option, mask in zip(item.options, chosen.T, strict=True)
    ]
    everybody = np.ones(len(rest), dtype=np.bool_)
    rows.append(_report(None, "no response", ~responded, everybody, rest, thirds))
    top, middle, bottom = (int(group.sum()) for group in thirds)
    return (top, middle, bottom), tuple(rows)


def _cut(ordered: FloatArray, thirds: int) -> float:
    last = -(-len(ordered) * thirds // 3) - 1
    return float(ordered[last]) if len(ordered) else 0.0


def _report(
    text: str | None,
    role: Role,
    chosen: BoolArray,
    counted: BoolArray,
    rest: FloatArray,
    thirds: tuple[BoolArray, BoolArray, BoolArray],
) -> OptionFindings:
    r, r_n = _find_r(chosen, counted, rest), int(counted.sum())
    interval = None if r is None else find_correlation_interval(r, r_n)
    top, middle, bottom = (_find_share(chosen, group) for group in thirds)
    scale = {"key": KEY, "distractor": DISTRACTOR}.get(role)
    verdicts = judge(scale, r, interval, r_n) if scale else ()
    return OptionFindings(
        option=text,
        role=role,
        n=len(rest),
        count=int(chosen.sum()),
        share=_find_share(chosen, np.ones(len(rest), dtype=np.bool_)),
        top=top,
        middle=middle,
        bottom=bottom,
        r=r,
        r_interval=interval,
        r_n=r_n,
        suspect=any(verdict.level.startswith("suspect") for verdict in verdicts),
        verdict=verdicts[0] if verdicts else None,
    )


def _find_r(chosen: BoolArray, counted: BoolArray, rest: FloatArray) -> float | None:
    asked = counted[:, np.newaxis]
    choice = measure(chosen[:, np.newaxis].astype(np.float64), asked)
    return known(correlate(choice, measure(rest[:, np.newaxis], asked))[0])


def _find_share(chosen: BoolArray, group: BoolArray) -> float | None:
    size = int(group.sum())
    return int((chosen & group).sum()) / size if size else None
