"""What a cell of a workbook shows, from what is stored of it.

A workbook stores numbers, and says beside them how they are shown: 42796 as 2017-03-02 or as March
2017, 0.45 as 45%. Numbering of days and the numbers of built-in formats are those of ECMA-376,
part 1, 18.8.30 and 18.17.4.
"""

import math
import re
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

_BUILT_IN = {
    9: "0%",
    10: "0.00%",
    14: "yyyy-mm-dd",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm",
    19: "h:mm:ss",
    20: "h:mm",
    21: "h:mm:ss",
    22: "yyyy-mm-dd h:mm",
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mm:ss",
}
_QUOTED = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]')
_EPOCH, _EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)
_LEAP_FAULT = 60
"""Day 60 is 29 February 1900, which never was; days before it count from 31 December 1899."""
_LAST_DAY = 2_958_465
_DIGITS = 15
"""A spreadsheet keeps that many digits of a number."""


@dataclass(slots=True, kw_only=True)
class Styles:
    """How the cells of a workbook are shown: the number format of each style, in its order.

    `codes` are formats of the workbook's own, by number; `since_1904` tells the first day.
    """

    codes: dict[int, str] = field(default_factory=dict)
    formats: list[int] = field(default_factory=list)
    since_1904: bool = False

    def find_code(self, style: int) -> str:
        """Return the format of a style; empty for plain numbers and for no such style."""
        number = self.formats[style] if 0 <= style < len(self.formats) else 0
        return self.codes.get(number, _BUILT_IN.get(number, ""))


def show_number(stored: str, code: str, *, since_1904: bool) -> str | None:
    """Return what a cell with that number and format shows, or None if it is no number.

    A date is written as exact as the format shows it (2017-03-02, 2017-03 or 2017), a number with
    a point and no grouping, a share as it was typed (45%).
    """
    try:
        number = float(stored)
    except ValueError:
        return None
    if not math.isfinite(number):
        return None
    bare = _QUOTED.sub("", code).partition(";")[0].lower()
    if re.search("[dmyhs]", bare):
        return _show_date(number, bare, since_1904=since_1904)
    if bare.endswith("%"):
        return f"{_write(number * 100)}%"
    return _write(number)


def _write(number: float) -> str:
    text = f"{number:.{_DIGITS}g}"
    if "e" in text:
        text = f"{number:.{_DIGITS}f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _show_date(number: float, code: str, *, since_1904: bool) -> str | None:
    days, part = divmod(number, 1)
    if not 0 <= days <= _LAST_DAY:
        return None
    shows_time = "h" in code or "s" in code
    seconds = round(part * 86_400) if shows_time else 0
    epoch = _EPOCH_1904 if since_1904 else _EPOCH
    if not since_1904 and days < _LEAP_FAULT:
        epoch += timedelta(days=1)
    shown = datetime.combine(epoch, datetime.min.time()) + timedelta(days=days, seconds=seconds)
    if shows_time and not re.search("[dy]", code):
        return shown.time().isoformat()
    if shows_time and seconds:
        return shown.isoformat()
    return _write_day(shown, code)


def _write_day(shown: datetime, code: str) -> str:
    if "d" in code:
        return shown.date().isoformat()
    return f"{shown.year:04}-{shown.month:02}" if "m" in code else f"{shown.year:04}"
