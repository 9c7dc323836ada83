"""Draws by tag and difficulty: what was wanted, nothing twice, the same again, or a refusal."""

from collections import Counter
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizapp.attempts.drawing import Drawable, Wanted, draw
from quizapp.errors import InvalidError


def pool(**tagged: str) -> list[Drawable]:
    """Return questions by key, each with its tags as letters; all of difficulty 0.5."""
    return [Drawable(key=key, tags=frozenset(tags), difficulty=0.5) for key, tags in tagged.items()]


GRADED = [
    Drawable(
        key=f"q{number}",
        tags=frozenset({"even" if number % 2 == 0 else "odd"}),
        difficulty=number / 10,
    )
    for number in range(11)
]
TAG = {each.key: each.tags for each in GRADED}
DIFFICULTY = {each.key: each.difficulty for each in GRADED}


def test_a_draw_keeps_to_tag_and_difficulty_with_both_bounds_in() -> None:
    wanted = Wanted(tag="even", easiest=0.2, hardest=0.6, count=3)
    assert sorted(draw(GRADED, [wanted], "s")) == ["q2", "q4", "q6"]


def test_without_a_tag_any_question_fits() -> None:
    assert sorted(draw(GRADED, [Wanted(count=11)], "s")) == sorted(TAG)


def test_the_same_seed_draws_the_same_whatever_the_order_of_questions() -> None:
    wanted = [Wanted(count=3), Wanted(tag="odd", count=2)]
    for seed in map(str, range(50)):
        drawn = draw(GRADED, wanted, seed)
        assert draw(GRADED[::-1], wanted, seed) == drawn
        assert len(set(drawn)) == 5


def test_the_draw_is_that_which_was_once_given_out() -> None:
    # Attempts in progress outlive an upgrade, so this must never change.
    drawn = draw(GRADED, [Wanted(count=3), Wanted(tag="odd", count=2)], "s")
    assert drawn == ("q10", "q3", "q0", "q9", "q5")


def test_every_question_is_drawn_about_as_often() -> None:
    drawn = Counter(
        key for seed in range(1100) for key in draw(GRADED, [Wanted(count=3)], str(seed))
    )
    assert set(drawn) == set(TAG)
    assert all(230 < times < 370 for times in drawn.values())


def test_what_is_drawn_comes_in_the_order_of_the_wishes() -> None:
    wanted = [Wanted(tag="odd", count=2), Wanted(tag="even", count=3)]
    tags = [TAG[key] for key in draw(GRADED, wanted, "s")]
    assert tags == [frozenset({"odd"})] * 2 + [frozenset({"even"})] * 3


@pytest.mark.parametrize("seed", [str(number) for number in range(30)])
def test_a_wish_leaves_to_the_next_what_only_that_can_use(seed: str) -> None:
    # The first wish may take any, but only one question is left for each that follows.
    questions = pool(one="", two="a", three="ab")
    drawn = draw(
        questions, [Wanted(count=1), Wanted(tag="a", count=1), Wanted(tag="b", count=1)], seed
    )
    assert drawn == ("one", "two", "three")


@pytest.mark.parametrize(
    ("wanted", "told"),
    [
        (Wanted(tag="odd", count=6), "6 questions with the tag 'odd' of difficulty 0 to 1"),
        (Wanted(tag="date", count=1), "but there are 0"),
        (Wanted(easiest=0.75, hardest=1, count=4), "4 questions of difficulty 0.75 to 1"),
    ],
)
def test_too_few_questions_are_refused_with_what_is_missing(wanted: Wanted, told: str) -> None:
    with pytest.raises(InvalidError) as refused:
        draw(GRADED, [Wanted(count=1), wanted], "s")
    assert told in str(refused.value)
    assert "want fewer" in str(refused.value)
    (problem,) = refused.value.problems
    assert problem.line == 2


def test_wishes_that_only_together_want_too_many_are_refused() -> None:
    with pytest.raises(InvalidError, match="of 3 only 2 can be drawn without asking one twice"):
        draw(pool(one="a", two="ab"), [Wanted(tag="a", count=2), Wanted(tag="b", count=1)], "s")


@settings(max_examples=200, deadline=None)
@given(
    tags=st.lists(st.text("abc", max_size=2), max_size=6),
    wanted=st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 3)), max_size=3),
    seed=st.text(max_size=3),
)
def test_a_draw_is_refused_only_when_there_is_none(
    tags: list[str], wanted: list[tuple[str, int]], seed: str
) -> None:
    questions = [
        Drawable(key=str(number), tags=frozenset(each), difficulty=0.5)
        for number, each in enumerate(tags)
    ]
    wishes = [Wanted(tag=tag, count=count) for tag, count in wanted]
    try:
        drawn = draw(questions, wishes, seed)
    except InvalidError:
        assert not is_possible(questions, wishes)
        return
    assert len(set(drawn)) == len(drawn)
    slots = [tag for tag, count in wanted for _ in range(count)]
    has = {each.key: each.tags for each in questions}
    assert all(tag in has[key] for tag, key in zip(slots, drawn, strict=True))


def is_possible(questions: list[Drawable], wishes: list[Wanted]) -> bool:
    """Hall's condition: every group of wishes has at least as many questions as it wants."""
    for size in range(1, len(wishes) + 1):
        for group in combinations(wishes, size):
            fitting = [each for each in questions if any(wish.tag in each.tags for wish in group)]
            if len(fitting) < sum(wish.count for wish in group):
                return False
    return True
