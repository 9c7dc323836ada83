"""The places of a test: an item that everybody gets, or a slot that one of several is drawn for."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from quizapp.psychometrics.columns import covary, known, measure
from quizapp.psychometrics.marks import BoolArray, FloatArray, Item, Marks
from quizapp.psychometrics.reliability import find_alphas_without


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Places:
    """The places in the order of their first items; all arrays are of shape (attempts, places).

    `of_items` says in which place each item is; a place of several items has the name of its slot.
    """

    items: tuple[Item, ...]
    of_items: tuple[int, ...]
    marks: FloatArray
    asked: BoolArray
    answered: BoolArray

    def list_drawn(self) -> list[int]:
        """Return the places that several items are drawn for."""
        return [place for place in range(len(self.items)) if self.of_items.count(place) > 1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Weight:
    """What a place weighs, as shares of 1, and alpha of the test without it."""

    intended: float | None = None
    effective: float | None = None
    negative_covariance: bool = False
    alpha_without: float | None = None


def find_places(marks: Marks) -> Places:
    """Return the places, the marks of each being those of whichever item was asked there."""
    members: dict[str | int, list[int]] = {}
    for position, item in enumerate(marks.items):
        members.setdefault(position if item.slot is None else item.slot, []).append(position)
    groups = list(members.values())
    if len(groups) == len(marks.items):
        return Places(
            items=marks.items,
            of_items=tuple(range(len(groups))),
            marks=marks.marks,
            asked=marks.asked,
            answered=marks.answered,
        )
    of_items = {position: place for place, group in enumerate(groups) for position in group}
    belongs = np.zeros((len(marks.items), len(groups)))
    for position, place in of_items.items():
        belongs[position, place] = 1
    return Places(
        items=tuple(_name([marks.items[position] for position in group]) for group in groups),
        of_items=tuple(of_items[position] for position in range(len(marks.items))),
        marks=marks.marks @ belongs,
        asked=(marks.asked @ belongs) > 0,
        answered=(marks.answered @ belongs) > 0,
    )


def weigh(places: Places) -> list[Weight]:
    """Return the weight of each place.

    The effective weight is sqrt(C(x, T)) over the sum of these roots; a place with a negative
    covariance is left out of the sum and has none. Alpha is that of complete attempts.
    """
    totals = np.broadcast_to(places.marks.sum(axis=1)[:, np.newaxis], places.marks.shape)
    covariances = covary(
        measure(places.marks, places.asked), measure(np.asarray(totals), places.asked)
    )
    roots = np.sqrt(np.where(covariances >= 0, covariances, np.nan))
    whole, maximum = np.nansum(roots), sum(item.maximum for item in places.items)
    alphas = find_alphas_without(places.marks[places.asked.all(axis=1)])
    return [
        Weight(
            intended=item.maximum / maximum if maximum else None,
            effective=known(root / whole) if whole > 0 else None,
            negative_covariance=bool(covariance < 0),
            alpha_without=alpha,
        )
        for item, root, covariance, alpha in zip(
            places.items, roots, covariances, alphas, strict=True
        )
    ]


def _name(items: Sequence[Item]) -> Item:
    first = items[0]
    if len(items) == 1:
        return first
    return Item(name=first.slot or first.name, maximum=first.maximum, slot=first.slot)
