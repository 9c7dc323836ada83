"""The pages of a class's memory: what they say, to whom, how heavy they are, and the files."""

import csv
import json
from datetime import timedelta
from io import BytesIO, StringIO

import pytest
from openpyxl import load_workbook
from sqlalchemy import insert

from quizapp.services.reporting.memories_files import COLUMNS
from quizapp.storage.courses import enrol, teach
from quizapp.storage.engine import Database
from quizapp.storage.ids import CourseId
from quizapp.storage.publishing import publish
from quizapp.storage.reports import find_taught_course
from quizapp.storage.tables import AccountRow, MemoryRow
from tests.factories.people import MORNING
from tests.factories.questions import make_version
from tests.support.client import Page, words_of
from tests.web.class_states import PARTS
from tests.web.conftest import FACTS, Site
from tests.web.progress_states import live_half_a_year

HEAVIEST = 100_000
LEARNERS, MANY_FACTS = 200, 300
BUTTON = "Make a five-minute warm-up"


@pytest.fixture
def course(site: Site) -> str:
    """The address of a course in which Bob learned for half a year."""
    live_half_a_year(site)
    return f"/courses/{site.things.course_id}"


def find_chart_table(page: Page, heading: str) -> list[list[str]]:
    """The rows of the table that names itself by this heading."""
    table = next(
        each
        for each in page.tree.iter("table")
        if each.attrib.get("aria-labelledby") == f"{heading}-heading"
    )
    return [[words_of(cell) for cell in row] for row in table.iter("tr")]


def test_every_chart_has_its_figures_in_a_table(site: Site, course: str) -> None:
    page = site.open("tess").get(f"{course}/report")
    assert len(find_chart_table(page, "recall")) == 1 + 31
    assert len(find_chart_table(page, "workload")) == 1 + 30
    assert len(find_chart_table(page, "activity")) == 1 + 26
    bins = find_chart_table(page, "reliability")
    assert len(bins) == 1 + 10
    answered, first = 17 * FACTS, FACTS
    assert sum(int(row[1]) for row in bins[1:]) == answered - first


def test_figures_say_on_how_many_they_rest(site: Site, course: str) -> None:
    before = site.open("theo")  # who teaches nothing here
    assert before.get(f"{course}/report").status == 404
    words = site.open("tess").get(f"{course}/report").words
    assert "(n = 2 students)" in words
    assert "First answers in assignments" in words
    assert "cannot tell yet (n = 0)" in words


def test_a_class_that_has_hardly_begun_is_told_that_nothing_can_be_told(site: Site) -> None:
    page = site.open("tess").get(f"/courses/{site.things.course_id}/report")
    assert "Cannot tell yet (n = 0)" in page.words
    assert "not yet cannot tell yet (n =" in page.words


def test_only_who_may_change_the_course_has_the_button(site: Site, course: str) -> None:
    assert BUTTON in site.open("tess").get(f"{course}/report").words
    kim = site.open("kim").get(f"{course}/report")
    assert "Forgotten next" in kim.words
    assert BUTTON not in kim.words


def test_the_button_leads_to_the_warm_up_and_learners_see_it(site: Site, course: str) -> None:
    tess = site.open("tess")
    page = tess.follow(tess.post_form(f"{course}/warm-up", tess.get(f"{course}/report")))
    assert "The warm-up is published: 8 questions, open now, due by the end of" in page.words
    assert "Warm-up, 2 March 2026" in page.words
    assert "Warm-up, 2 March 2026" in site.open("bob").get("/").words
    again = tess.follow(tess.post_form(f"{course}/warm-up", tess.get(f"{course}/report")))
    assert again.path == page.path
    assert "is made already" in again.words


def test_where_no_warm_up_can_be_made_one_is_told_why(site: Site) -> None:
    tess, course = site.open("tess"), f"/courses/{site.things.course_id}"
    sent = tess.post(f"{course}/warm-up", {"csrf_token": tess.read_token()})
    page = tess.follow(sent)
    assert page.path == f"{course}/report"
    # What Alice answered wrongly is in the assignment that goes on.
    assert "Every question about these facts is in an assignment" in page.words


def test_the_files_agree_with_each_other(site: Site, course: str) -> None:
    tess = site.open("tess")
    table, sheet, document = (
        tess.get(f"{course}/report/facts.{ending}") for ending in ("csv", "xlsx", "json")
    )
    rows = list(csv.reader(StringIO(table.body.decode("utf-8-sig"))))
    book = list(load_workbook(BytesIO(sheet.body))["Facts"].iter_rows(values_only=True))
    facts = json.loads(document.body)["facts"]
    assert tuple(rows[0]) == book[0] == COLUMNS
    assert len(rows) == len(book) == len(facts) + 1 == FACTS + 1
    place = COLUMNS.index("known_at_exam")
    for row, line, fact in zip(rows[1:], book[1:], facts, strict=True):
        assert float(row[place]) == fact["exam"]["share"]
        # A workbook holds fifteen digits.
        assert isinstance(line[place], float)
        assert line[place] == pytest.approx(fact["exam"]["share"], rel=1e-14)


@pytest.fixture
def large(site: Site) -> str:
    """The address of the course with 200 students more and 300 facts more, all of them met."""
    with site.database.writing() as session:
        version = publish(
            session,
            make_version(MANY_FACTS, key="large"),
            owner_id=site.things.people["tess"].id,
            now=MORNING,
        )
        teach(session, course_id=site.things.course_id, version_id=version)
        session.commit()
    fill(site.database, site.things.course_id, site)
    return f"/courses/{site.things.course_id}"


def fill(database: Database, course_id: CourseId, site: Site) -> None:
    today = MORNING.toordinal()
    with database.writing() as session:
        course = find_taught_course(session, site.things.people["tess"].id, course_id)
        assert course is not None
        rows = [
            {
                "email": f"s{number}@example.org",
                "name": f"Student with a name {number}",
                "role": "learner",
                "timezone": "UTC",
                "created_at": MORNING,
            }
            for number in range(LEARNERS)
        ]
        learners = session.scalars(insert(AccountRow).returning(AccountRow.id), rows).all()
        for learner in learners:
            enrol(session, course_id=course_id, account_id=learner, role="learner", now=MORNING)
        memories = [
            {
                "learner_id": learner,
                "fact_id": fact.id,
                "stability": 1.0 + (learner * 7 + place) % 60,
                "difficulty": 5.0,
                "phase": "review",
                "step": 0,
                "due_day": today + (learner + place) % 30 - 10,
                "due_at": None,
                "last_day": today - place % 20,
                "last_at": MORNING - timedelta(days=place % 20),
                "reps": 3,
                "lapses": 0,
                "shuffle": 0,
                "question_id": 1,
            }
            for learner in learners
            for place, fact in enumerate(course.facts)
        ]
        session.execute(insert(MemoryRow), memories)
        session.commit()


@pytest.mark.slow
def test_no_page_of_a_large_class_is_heavy(site: Site, large: str) -> None:
    tess = site.open("tess")
    for part in PARTS:
        page = tess.get(f"{large}/{part}")
        assert page.status == 200
        assert 10_000 < len(page.body) < HEAVIEST, part
