"""A learner's retention as part of the parameters' version."""

from dataclasses import replace

import pytest

from quizapp.errors import NotFoundError
from quizapp.memory import (
    DEFAULT_PARAMETERS,
    REGISTRY,
    RETENTIONS,
    Grade,
    advance,
    get_parameters,
    name_version,
)
from tests.factories.reviews import make_review


def test_retentions_go_from_70_to_97_percent_by_one() -> None:
    assert [round(100 * each, 9) for each in RETENTIONS] == list(range(70, 98))


@pytest.mark.parametrize("retention", RETENTIONS)
def test_a_version_is_the_default_one_but_for_its_name_and_its_retention(retention: float) -> None:
    name = name_version(retention)
    parameters = get_parameters(name)
    assert parameters == replace(DEFAULT_PARAMETERS, version=name, retention=retention)
    assert get_parameters(name) is parameters


def test_the_names_say_the_retention_and_fit_their_column() -> None:
    assert name_version(0.9) == DEFAULT_PARAMETERS.version == "fsrs6-1"
    assert name_version(0.7) == "fsrs6-1@0.70"
    assert name_version(0.8 + 0.05) == "fsrs6-1@0.85"
    assert max(len(name) for name in REGISTRY) <= 20


@pytest.mark.parametrize("retention", [0.69, 0.98, 0.855, 0.0, 1.0, float("nan")])
def test_there_is_no_version_of_another_retention(retention: float) -> None:
    with pytest.raises(ValueError, match=r"use 0\.7 to 0\.97"):
        name_version(retention)


@pytest.mark.parametrize(
    "name",
    [
        "fsrs6-1@0.69",
        "fsrs6-1@0.98",
        "fsrs6-1@0.90",  # that is fsrs6-1
        "fsrs6-1@0.8",
        "fsrs6-1@.85",
        "fsrs6-1@0.850",
        "fsrs6-1@0,85",
        "fsrs6-1@",
        "fsrs6-1 @0.85",
        "fsrs6-2@0.85",
        "FSRS6-1@0.85",
        "",
    ],
)
def test_a_name_that_is_not_exact_is_refused(name: str) -> None:
    with pytest.raises(NotFoundError):
        get_parameters(name)


def test_a_lower_retention_is_due_later_and_remembers_the_same() -> None:
    memory = advance(None, make_review(0, Grade.EASY, parameters="fsrs6-1"), seed="s")
    at_90, at_80 = (
        advance(memory, make_review(9, parameters=name_version(retention)), seed="s")
        for retention in (0.9, 0.8)
    )
    assert at_80.due_day > at_90.due_day
    assert (at_80.stability, at_80.difficulty) == (at_90.stability, at_90.difficulty)
