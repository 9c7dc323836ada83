"""How a learner operates an attempt, on any device."""

from playwright.sync_api import expect

from quizapp.kinds.question import KindName
from tests.journeys.filling import TICKED, TYPED, list_lines
from tests.journeys.reader import Reader

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


def fill_in(learner: Reader, number: int, kind: KindName, value: str) -> None:
    """Give an answer to a question as a mouse or a finger does; its items are placed by lists."""
    sheet = learner.page.locator(f"#question-{number}")
    if kind in TICKED:
        for each in value.split():
            learner.touch(sheet.locator(f".option:has([value='{each}'])"))
    elif kind in TYPED:
        sheet.locator(".typed__field").fill(value)
    else:
        for name, choice in list_lines(kind, value):
            sheet.locator(f"[name='q{number}-{name}']").select_option(choice)


def says_of(learner: Reader, number: int, words: str) -> None:
    """Assert what stands below a question about its answer."""
    expect(learner.page.locator(f"#question-{number} [data-saved]")).to_have_text(words)


def go_on(learner: Reader, number: int, total: int) -> None:
    """Go to the next question, or to the check page after the last."""
    if number < total:
        learner.press_button("Next")
        learner.page.wait_for_url(f"**/questions/{number + 1}")
    else:
        actions = learner.page.locator(".actions")
        learner.touch(actions.get_by_role("button", name="Check and submit"))
        learner.page.wait_for_url("**/check")
