"""What is known of the attempts at a test: the marks, who was asked what, the options chosen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

FloatArray: TypeAlias = NDArray[np.float64]
IntArray: TypeAlias = NDArray[np.int64]
BoolArray: TypeAlias = NDArray[np.bool_]
MarksLike: TypeAlias = ArrayLike | Sequence[Sequence[float | None]]
LARGEST_MARK = 1_000_000.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """An option of an item, and whether choosing it is right."""

    text: str
    correct: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """An item, its maximum in marks, and the share of 1 that a blind guess brings, if known.

    Items of one `slot` are drawn in place of each other and have one maximum; without a slot an
    item has a place of its own. `facts` and `template` say what it asks for and how it was worded.
    """

    name: str
    maximum: float
    guess: float | None = None
    slot: str | None = None
    facts: tuple[str, ...] = ()
    template: str | None = None
    options: tuple[Option, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Marks:
    """Marks of shape (attempts, items), made by `make_marks`; the arrays are read-only.

    `marks` is 0 where nothing was answered (`answered` is false) and where the item was not in the
    attempt (`asked` is false). `choices` holds, by the position of an item, which options were
    chosen, of shape (attempts, options).
    """

    items: tuple[Item, ...]
    marks: FloatArray
    asked: BoolArray
    answered: BoolArray
    choices: Mapping[int, BoolArray]


def make_marks(
    items: Sequence[Item],
    marks: MarksLike,
    *,
    asked: ArrayLike | None = None,
    choices: Mapping[int, ArrayLike] | None = None,
) -> Marks:
    """Return the marks as a value; `marks` has the shape (attempts, items).

    NaN or None is an item left blank or not reached: as in Moodle, it counts as 0. An item that
    was not in an attempt at all is one that `asked`, of the same shape, denies; None is all asked.
    A mark may be negative.

    Raises:
        ValueError: shapes do not agree, a mark is infinite or too large, a maximum is negative, or
            the items of a slot have different ones.
    """
    shape = (-1, len(items)) if items else (len(np.array(marks, ndmin=1)), 0)
    given = np.array(marks, dtype=np.float64).reshape(shape)
    posed = np.ones(given.shape, dtype=np.bool_) if asked is None else np.array(asked, np.bool_)
    posed = posed.reshape(shape)
    _check_items(items)
    if posed.shape != given.shape or (np.abs(given[posed]) > LARGEST_MARK).any():
        raise ValueError(f"marks have one shape with `asked` and are at most {LARGEST_MARK:g}")
    answered = posed & ~np.isnan(given)
    counted = np.where(answered, given, 0.0)
    for array in (counted, posed, answered):
        array.setflags(write=False)
    return Marks(
        items=tuple(items),
        marks=counted,
        asked=posed,
        answered=answered,
        choices=MappingProxyType(_make_choices(items, len(given), choices or {})),
    )


def _check_items(items: Sequence[Item]) -> None:
    maxima: dict[str, float] = {}
    for item in items:
        if not 0 <= item.maximum <= LARGEST_MARK:
            raise ValueError(f"the maximum of {item.name!r} is not from 0 to {LARGEST_MARK:g}")
        if item.slot is not None and maxima.setdefault(item.slot, item.maximum) != item.maximum:
            raise ValueError(f"the items of slot {item.slot!r} have different maxima")


def _make_choices(
    items: Sequence[Item], attempts: int, choices: Mapping[int, ArrayLike]
) -> dict[int, BoolArray]:
    made: dict[int, BoolArray] = {}
    for position, chosen in choices.items():
        shape = (attempts, len(items[position].options))
        made[position] = np.array(chosen, dtype=np.bool_)
        if made[position].size == 0 and 0 in shape:
            made[position] = made[position].reshape(shape)
        if made[position].shape != shape:
            raise ValueError(f"the choices of {items[position].name!r} are not attempts x options")
        made[position].setflags(write=False)
    return made
