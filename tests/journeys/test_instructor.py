"""An instructor looks at a set, at where its facts come from, and at what the course knows."""

import pytest
from playwright.sync_api import expect

from quizapp.services.reporting.warming_up import MOST
from quizapp.web.instructor.memories_pages import FACTS_A_PAGE, LEARNERS_A_PAGE, LINES_A_PAGE
from tests.journeys.conftest import MARIA, Opener, School
from tests.journeys.reader import Reader

STUDENTS, FACTS = 31, 193


@pytest.fixture
def maria(school: School, open_reader: Opener) -> Reader:
    """The instructor, signed in, before her sets and courses."""
    maria = open_reader()
    maria.sign_in(MARIA, school.passwords[MARIA])
    maria.is_before("Sets and courses")
    return maria


def test_every_wrong_option_says_why_and_the_passage_is_one_click_away(maria: Reader) -> None:
    maria.page.get_by_role("link", name="version 1 of Armed groups").click()
    fact = maria.page.locator(".fact:has(details dl)").first
    statement = fact.locator("h2").inner_text()
    fact.locator("summary").click()
    questions = fact.locator("details li")
    expect(questions.first).to_be_visible()
    reasons = fact.locator("details dl")
    assert reasons.count() > 0
    for number in range(reasons.count()):
        options = reasons.nth(number)
        expect(options.get_by_text("Correct answer")).to_have_count(1)
        assert options.locator("dd").count() >= options.locator("dt").count() - 1
    quote = fact.locator("blockquote").inner_text().strip()
    fact.get_by_role("link").click()
    expect(maria.page.locator("article h1")).to_be_visible()
    mark = maria.marked.first
    expect(mark).to_be_in_viewport()
    assert mark.inner_text() == quote
    maria.page.go_back()
    expect(fact.locator("h2")).to_have_text(statement)


def test_a_search_narrows_the_facts(maria: Reader) -> None:
    maria.page.get_by_role("link", name="version 1 of Armed groups").click()
    maria.page.get_by_label("Search facts").fill("Koufa")
    maria.page.get_by_label("Kind of question").select_option("Flashcard")
    maria.press_button("Show")
    facts = maria.page.locator(".fact")
    assert 0 < facts.count() < 20
    for number in range(facts.count()):
        expect(facts.nth(number)).to_contain_text("Koufa")
    chips = maria.page.locator(".fact__questions .chip").filter(has_text="Multiple choice")
    expect(chips).to_have_count(0)


def test_the_report_and_the_memories_show_every_student(maria: Reader) -> None:
    maria.page.get_by_role("link", name="Report of Demo course").click()
    maria.is_before("Memory of the class")
    assert maria.figure("Active students") == f"30 of {STUDENTS}"
    expect(maria.page.get_by_role("button", name="Print")).to_be_visible()
    maria.page.get_by_role("link", name="Students", exact=True).click()
    maria.is_before("What each student knows")
    students = maria.page.get_by_role("table", name="Students").get_by_role("row")
    expect(students).to_have_count(LINES_A_PAGE + 1)
    expect(students.filter(has_text="Sam Rivera")).to_contain_text("not yet")
    expect(students.filter(has_text="Amina Keita")).to_contain_text("%")
    maria.follow("Memory of the class")
    maria.page.get_by_role("link", name="Memory of each fact").click()
    maria.is_before("Memory of each fact")
    rows = maria.page.get_by_role("table", name="Students and facts").get_by_role("row")
    expect(rows).to_have_count(LEARNERS_A_PAGE + 1)
    expect(rows.filter(has_text="Sam Rivera").get_by_role("cell").first).to_have_text("not seen")
    maria.page.get_by_role("link", name="Next students").click()
    expect(rows).to_have_count(STUDENTS - LEARNERS_A_PAGE + 1)
    maria.page.get_by_role("link", name="Next facts").click()
    expect(
        maria.page.get_by_text(f"Page 2 of {-(-FACTS // FACTS_A_PAGE)} of facts")
    ).to_be_visible()
    expect(maria.page.get_by_text("Page 2 of 2 of students")).to_be_visible()


def test_one_click_makes_a_warm_up_of_what_is_forgotten_next(maria: Reader) -> None:
    maria.page.get_by_role("link", name="Report of Demo course").click()
    forgotten = maria.page.get_by_role("table", name="Forgotten next").get_by_role("row")
    expect(forgotten).to_have_count(MOST + 1)
    maria.press_button("Make a five-minute warm-up")
    expect(maria.page.locator("h1")).to_contain_text("Warm-up")
    expect(maria.main).to_contain_text(f"The warm-up is published: {MOST} questions, open now")
    maria.press_button("Delete")
    expect(maria.main).to_contain_text("is deleted")


def test_a_report_leads_to_the_question_it_doubts_its_answers_and_its_correction(
    maria: Reader,
) -> None:
    page = maria.page
    page.get_by_role("link", name="Reports", exact=True).click()
    page.get_by_role("link", name="Midway quiz").click()
    maria.is_before("Midway quiz")
    assert maria.figure("Finished").endswith(f" of {STUDENTS}")
    doubted = page.get_by_role("listitem").filter(has_text="Possible wrong key")
    expect(doubted).to_contain_text("Strong students chose")
    doubted.get_by_role("link", name="Open question").click()
    expect(page.get_by_role("table", name="Options by thirds")).to_be_visible()
    page.get_by_role("link", name="All answers").click()
    maria.is_before("All answers")
    page.get_by_role("link", name="The question").click()
    page.get_by_role("link", name="Fix key and re-mark").click()
    maria.is_before("Correct the key")


def test_signing_out_ends_it(maria: Reader) -> None:
    maria.page.get_by_text("Maria Diallo").click()
    maria.press_button("Sign out")
    maria.is_before("Sign in")
    maria.page.go_back()
    maria.page.reload()
    maria.is_before("Sign in")
