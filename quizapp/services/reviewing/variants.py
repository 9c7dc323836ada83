"""Which question to ask for a fact."""

from collections.abc import Callable, Sequence
from random import Random

from quizapp.storage.questions import Remembered, Variant

# From this stability on, in days, only the forms that are hardest to guess are asked.
_SETTLED = 21.0
_EASY_TO_GUESS = 0.5


def choose_variant(
    remembered: Remembered | None, variants: Sequence[Variant], *, seed: str
) -> Variant:
    """Return the question to ask: one of `variants`, which must not be empty, fixed by `seed`.

    The one shown last comes again only if there is no other; true or false is for first meetings; a
    settled memory is asked in the forms that are hardest to guess.
    """
    allowed = list(variants)
    if remembered is not None:
        allowed = _keep(allowed, lambda each: each.key != remembered.last_key)
        allowed = _keep(allowed, lambda each: each.guess < _EASY_TO_GUESS)
        if remembered.memory.stability >= _SETTLED:
            hardest = min(each.guess for each in allowed)
            allowed = [each for each in allowed if each.guess == hardest]
    return Random(seed).choice(allowed)  # noqa: S311 - chance, not secrecy


def _keep(variants: list[Variant], wanted: Callable[[Variant], bool]) -> list[Variant]:
    """Keep what is wanted, or all if that would leave none."""
    return [each for each in variants if wanted(each)] or variants
