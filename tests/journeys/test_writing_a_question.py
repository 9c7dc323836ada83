"""An instructor writes a question by keyboard alone, and sees it as their students will."""

from playwright.sync_api import expect

from tests.journeys.conftest import MARIA, Opener, School
from tests.journeys.places import write_set
from tests.journeys.reader import Reader

ROWS = "[...document.querySelectorAll('[data-row] input[id$=text]')].map((each) => each.value)"


def fill(maria: Reader, label: str, text: str) -> None:
    """Go to a field by Tab and type."""
    maria.tab_to(maria.page.get_by_label(label, exact=True))
    maria.write(text)


def sees_the_preview_follow(maria: Reader) -> None:
    """See the question beside the form, and what the linter thinks of it."""
    preview = maria.page.locator("[data-preview]")
    expect(preview.locator(".question h2")).to_have_text("Which planet is largest?")
    expect(preview.locator(".question h2 em")).to_have_text("largest")
    expect(preview).to_contain_text("After the answer")
    expect(maria.page.locator("[data-advice=rows]")).to_contain_text("Nothing proves")


def moves_a_row(maria: Reader) -> None:
    """Move the second option up by key, and go on in it."""
    maria.tab_to(maria.page.get_by_label("Option 2", exact=True), key="Shift+Tab")
    maria.press("Alt+ArrowUp")
    expect(maria.page.get_by_label("Option 1", exact=True)).to_have_value("Mars")
    expect(maria.page.get_by_label("Option 1", exact=True)).to_be_focused()
    assert maria.page.evaluate(ROWS)[:3] == ["Mars", "Jupiter", "Venus"]
    expect(maria.page.get_by_label("Right: Option 2", exact=True)).to_be_checked()


def test_a_question_is_written_by_keys_and_what_is_typed_is_never_lost(
    school: School, open_reader: Opener
) -> None:
    set_id = write_set(school, MARIA)
    maria = open_reader()
    maria.sign_in(MARIA, school.passwords[MARIA])
    maria.visit(f"/sets/{set_id}/questions/new?kind=choice")
    fill(maria, "Question", "Which planet is *largest*?")
    maria.tab_to(maria.page.get_by_label("Right: Option 1", exact=True))
    maria.press("Space")
    for number, name in enumerate(("Jupiter", "Mars", "Venus"), 1):
        fill(maria, f"Option {number}", name)
    fill(maria, "Explanation", "Jupiter is the largest.")
    sees_the_preview_follow(maria)
    expect(maria.page.locator("[data-kept]")).to_contain_text("Saved by itself at")
    moves_a_row(maria)
    expect(maria.page.locator("[data-kept]")).to_contain_text("Saved by itself at")
    maria.visit(f"/sets/{set_id}/questions/new?kind=choice")  # as if the browser had been closed
    expect(maria.page.get_by_label("Question", exact=True)).to_have_value(
        "Which planet is *largest*?"
    )
    assert maria.page.evaluate(ROWS)[:3] == ["Mars", "Jupiter", "Venus"]
    maria.tab_to(maria.page.get_by_label("Question", exact=True))
    maria.press("Control+Enter")
    expect(maria.main).to_contain_text("The question is saved.")
    maria.is_before("Edit the question")
