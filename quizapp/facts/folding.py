"""Ways of making two spellings comparable: white space, case and diacritics folded away."""

import re
import unicodedata
from functools import lru_cache

_SPACE = re.compile(r"\s+")
_APOSTROPHES = str.maketrans({"\u2018": "'", "\u2019": "'", "\u02bc": "'", "\u2011": "-"})
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")


def fold_space(text: str) -> str:
    """Return the text with every run of white space as one space, none at the ends."""
    return _SPACE.sub(" ", text).strip()


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """Return the text for comparing: case, diacritics, kinds of apostrophe and space folded."""
    plain = unicodedata.normalize("NFKD", text.translate(_APOSTROPHES))
    bare = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return fold_space(bare.casefold())


@lru_cache(maxsize=8192)
def split_words(text: str) -> tuple[str, ...]:
    """Return the folded words of the text, in order, without punctuation."""
    return tuple(_WORD.findall(fold(text)))
