"""Scores: of an attempt, of the attempts that count, of a course."""

from random import Random

import pytest

from quizapp.attempts.rules import Counting
from quizapp.attempts.scores import (
    CoursePart,
    MarkedQuestion,
    Result,
    Score,
    count_results,
    score_attempt,
    total_course,
)
from quizapp.attempts.states import Attempt
from tests.unit.attempts.making import DAY, HOUR, NOON, submitted

RIGHT, WRONG, BLANK = (MarkedQuestion(fraction=each) for each in (1.0, 0.0, None))


def result(share: float, day: int = 0, *, credit: float = 1.0) -> Result:
    attempt = submitted(NOON + day * DAY)
    return Result(attempt=attempt, score=Score(points=share, maximum=1.0, credit=credit))


def sitting(share: float, day: int) -> Result:
    attempt = Attempt(started_at=NOON + day * DAY)
    return Result(attempt=attempt, score=Score(points=share, maximum=1.0))


def test_an_unanswered_question_earns_nothing_of_its_maximum() -> None:
    score = score_attempt([RIGHT, WRONG, BLANK, MarkedQuestion(fraction=0.5, maximum=5)])
    assert (score.points, score.maximum, score.share) == (3.5, 8.0, 0.4375)


@pytest.mark.parametrize("fraction", [None, 0.0, 1.0])
def test_a_dropped_question_counts_neither_way(fraction: float | None) -> None:
    dropped = MarkedQuestion(fraction=fraction, maximum=7, dropped=True)
    assert score_attempt([RIGHT, WRONG, dropped]) == score_attempt([RIGHT, WRONG])


@pytest.mark.parametrize("questions", [[], [MarkedQuestion(fraction=1, dropped=True)]])
def test_where_nothing_could_be_earned_there_is_no_share(questions: list[MarkedQuestion]) -> None:
    assert score_attempt(questions).share is None


@pytest.mark.parametrize(("credit", "share"), [(1.1, 0.55), (1.0, 0.5), (0.8, 0.4), (0.0, 0.0)])
def test_credit_multiplies_the_share_and_leaves_the_points(credit: float, share: float) -> None:
    score = score_attempt([RIGHT, WRONG], credit)
    assert score.share == pytest.approx(share)
    assert score.points == 1.0


def test_credit_is_whole_unless_said_otherwise() -> None:
    assert Score(points=1.0, maximum=2.0).share == 0.5


def test_early_work_may_exceed_the_maximum() -> None:
    assert score_attempt([RIGHT], 1.1).share == pytest.approx(1.1)


def test_the_order_of_questions_changes_no_bit_of_the_score() -> None:
    rng = Random(4)
    questions = [
        MarkedQuestion(fraction=rng.random(), maximum=rng.choice([0.1, 1, 1e6])) for _ in range(60)
    ]
    scores = set()
    for _ in range(30):
        rng.shuffle(questions)
        scores.add(score_attempt(questions).share)
    assert len(scores) == 1


def test_thirds_of_all_right_answers_make_a_whole() -> None:
    assert score_attempt([MarkedQuestion(fraction=1, maximum=1 / 3)] * 3).share == 1.0


@pytest.mark.parametrize(
    ("counts", "share"), [("first", 0.5), ("last", 0.25), ("highest", 0.75), ("average", 0.5)]
)
def test_the_attempt_that_counts_is_the_one_the_rules_name(counts: Counting, share: float) -> None:
    in_order = [result(0.5, 1), result(0.75, 2), result(0.25, 3)]
    assert count_results(in_order, counts) == share
    assert count_results(in_order[::-1], counts) == share
    unfinished = [sitting(1.0, 0), *in_order, sitting(1.0, 4)]
    assert count_results(unfinished, counts) == share


@pytest.mark.parametrize("counts", ["first", "last", "highest", "average"])
def test_without_a_submitted_attempt_nothing_stands(counts: Counting) -> None:
    assert count_results([], counts) is None
    assert count_results([sitting(1.0, 0)], counts) is None


def test_the_highest_is_that_after_credit() -> None:
    assert count_results([result(0.9, 1), result(1.0, 2, credit=0.8)], "highest") == 0.9


def test_an_attempt_in_which_nothing_could_be_earned_is_left_out() -> None:
    empty = Result(
        attempt=Attempt(started_at=NOON, submitted_at=NOON + HOUR), score=score_attempt([])
    )
    assert count_results([empty, result(0.5, 2)], "average") == 0.5
    assert count_results([empty], "first") is None


@pytest.mark.parametrize(
    ("parts", "total"),
    [
        ([], None),
        ([CoursePart(share=0.5)], 0.5),
        ([CoursePart(share=1.0, weight=3), CoursePart(share=0.5, weight=1)], 0.875),
        ([CoursePart(share=1.0), CoursePart(share=0.5, weight=1)], 0.75),
        ([CoursePart(share=1.0), CoursePart(share=None)], 1.0),
        ([CoursePart(share=1.0), CoursePart(share=None, over=True)], 0.5),
        ([CoursePart(share=None)], None),
        ([CoursePart(share=None, over=True)], 0.0),
        ([CoursePart(share=1.0, weight=0)], None),
        ([CoursePart(share=1.1), CoursePart(share=1.0)], 1.05),
    ],
)
def test_a_course_total_weighs_what_has_a_score_or_is_over(
    parts: list[CoursePart], total: float | None
) -> None:
    assert total_course(parts) == (None if total is None else pytest.approx(total))
