"""The values of facts: dates as exact as their source, hedged quantities, words, entities."""

import calendar
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal, NewType

EntityId = NewType("EntityId", str)
Grain = Literal["day", "month", "year"]
Comparison = Literal["=", ">=", ">", "<=", "<", "~"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PartialDate:
    """A date known to the day, the month or the year; the unknown parts are None."""

    year: int
    month: int | None = None
    day: int | None = None

    @property
    def grain(self) -> Grain:
        """How exact the date is."""
        if self.month is None:
            return "year"
        return "month" if self.day is None else "day"

    @property
    def iso(self) -> str:
        """The date as `2017-03-02`, `2017-03` or `2017`."""
        parts = [f"{self.year:04}"]
        parts += [f"{part:02}" for part in (self.month, self.day) if part is not None]
        return "-".join(parts)

    @property
    def first(self) -> date:
        """The first day that the date may mean."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> date:
        """The last day that the date may mean."""
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A time from one date to another, both included."""

    start: PartialDate
    end: PartialDate

    @property
    def iso(self) -> str:
        """The period as `2017/2023`."""
        return f"{self.start.iso}/{self.end.iso}"

    @property
    def first(self) -> date:
        """The first day of the period."""
        return self.start.first

    @property
    def last(self) -> date:
        """The last day of the period."""
        return self.end.last


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A number or a range with its hedge: `low` equals `high` unless it is a range.

    `unit` is a plural noun, `of` the entity counted or measured against.
    """

    low: Decimal
    high: Decimal
    comparison: Comparison = "="
    unit: str = ""
    of: EntityId | None = None

    @property
    def is_range(self) -> bool:
        """Whether two figures are given."""
        return self.low != self.high


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A value in free words; `lang` is the code of their language if it is not English."""

    text: str
    lang: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entities:
    """One entity, or several that are the value together."""

    ids: tuple[EntityId, ...]


Value = PartialDate | Period | Quantity | Words | Entities


def overlap(one: PartialDate | Period, other: PartialDate | Period) -> bool:
    """Return whether some day lies in both, so that both may be true of one event."""
    return one.first <= other.last and other.first <= one.last
