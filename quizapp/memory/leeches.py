"""Leeches: facts that are forgotten again and again, whatever the schedule."""

# The defaults of Anki: marked at eight lapses, and again each time that half as many came.
FIRST_LEECH = 8
_EVERY = 4


def is_leech(lapses: int) -> bool:
    """Return whether a fact with so many lapses is often forgotten."""
    return lapses >= FIRST_LEECH


def is_marked_anew(lapses: int) -> bool:
    """Return whether the last of so many lapses is one at which a leech is pointed out."""
    return is_leech(lapses) and (lapses - FIRST_LEECH) % _EVERY == 0
