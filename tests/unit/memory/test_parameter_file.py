import json
from datetime import timedelta

import pytest

from quizapp.errors import InvalidError, Problem
from quizapp.memory import DEFAULT_PARAMETERS, Parameters, read_parameters

WEIGHTS = list(DEFAULT_PARAMETERS.weights)


def find_problems(text: str) -> tuple[Problem, ...]:
    with pytest.raises(InvalidError) as caught:
        read_parameters(text)
    return caught.value.problems


def test_a_full_file_sets_everything() -> None:
    weights = [*WEIGHTS[:20], 0.2]
    text = json.dumps(
        {
            "version": "class 7",
            "weights": weights,
            "retention": 0.85,
            "learning_steps": [2, 15.5],
            "relearning_steps": [],
            "maximum_interval": 365,
            "fuzz": False,
        }
    )
    assert read_parameters(text) == Parameters(
        version="class 7",
        weights=tuple(weights),
        retention=0.85,
        learning_steps=(timedelta(minutes=2), timedelta(minutes=15, seconds=30)),
        relearning_steps=(),
        maximum_interval=365,
        fuzz=False,
    )


def test_what_is_left_out_is_as_in_the_product_but_for_the_name() -> None:
    assert read_parameters("{}") == Parameters(version="file")
    assert DEFAULT_PARAMETERS.version != "file"


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("version", 7),
        ("version", ""),
        ("weights", WEIGHTS[:19]),
        ("weights", [*WEIGHTS[:20], 3.0]),
        ("weights", [*WEIGHTS[:20], "x"]),
        ("weights", 0.3),
        ("retention", 1),
        ("retention", True),
        ("retention", float("nan")),
        ("learning_steps", [0]),
        ("learning_steps", [True]),
        ("learning_steps", 10),
        ("relearning_steps", [10**400]),
        ("maximum_interval", 0),
        ("maximum_interval", 1.5),
        ("maximum_interval", True),
        ("fuzz", 1),
        ("retentoin", 0.9),
    ],
)
def test_a_value_that_does_not_serve_is_named_with_line_and_remedy(key: str, value: object) -> None:
    (problem,) = find_problems(f'{{\n"{key}": {json.dumps(value)}}}')
    assert problem.line == 2
    assert problem.text.startswith(f"{key} ")
    assert "; " in problem.text


def test_every_problem_of_a_file_is_named() -> None:
    problems = find_problems('{"fuzz": 1,\n"retention": 2}')
    assert sorted(problem.line for problem in problems) == [1, 2]


@pytest.mark.parametrize(("text", "line"), [('{\n"fuzz": maybe}', 2), ("[1]", 1), ("", 1)])
def test_a_file_that_holds_no_object_is_refused(text: str, line: int) -> None:
    (problem,) = find_problems(text)
    assert problem.line == line


def test_weights_out_of_bounds_are_refused_in_code_too() -> None:
    with pytest.raises(ValueError, match="out of bounds"):
        Parameters(version="bad", weights=(*DEFAULT_PARAMETERS.weights[:20], 3.0))
