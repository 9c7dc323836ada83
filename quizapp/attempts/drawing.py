"""Questions drawn for an attempt by tag and difficulty, each at most once.

Wishes may overlap ("3 of any tag, 2 on dates"): a question taken for the first may be the only one
left for the second. So a wish that finds none left asks the former ones to take another (augmenting
paths, as in bipartite matching), and a draw is refused only when there is none at all.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from quizapp.attempts.order import sort_by_chance
from quizapp.errors import InvalidError, Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawable:
    """A question as far as a draw looks at it; `difficulty` is 0 (easy) to 1."""

    key: str
    tags: frozenset[str]
    difficulty: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """So many questions with a tag (None: any) and a difficulty within both bounds."""

    tag: str | None = None
    easiest: float = 0.0
    hardest: float = 1.0
    count: int


def draw(questions: Sequence[Drawable], wanted: Sequence[Wanted], seed: str) -> tuple[str, ...]:
    """Return the keys drawn, wish by wish; the same seed draws the same.

    Raises:
        InvalidError: there are too few; a problem for each wish that alone cannot be met.
    """
    fitting = [_list_fitting(questions, wish, f"{seed}:{n}") for n, wish in enumerate(wanted)]
    _refuse_short(wanted, fitting)
    places = [fits for fits, wish in zip(fitting, wanted, strict=True) for _ in range(wish.count)]
    taken: dict[str, int] = {}
    for place in range(len(places)):
        if not _take(place, places, taken):
            raise InvalidError(
                f"the questions wanted overlap: of {len(places)} only {len(taken)} can be drawn"
                " without asking one twice; want fewer, or widen a tag or a difficulty"
            )
    return _list_drawn(taken)


def _list_fitting(questions: Sequence[Drawable], wish: Wanted, seed: str) -> tuple[str, ...]:
    fitting = {
        each.key
        for each in questions
        if (wish.tag is None or wish.tag in each.tags)
        and wish.easiest <= each.difficulty <= wish.hardest
    }
    return sort_by_chance(fitting, seed)


def _refuse_short(wanted: Sequence[Wanted], fitting: Sequence[tuple[str, ...]]) -> None:
    problems = tuple(
        Problem(line=number, text=_describe_short(wish, len(fits)))
        for number, (wish, fits) in enumerate(zip(wanted, fitting, strict=True), 1)
        if len(fits) < wish.count
    )
    if problems:
        raise InvalidError("; ".join(problem.text for problem in problems), problems)


def _describe_short(wish: Wanted, found: int) -> str:
    tagged = "" if wish.tag is None else f" with the tag {wish.tag!r}"
    return (
        f"{wish.count} questions{tagged} of difficulty {wish.easiest:g} to {wish.hardest:g} are"
        f" wanted, but there are {found}; want fewer, or widen the tag or the difficulty"
    )


def _take(place: int, places: Sequence[tuple[str, ...]], taken: dict[str, int]) -> bool:
    """Give the place a question that is free, if need be by moving others to another of theirs.

    Walks breadth first, so that no depth of calls grows with the number of questions.
    """
    reached: dict[str, int] = {}  # by which place each question was reached
    waiting = [place]
    for current in waiting:
        for key in places[current]:
            if key in reached:
                continue
            reached[key] = current
            if key not in taken:
                _move(key, place, reached, taken)
                return True
            waiting.append(taken[key])
    return False


def _move(key: str, place: int, reached: Mapping[str, int], taken: dict[str, int]) -> None:
    """Hand each question on the way to the place that reached it, from the free one back."""
    held = {owner: each for each, owner in taken.items()}
    while True:
        owner = reached[key]
        taken[key] = owner
        if owner == place:
            return
        key = held[owner]


def _list_drawn(taken: Mapping[str, int]) -> tuple[str, ...]:
    return tuple(key for key, _ in sorted(taken.items(), key=lambda item: item[1]))
