"""How a person studies: stored, read with who is signed in, refused where it cannot be."""

from dataclasses import replace

import pytest

from quizapp.errors import InvalidError
from quizapp.memory import DEFAULT_PARAMETERS
from quizapp.memory.fsrs6 import find_days
from quizapp.services.accounts.changing import MOST_PER_DAY, change_settings
from quizapp.services.reviewing.limits import limit_today
from quizapp.storage.accounts import add_sign_in, find_credentials, find_sign_in
from quizapp.storage.engine import Database
from quizapp.storage.limits import DayLimits
from tests.factories.people import MORNING, build_world
from tests.support.statements import counting

CHANGES: dict[str, object] = {
    "timezone": "Asia/Kolkata",
    "rollover_hour": 0,
    "new_per_day": 0,
    "reviews_per_day": MOST_PER_DAY,
    "retention": 0.85,
    "easy_days": "nnnnnfl",
    "two_buttons": True,
    "single_keys": False,
    "theme": "dark",
}
IMPOSSIBLE: list[tuple[str, object]] = [
    ("timezone", "Mars/Olympus"),
    ("timezone", ""),
    ("rollover_hour", 24),
    ("rollover_hour", -1),
    ("new_per_day", -1),
    ("reviews_per_day", MOST_PER_DAY + 1),
    ("retention", 0.79),
    ("retention", 0.96),
    ("easy_days", "nnnnnn"),
    ("easy_days", "nnnnnnx"),
    ("theme", "sepia"),
]


def test_settings_are_stored_and_read_with_who_is_signed_in(database: Database) -> None:
    world = build_world(database)
    wanted = replace(world.alice, **CHANGES)  # type: ignore[arg-type] # names of settings
    with database.writing() as session:
        change_settings(session, replace(wanted, role="admin", name="Eve", email="e@example.org"))
        add_sign_in(session, token_hash="t", account_id=world.alice.id, now=MORNING)
        session.commit()
    with counting(database) as statements, database.reading() as session:
        found = find_sign_in(session, "t")
    assert found is not None
    assert found.account == wanted
    assert len(statements) == 1
    with database.reading() as session:
        bob = find_credentials(session, world.bob.email)
    assert bob is not None
    assert bob.account == world.bob


@pytest.mark.parametrize(("name", "value"), IMPOSSIBLE)
def test_settings_that_cannot_be_are_refused(
    sqlite_database: Database, name: str, value: object
) -> None:
    world = build_world(sqlite_database)
    wanted = replace(world.alice, **{name: value})  # type: ignore[arg-type] # names of settings
    with sqlite_database.writing() as session, pytest.raises(InvalidError):
        change_settings(session, wanted)


@pytest.mark.parametrize("limits", [(-1, 5), (5, MOST_PER_DAY + 1)])
def test_limits_of_today_that_cannot_be_are_refused(
    sqlite_database: Database, limits: tuple[int, int]
) -> None:
    world = build_world(sqlite_database)
    wanted = DayLimits(new_per_day=limits[0], reviews_per_day=limits[1])
    with sqlite_database.writing() as session, pytest.raises(InvalidError):
        limit_today(session, world.alice, wanted, MORNING)


def test_what_the_page_says_a_target_costs_is_so() -> None:
    weights = DEFAULT_PARAMETERS.weights
    usual, high, low = (find_days(10.0, target, weights) for target in (0.90, 0.95, 0.80))
    assert high / usual == pytest.approx(2 / 5, abs=0.02)
    assert 3 < low / usual < 3.5
