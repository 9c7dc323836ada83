"""The site whose only assignment asks one question of each kind, and Alice who sits it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from quizapp.attempts.rules import AssignmentRules
from tests.factories.assignments import RULES
from tests.support.apps import Apps
from tests.support.client import Client
from tests.web.attempt_sites import ExamSite, run_exam_site


@pytest.fixture
def site(request: pytest.FixtureRequest, apps: Apps, sqlite_template: Path) -> Iterator[ExamSite]:
    """The site with the exam; a test may name other rules for it."""
    rules: AssignmentRules = getattr(request, "param", RULES)
    with run_exam_site(apps, sqlite_template, rules=rules) as running:
        yield running


@pytest.fixture
def alice(site: ExamSite) -> Client:
    """Alice's browser, signed in."""
    return site.open()


@pytest.fixture
def attempt(site: ExamSite, alice: Client) -> str:
    """The address of an attempt that Alice has begun."""
    return site.begin(alice)
