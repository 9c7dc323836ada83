from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from random import Random
from statistics import fmean, pstdev

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizapp.memory import Ease, choose_interval
from quizapp.memory.fuzz import find_range, spread
from tests.factories.reviews import FIRST_DAY

LONGEST = 36500
PLAIN_WEEK: tuple[Ease, ...] = ("normal",) * 7
EASY_WEEKEND: tuple[Ease, ...] = (*PLAIN_WEEK[:5], "fewer", "few")
Choose = Callable[[int, int, Counter[int], str], int]


def list_choices(interval: int) -> range:
    shortest, longest = find_range(interval, LONGEST)
    return range(shortest, longest + 1)


def balance(week: Sequence[Ease]) -> Choose:
    def choose(interval: int, today: int, loads: Counter[int], seed: str) -> int:
        return choose_interval(
            list_choices(interval), today=today, loads=loads, week=week, seed=seed
        )

    return choose


def leave_to_chance(interval: int, _today: int, _loads: Counter[int], seed: str) -> int:
    return spread(interval, maximum=LONGEST, seed=seed, number=1)


def fill_days(choose: Choose) -> tuple[dict[int, int], float]:
    """Return the reviews of each day once all is settled, and how much intervals were changed."""
    loads, rng, changes = Counter[int](), Random(1), []
    for today in range(FIRST_DAY, FIRST_DAY + 180):
        for number in range(15):
            interval = rng.randint(3, 40)
            chosen = choose(interval, today, loads, f"{today}:{number}")
            loads[today + chosen] += 1
            changes.append(chosen / interval)
    return {day: loads[day] for day in range(FIRST_DAY + 60, FIRST_DAY + 180)}, fmean(changes)


def test_days_become_alike() -> None:
    by_chance, _ = fill_days(leave_to_chance)
    balanced, _ = fill_days(balance(PLAIN_WEEK))
    assert pstdev(balanced.values()) < 0.6 * pstdev(by_chance.values())


def test_intervals_stay_as_long_on_average() -> None:
    _, change = fill_days(balance(PLAIN_WEEK))
    assert change == pytest.approx(1, abs=0.05)


def test_easy_days_get_about_their_share() -> None:
    loads, _ = fill_days(balance(EASY_WEEKEND))
    weekdays: dict[int, list[int]] = {number: [] for number in range(7)}
    for day, load in loads.items():
        weekdays[date.fromordinal(day).weekday()].append(load)
    means = [fmean(each) for each in weekdays.values()]
    normal = fmean(means[:5])
    assert 0.4 * normal < means[5] < 0.75 * normal
    assert means[6] < 0.3 * normal
    assert min(means[:5]) > 0.85 * max(means[:5])


@settings(max_examples=100, deadline=None)
@given(
    interval=st.integers(1, 400),
    loads=st.dictionaries(st.integers(FIRST_DAY, FIRST_DAY + 420), st.integers(0, 500)),
    week=st.lists(st.sampled_from(("normal", "fewer", "few")), min_size=7, max_size=7),
    seed=st.text(max_size=5),
)
def test_the_choice_is_one_of_the_range_and_always_the_same(
    interval: int, loads: dict[int, int], week: list[Ease], seed: str
) -> None:
    choices = list_choices(interval)
    chosen = [
        choose_interval(choices, today=FIRST_DAY, loads=loads, week=week, seed=seed)
        for _ in range(2)
    ]
    assert chosen[0] == chosen[1]
    assert chosen[0] in choices
    if interval < 2.5:
        assert chosen[0] == interval


def test_chance_has_a_say() -> None:
    drawn = {
        choose_interval(range(8, 13), today=FIRST_DAY, loads={}, week=PLAIN_WEEK, seed=f"{number}")
        for number in range(200)
    }
    assert drawn == set(range(8, 13))


@pytest.mark.parametrize(("choices", "week"), [(range(0), PLAIN_WEEK), (range(3), ("few",) * 6)])
def test_no_choices_and_short_weeks_are_refused(choices: range, week: tuple[Ease, ...]) -> None:
    with pytest.raises(ValueError, match="cannot choose"):
        choose_interval(choices, today=FIRST_DAY, loads={}, week=week, seed="s")
