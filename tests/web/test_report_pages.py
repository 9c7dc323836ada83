"""The pages of score reports: light however large, sorted by links, honest about what they know."""

import json
from csv import reader
from io import StringIO

import pytest

from quizapp.services.reporting.values import AssignmentReport
from quizapp.web.instructor import reports
from tests.factories.report_values import make_report
from tests.support.client import Client, Page, words_of
from tests.web.conftest import Site
from tests.web.report_states import report_address, visit_question_of

MOST_BYTES = 100_000
ATTEMPTS, QUESTIONS = 5_000, 50


@pytest.fixture(scope="module")
def large() -> AssignmentReport:
    """A report of so many attempts at so many questions that no page could hold all."""
    return make_report(ATTEMPTS, QUESTIONS, wrong_key=7)


@pytest.fixture
def tess(site: Site) -> Client:
    """Tess's browser, signed in."""
    return site.open("tess")


def show(monkeypatch: pytest.MonkeyPatch, report: AssignmentReport) -> None:
    """Let the pages show this report, whatever is stored."""
    monkeypatch.setattr(reports, "report_assignment", lambda *_: report)


def numbers_of(page: Page) -> list[int]:
    """Return the numbers of the questions in the order of the item analysis."""
    cells = (each for each in page.tree.iter("td") if each.get("data-label") == "#")
    return [int(words_of(each)) for each in cells]


def test_no_page_of_a_large_report_is_heavy(
    site: Site, tess: Client, large: AssignmentReport, monkeypatch: pytest.MonkeyPatch
) -> None:
    show(monkeypatch, large)
    address = report_address(site)
    for rest in ("", "?page=2", "?which=all&sort=separates", "/students", "/students?page=100"):
        page = tess.get(f"{address}{rest}")
        assert page.status == 200
        assert 10_000 < len(page.body) < MOST_BYTES, rest


def test_the_pages_of_a_large_report_hold_every_question_and_student_once(
    site: Site, tess: Client, large: AssignmentReport, monkeypatch: pytest.MonkeyPatch
) -> None:
    show(monkeypatch, large)
    address = report_address(site)
    both = [*numbers_of(tess.get(address)), *numbers_of(tess.get(f"{address}?page=2"))]
    assert both == list(range(1, QUESTIONS + 1))
    last = tess.get(f"{address}/students?page=100")
    assert last.text.count("/teaching/attempts/") == 50
    assert "Page 100 of 100" in last.words


def test_questions_are_sorted_by_links_and_back(
    site: Site, tess: Client, large: AssignmentReport, monkeypatch: pytest.MonkeyPatch
) -> None:
    show(monkeypatch, large)
    address = report_address(site)
    up = tess.get(f"{address}?sort=correct&order=up")
    facilities = {line.number: line.findings.facility for line in large.questions if line.findings}
    shares = [facilities[number] or 0.0 for number in numbers_of(up)]
    assert shares == sorted(shares)
    turned = next(link for link in up.links if "sort=correct" in link and "order=down" in link)
    assert numbers_of(tess.get(turned))[0] != numbers_of(up)[0]
    assert [each.get("aria-sort") for each in up.tree.iter("th") if each.get("aria-sort")] == [
        "ascending"
    ]


def test_a_wrong_key_is_named_with_its_reason_and_leads_to_its_question(
    site: Site, tess: Client, large: AssignmentReport, monkeypatch: pytest.MonkeyPatch
) -> None:
    show(monkeypatch, large)
    page = tess.get(report_address(site))
    assert "Possible wrong key" in page.words
    assert "Strong students chose" in page.words
    assert any("/report/questions/8?" in link for link in page.links)
    assert 'class="chip chip--bad"' in page.text


def test_of_few_attempts_nothing_is_coloured_and_all_is_counted(
    site: Site, tess: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    show(monkeypatch, make_report(9, 6, wrong_key=2))
    page = tess.get(report_address(site))
    assert "chip--bad" not in page.text
    assert "chip--warn" not in page.text
    assert "Cannot tell yet" in page.words
    assert "n = 9" in page.words


def test_all_attempts_are_marked_doubtful(site: Site, tess: Client) -> None:
    address = report_address(site)
    assert "Doubtful" not in tess.get(address).words
    page = tess.get(f"{address}?which=all")
    assert "Doubtful Every attempt counts" in page.words
    assert f"{address}?which=first" in page.links


def test_files_are_given_under_the_name_of_the_assignment(site: Site, tess: Client) -> None:
    address = report_address(site)
    page = tess.get(address)
    for ending, mimetype in (
        ("csv", "text/csv"),
        ("xlsx", "application/vnd.openxml"),
        ("json", "application/json"),
    ):
        link = next(link for link in page.links if f"report.{ending}" in link)
        file = tess.get(link)
        assert file.status == 200
        assert file.headers["Content-Type"].startswith(mimetype)
        assert f'.{ending}"' in file.headers["Content-Disposition"]
        assert "attachment" in file.headers["Content-Disposition"]


def test_the_files_hold_the_attempts_that_the_page_counts(site: Site, tess: Client) -> None:
    address = report_address(site)
    told = json.loads(tess.get(f"{address}.json?which=all").body)
    assert told["which"] == "all"
    rows = list(reader(StringIO(tess.get(f"{address}.csv").body.decode("utf-8-sig"))))
    assert "part" in rows[0]


def test_every_report_is_two_clicks_from_the_first_page(site: Site, tess: Client) -> None:
    first = tess.get("/sets")
    assert "/reports" in first.links
    links, course = tess.get("/reports").links, f"/courses/{site.things.course_id}"
    assert report_address(site) in links
    for rest in ("report", "report/facts", "report/students", "memories", "parameters"):
        assert f"{course}/{rest}" in links


def test_an_assistant_looks_at_a_question_but_is_led_to_no_correction(site: Site) -> None:
    page = visit_question_of("choice")(site)
    assert any(link.endswith("/key") for link in page.links)
    looked = site.open("kim").get(page.path)
    assert looked.status == 200
    assert not any(link.endswith("/key") for link in looked.links)


def test_a_question_shows_its_key_its_options_and_its_passage(site: Site) -> None:
    page = visit_question_of("choice")(site)
    assert "Correct answer" in page.words
    assert "Options by thirds" in page.words
    assert "No response" in page.words
    assert "Where this comes from" in page.words
    assert "asked in one assignment so far" in page.words


def test_all_answers_lead_to_the_attempts(site: Site) -> None:
    page = visit_question_of("cloze", "/answers")(site)
    assert "1 answer" in page.words
    attempt = next(link for link in page.links if "/teaching/attempts/" in link)
    assert site.open("tess").get(attempt.partition("#")[0]).status == 200


def test_an_odd_wish_shows_the_report_as_it_is(site: Site, tess: Client) -> None:
    address = report_address(site)
    plain = tess.get(address).words
    for query in ("which=%3Cb%3E", "sort=nothing", "order=sideways", "page=-3", "page=x"):
        assert tess.get(f"{address}?{query}").words == plain
