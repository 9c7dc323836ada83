"""Join codes: ten characters that nobody confuses, said and typed by people.

They have 49 bits, so tries at them are limited (`joining.py`), and the pages that name a course to
whoever holds a link ask for the link's seal (`web/join_links.py`), which cannot be guessed.
"""

import secrets

# Without 0 and O, 1, I and L.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH = 10
_HALF = LENGTH // 2
_SEPARATORS = str.maketrans("", "", " -\u2010\u2011\u2013\t")


def make_code() -> str:
    """Return a new code."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def read_code(text: str) -> str | None:
    """Return the code that somebody typed, letter case, spaces and hyphens ignored; or None."""
    code = text.translate(_SEPARATORS)
    fits = len(code) == LENGTH and code.isascii() and set(code.upper()) <= set(ALPHABET)
    return code.upper() if fits else None


def write_code(code: str) -> str:
    """Return a code in two halves, as it is read out: ABCDE-FGH23."""
    return f"{code[:_HALF]}-{code[_HALF:]}"
