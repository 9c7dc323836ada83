"""Numbers as people type them."""

import re
from decimal import Decimal

_HEDGES = re.compile(
    r"(?:at least|more than|fewer than|less than|up to|about|around|approximately|some|over|nearly"
    r"|~|≈|\$|£|€)\s*"
)
_NUMBER = re.compile(
    r"(?P<digits>\d{1,3}(?:[, \u00a0\u202f']\d{3})+|\d+)(?P<rest>\.\d+)?\s*(?P<unit>.*)", re.ASCII
)
_SIZES = {
    "": 1,
    "thousand": 10**3,
    "k": 10**3,
    "million": 10**6,
    "m": 10**6,
    "billion": 10**9,
    "bn": 10**9,
}
_LONGEST = 40


def parse_number(text: str, unit: str = "") -> Decimal | None:
    """Return the number that the text says, or None if it says none.

    "1,762", "1 762", "23 million" and "23m" are numbers; a hedge or currency sign before it and the
    `unit` after it may stand there, too. A point begins the decimals.
    """
    plain = " ".join(text.casefold().split())
    while hedge := _HEDGES.match(plain):
        plain = plain[hedge.end() :]
    found = _NUMBER.fullmatch(plain.removesuffix(unit.casefold()).strip())
    if len(plain) > _LONGEST or found is None or found["unit"] not in _SIZES:
        return None
    digits = re.sub(r"\D", "", found["digits"])
    return Decimal(digits + (found["rest"] or "")) * _SIZES[found["unit"]]
