"""How an instructor operates the pages of assignments and of their keys."""

from collections.abc import Mapping
from datetime import timedelta

from playwright.sync_api import expect

from tests.journeys.conftest import MARIA, SAM, School
from tests.journeys.reader import Reader

TITLE = "Week one"
GAPS = {"Fill the gap": 2}


def has_drafted_an_assignment(
    maria: Reader, school: School, draws: Mapping[str, int] = GAPS
) -> None:
    """Set drawn questions, so many of each kind, with 20 minutes; mend what was wrong at first."""
    maria.sign_in(MARIA, school.passwords[MARIA])
    maria.visit("/courses/1")
    maria.follow("Assignments")
    maria.is_before("Assignments")
    maria.follow("New assignment")
    page = maria.page
    page.get_by_label("Title").fill(TITLE)
    page.get_by_label("Questions drawn by chance").check()
    maria.press_button("Save as a draft")
    summary = page.locator(".error-summary")
    expect(summary).to_be_focused()
    expect(summary).to_contain_text("No question is to be drawn")
    assert maria.title.startswith("Error: ")
    for number, (kind, count) in enumerate(draws.items(), 1):
        draw = page.get_by_role("group", name=f"Draw {number}")
        draw.get_by_label("Number of questions").fill(str(count))
        draw.get_by_label("Section or kind").select_option(label=f"Kind: {kind}")
    due = school.clock.now + timedelta(days=7)
    page.get_by_label("Due", exact=True).fill(f"{due:%Y-%m-%dT%H:%M}")
    page.get_by_label("Time limit in minutes").fill("20")
    for which in ("questions", "options"):
        page.get_by_label(f"Shuffle the {which}").check()
    page.get_by_role("checkbox", name="Right answer, Right after").check()
    maria.press_button("Save as a draft")
    maria.is_before(TITLE)
    expect(maria.main).to_contain_text("Draft, not visible to students")


def has_published_an_assignment(maria: Reader, school: School) -> None:
    """Set two gaps and publish them."""
    has_drafted_an_assignment(maria, school)
    publishes(maria)


def publishes(maria: Reader) -> None:
    """Publish the assignment on whose page one is."""
    maria.press_button("Publish")
    expect(maria.main).to_contain_text("The assignment is published")


def has_given_more_time(maria: Reader) -> None:
    """Give Sam half as long again."""
    maria.follow("Exceptions")
    maria.is_before("Exceptions")
    page = maria.page
    student = page.get_by_label("For whom", exact=True).locator("option", has_text=SAM)
    page.get_by_label("For whom", exact=True).select_option(student.get_attribute("value"))
    page.get_by_label("Extra time as a factor").fill("1.5")
    page.get_by_label("Extra time in minutes").fill("5")
    maria.press_button("Save the exception")
    expect(page.locator(".error-summary")).to_contain_text("both in minutes and as a factor")
    page.get_by_label("Extra time in minutes").fill("")
    maria.press_button("Save the exception")
    expect(maria.main).to_contain_text("1.5 times as long (30 minutes)")


def opens_the_attempt(maria: Reader, score: str) -> None:
    """Go by the gradebook to what Sam sat, which shows the score."""
    maria.visit("/courses/1/gradebook")
    grade = maria.page.get_by_role("row").filter(has_text=SAM).get_by_role("link", name=TITLE)
    expect(grade).to_contain_text(score)
    grade.click()
    maria.follow("Attempt 1")


def accepts_a_spelling(maria: Reader, word: str, score: str) -> None:
    """Let the key of the question that was answered so take it, and see who gets which score."""
    answered = maria.page.locator("section.card", has_text=word)
    answered.get_by_role("link", name="Correct the key").click()
    spellings = maria.page.get_by_label("Other spellings")
    spellings.fill(f"{spellings.input_value()}\n{word}")
    maria.page.get_by_label("Reason").fill("The article has this name too.")
    maria.press_button("Check the correction")
    expect(maria.page.get_by_role("row").filter(has_text="Sam")).to_contain_text(score)
    maria.press_button("Save and mark anew")
    maria.is_before("Gradebook")
