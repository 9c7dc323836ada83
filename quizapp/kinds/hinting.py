"""Hints: what each kind gives away when asked to, and how likely a guess is right after it.

The numbers follow from what a hint leaves to choose from; where that cannot be counted, for words,
they are an estimate. A question's own guess probability stays the least.
"""

from dataclasses import dataclass

# First letters and lengths turn recall into recognition among the few names of an article that fit:
# counted like a choice of five.
GUESS_OF_WORDS = 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Hint:
    """What a hint says, the guess probability that it leaves, and the positions it takes away."""

    text: str
    guess: float
    removed: tuple[int, ...] = ()


def hint_at_words(answer: str) -> Hint:
    """Return the first letter and the length of each word: "G… (8) S… (4)"."""
    words = " ".join(f"{word[0]}… ({len(word)})" for word in answer.split())
    return Hint(text=f"First letters, and how many there are: {words}", guess=GUESS_OF_WORDS)
