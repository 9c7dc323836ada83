"""Measured on articles whose facts were written down before any rule had read them."""

from dataclasses import replace

import pytest

from tests.unit.extraction.goldfile import Held, agree, describe, hold

ARTICLES = ("battle", "biography", "concept")
LEAST_PRECISION = 0.9


@pytest.fixture(scope="module", params=ARTICLES)
def held(request: pytest.FixtureRequest) -> Held:
    """An article and its proposals."""
    return hold(request.param)


def test_what_is_proposed_without_review_is_nearly_always_right() -> None:
    found = [hold(name) for name in ARTICLES]
    count = sum(len(one.unreviewed) for one in found)
    wrong = [words for one in found for words in one.wrong]
    gold = sum(len(one.gold) for one in found)
    missed = sum(len(one.missed) for one in found)
    # Recall is told and not demanded: what rules miss, a person marks.
    print(f"unreviewed {count}, wrong {len(wrong)}; recall {1 - missed / gold:.2f}")  # noqa: T201
    assert count >= 25
    assert len(wrong) <= (1 - LEAST_PRECISION) * count, wrong


def test_no_proposal_lost_a_hedge_a_negation_or_a_claimant(held: Held) -> None:
    """Reviewed or not, each says what a gold fact says, whatever its subject is taken to be."""
    for one in held.extraction.proposals:
        same = [agree(replace(one, subject=fact["s"]), fact) for fact in held.gold]
        assert any(same), describe(one)


def test_every_quote_is_a_slice_of_the_article(held: Held) -> None:
    text = held.extraction.document.text
    for one in held.extraction.proposals:
        start = one.sentence.offset
        assert text[start : start + len(one.quote)] == one.quote
