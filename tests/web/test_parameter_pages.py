"""What the page of a course's parameters says, and what its buttons lead to."""

import pytest

from quizapp.memory.fit_figures import Outcome
from tests.web.conftest import Site
from tests.web.course_states import send_as_tess, visit_course
from tests.web.parameter_states import PARAMETERS, visit_after


@pytest.mark.parametrize(
    ("outcome", "words"),
    [
        (
            "better",
            "by \u22120.0171 in log loss (95% interval \u22120.0261 to \u22120.0091, by resam",
        ),
        ("tie", "The difference on the answers held out is within chance: by +0.0012"),
        ("worse", "The fitted ones foretold the answers held out worse, by +0.0213"),
        ("few", "203 answers to learn from and 51 to test on; 2,000 and 200 are needed"),
        ("failed", "Fitting broke off"),
    ],
)
def test_the_decision_is_told_in_words(site: Site, outcome: Outcome, words: str) -> None:
    page = visit_after(outcome, why="Fitting broke off")(site)
    assert words in page.words


def test_the_figures_stand_in_a_table(site: Site) -> None:
    page = visit_course("tess", PARAMETERS)(site)
    for figure in ("0.4327", "0.4156", "0.1329", "0.1302", "0.81", "0.97", "5,812 answers"):
        assert figure in page.words
    assert "In use then" not in page.words


def test_parameters_are_used_and_withdrawn(site: Site) -> None:
    assert "In use: standard" in visit_course("tess", PARAMETERS)(site).words
    used = send_as_tess(f"{PARAMETERS}/{site.things.fit_id}/use", PARAMETERS)(site)
    assert "In use: fitted to this class, since 2 March 2026" in used.words
    withdrawn = send_as_tess(f"{PARAMETERS}/{site.things.fit_id}/withdraw", PARAMETERS)(site)
    assert "In use: standard" in withdrawn.words
    assert "Withdrawn 2 March 2026" in withdrawn.words


def test_a_fitting_is_asked_for_and_cancelled(site: Site) -> None:
    asked = send_as_tess(PARAMETERS, PARAMETERS)(site)
    assert "A fitting is under way. It waits for its turn." in asked.words
    address = f"{PARAMETERS}/{site.things.own_fit_id + 1}/cancel"
    assert "Cancelled" in send_as_tess(address, PARAMETERS)(site).words


def test_an_assistant_looks_without_buttons(site: Site) -> None:
    page = visit_course("kim", PARAMETERS)(site)
    assert "Use them" not in page.words
    assert "An instructor of the course can fit them." in page.words
