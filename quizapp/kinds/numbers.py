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
_UNITS = "one two three four five six seven eight nine"
_TEENS = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
# One to nineteen, and the tens to ninety.
NUMBER_WORDS = {
    **{word: number for number, word in enumerate(f"{_UNITS} {_TEENS}".split(), start=1)},
    **{word: 10 * number for number, word in enumerate(_TENS.split(), start=2)},
}
_WORDS = {"a": 1, **NUMBER_WORDS}
_HUNDRED = 100


def _write_part(name: str) -> str:
    """The pattern of a number below a thousand in words, or of so many hundreds."""
    unit, teen, ten = (words.replace(" ", "|") for words in (_UNITS, _TEENS, _TENS))
    small = f"(?:{teen}|(?:{ten})(?:[ -](?:{unit}))?|{unit})"
    return f"(?P<{name}>(?:{unit}|{teen}|a) hundred(?:(?: and)? {small})?|{small}%s)"


def _write_scales() -> str:
    scales = [
        rf"(?:{_write_part(scale) % '|a'} {scale}(?: and)?(?: |$))?"
        for scale in ("billion", "million", "thousand")
    ]
    return f"{''.join(scales)}{_write_part('one') % ''}?"


_IN_WORDS = re.compile(_write_scales())


def parse_number(text: str, unit: str = "") -> Decimal | None:
    """Return the number that the text says, or None if it says none.

    "1,762", "1 762", "23 million", "23m" and "twenty-three" are numbers; a hedge or currency sign
    before it and the `unit` after it may stand there, too. A point begins the decimals.
    """
    plain = " ".join(text.casefold().split())
    while hedge := _HEDGES.match(plain):
        plain = plain[hedge.end() :]
    plain = plain.removesuffix(unit.casefold()).strip()
    found = _NUMBER.fullmatch(plain)
    if found is None or found["unit"] not in _SIZES:
        return _parse_words(plain)
    if len(plain) > _LONGEST:
        return None
    digits = re.sub(r"\D", "", found["digits"])
    return Decimal(digits + (found["rest"] or "")) * _SIZES[found["unit"]]


def _parse_words(text: str) -> Decimal | None:
    """Return the number written in words: "four", "one hundred and fifty-four", "two thousand"."""
    if text == "zero":
        return Decimal(0)
    found = _IN_WORDS.fullmatch(text)
    if found is None or not any(found.groups()) or text.endswith(" and"):
        return None
    sizes = {"billion": 10**9, "million": 10**6, "thousand": 10**3, "one": 1}
    return Decimal(sum(_count_words(found[name]) * size for name, size in sizes.items()))


def _count_words(text: str | None) -> int:
    """Count what `_write_part` found."""
    total = 0
    for word in re.split("[ -]", text or ""):
        total = total * _HUNDRED if word == "hundred" else total + _WORDS.get(word, 0)
    return total
