"""A person before a browser: the one place that knows how the pages are operated."""

from datetime import datetime, timedelta
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Locator, Page, expect

from quizapp.kinds.question import Question
from tests.factories.answers import right_answer, wrong_answer
from tests.journeys.filling import fill_by_hand, fill_by_keys, fill_without_scripts
from tests.support.browser import Complaints
from tests.support.client import Clock

THINKING = timedelta(seconds=8)
MOST_TABS = 30
WIDTH = "document.scrollingElement.scrollWidth - window.innerWidth"


class Reader:
    """Operates the pages by keyboard, mouse or finger, and reads what they say."""

    def __init__(self, page: Page, clock: Clock) -> None:
        self.page = page
        self.complaints = Complaints(page)
        self._clock = clock

    # What the page says.

    @property
    def heading(self) -> str:
        """The page's heading."""
        return self.page.locator("h1").inner_text()

    @property
    def title(self) -> str:
        """The page's title."""
        return self.page.title()

    @property
    def main(self) -> Locator:
        """The main part of the page."""
        return self.page.locator("main")

    @property
    def result(self) -> Locator:
        """The heading of the feedback."""
        return self.page.locator(".feedback h2")

    @property
    def start(self) -> Locator:
        """Where the focus is as a question comes: the field to type in, else the heading."""
        field = self.page.locator("main h1 .typed__field, main .typed .typed__field")
        return field if field.count() else self.page.locator("h1")

    @property
    def marked(self) -> Locator:
        """The marked words of the passage."""
        return self.page.locator("mark")

    @property
    def question_id(self) -> int:
        """Which question is asked; a flashcard says so once it is uncovered."""
        return int(self.page.locator("main [name=question_id]").first.get_attribute("value") or 0)

    @property
    def fact_id(self) -> int:
        """Which fact it is asked for."""
        return int(self.page.locator("main [name=fact_id]").first.get_attribute("value") or 0)

    @property
    def shown_at(self) -> datetime:
        """When the question was first seen, as its form or the link to uncover it says."""
        if self.is_flashcard:
            link = self.page.locator("main a.button--main[data-swap]").get_attribute("href") or ""
            return datetime.fromisoformat(parse_qs(urlsplit(link).query)["shown_at"][0])
        field = self.page.locator("main [name=shown_at]").first
        return datetime.fromisoformat(field.get_attribute("value") or "")

    @property
    def is_flashcard(self) -> bool:
        """Whether the question is a flashcard."""
        return self.page.locator("main .question__meta .chip").first.inner_text() == "Flashcard"

    @property
    def counts(self) -> tuple[int, int, int]:
        """How many facts wait: due, new and in learning."""
        words = self.page.locator(".progress__words span").inner_text().split(" · ")
        due, new, learning = (int(part.split()[0]) for part in words)
        return due, new, learning

    def figure(self, label: str) -> str:
        """Return a figure by the name that stands beside it."""
        figures = self.page.locator(".figure")
        return (
            figures.filter(has=self.page.get_by_text(label, exact=True))
            .locator(".figure__value")
            .inner_text()
        )

    def is_before(self, heading: str) -> None:
        """Assert that the page has this heading."""
        expect(self.page.locator("h1")).to_have_text(heading)

    def is_at_rest(self, place: Locator) -> None:
        """Assert that the focus is there."""
        expect(place).to_be_focused()

    def sees_why(self, question: Question) -> None:
        """Assert that the page says why, with the passage marked and its section named."""
        expect(self.main).to_contain_text(question.feedback)
        expect(self.marked).to_have_text(question.source.quote)
        expect(self.main).to_contain_text(question.source.section)

    def scrolls_sideways(self) -> bool:
        """Tell whether the page is wider than the window."""
        too_wide: int = self.page.evaluate(WIDTH)
        return too_wide > 0

    # By mouse or finger.

    def visit(self, path: str) -> None:
        """Open an address."""
        self.page.goto(path)

    def sign_in(self, email: str, password: str) -> None:
        """Fill in the sign-in page."""
        self.visit("/sign-in")
        self.page.get_by_label("E-mail").fill(email)
        self.page.get_by_label("Password").fill(password)
        self.press_button("Sign in")
        self._arrive()

    def press_button(self, name: str) -> None:
        """Press a button, with a finger where there is no mouse."""
        self.touch(self.page.get_by_role("button", name=name))

    def follow(self, name: str) -> None:
        """Follow a link."""
        self.touch(self.page.get_by_role("link", name=name))

    def choose(self, value: str) -> None:
        """Choose an option by the value it sends, where a person would."""
        self.touch(self.page.locator(f".option:has([value='{value}'])"))

    def uncover(self) -> None:
        """Uncover a flashcard."""
        self._think()
        self.follow("Show answer")
        expect(self.result).to_be_visible()

    def answer(self, question: Question, *, right: bool) -> None:
        """Answer the question before one, a flashcard when it is uncovered."""
        self._think()
        if question.kind == "flashcard":
            self.press_button("Good" if right else "Again")
            return
        fill_by_hand(self.page, self.touch, question, answer_for(question, right=right))
        self.press_button("Check answer")
        expect(self.result).to_be_visible()

    def answer_and_lose(self, question: Question) -> None:
        """Answer a question that is no flashcard rightly, and expect no feedback."""
        self._think()
        fill_by_hand(self.page, self.touch, question, answer_for(question, right=True))
        self.press_button("Check answer")

    def leave_question(self, question: Question) -> None:
        """Go on from an answered question to the next one, or to the summary."""
        if question.kind == "flashcard":
            expect(self.page.locator("h1")).not_to_have_text(question.stem)
        else:
            self.touch(self.page.locator("main .button--main"))
            expect(self.result).to_be_hidden()

    def touch(self, target: Locator) -> None:
        """Press something with a finger, or with the mouse where there is one."""
        self._see_whole_page()
        touches: bool = self.page.evaluate("navigator.maxTouchPoints > 0")
        if touches:
            target.tap()
        else:
            target.click()

    def _think(self) -> None:
        self._see_whole_page()
        self._clock.advance(THINKING)

    def _see_whole_page(self) -> None:
        # Nobody is as quick as to act before styles and scripts are there.
        self.page.wait_for_load_state()

    def _arrive(self) -> None:
        self.page.wait_for_url(lambda url: "/sign-in" not in url)

    # By keyboard.

    def press(self, key: str) -> None:
        """Press a key."""
        self._see_whole_page()
        self.page.keyboard.press(key)

    def press_and_arrive(self, key: str) -> None:
        """Press a key that leads to another page, and wait for it."""
        with self.page.expect_navigation():
            self.press(key)

    def write(self, text: str) -> None:
        """Type a text."""
        self._see_whole_page()
        self.page.keyboard.type(text)

    def tab_to(self, place: Locator, *, key: str = "Tab") -> None:
        """Go there with the Tab key."""
        for _ in range(MOST_TABS):
            self.press(key)
            if place.evaluate("each => each === document.activeElement"):
                return
        raise AssertionError(f"{MOST_TABS} times {key} do not lead to {place}")

    def sign_in_by_keys(self, email: str, password: str) -> None:
        """Fill in the sign-in page with the keyboard alone."""
        self.visit("/sign-in")
        self.press("Tab")
        self.is_at_rest(self.page.get_by_role("link", name="Skip to the main part"))
        self.press("Enter")
        self.press("Tab")
        self.is_at_rest(self.page.get_by_label("E-mail"))
        self.write(email)
        self.press("Tab")
        self.is_at_rest(self.page.get_by_label("Password"))
        self.write(password)
        self.press("Enter")
        self._arrive()

    def start_by_keys(self) -> None:
        """Start reviewing from today's page."""
        self.tab_to(self.page.get_by_role("button", name="Start reviewing"))
        self.press("Enter")
        self.page.wait_for_url("**/review/*")

    def uncover_by_keys(self) -> None:
        """Uncover a flashcard; its answer takes the focus."""
        self._think()
        self.press("Space")
        self.is_at_rest(self.result)

    def answer_by_keys(self, question: Question, *, right: bool) -> None:
        """Answer with single keys; the result, or the next question, takes the focus."""
        self._think()
        stem = self.heading
        if question.kind == "flashcard":
            self.press("3" if right else "1")
            expect(self.page.locator("h1")).not_to_have_text(stem)
            self.is_at_rest(self.start)
            return
        fill_by_keys(self.page, self.tab_to, question, answer_for(question, right=right))
        self.is_at_rest(self.result)

    def answer_without_scripts(self, question: Question, *, right: bool) -> None:
        """Answer with the keys that the browser knows by itself, and go on to the next question."""
        self._think()
        if question.kind == "flashcard":
            self.tab_to(self.page.get_by_role("button", name="Good" if right else "Again"))
            self.press_and_arrive("Enter")
            return
        value = answer_for(question, right=right)
        fill_without_scripts(self.page, self.tab_to, question, value)
        self.is_at_rest(self.result)

    def give_up_by_keys(self) -> None:
        """Say "I don't know"; where one types, a single key would be a letter."""
        self._think()
        if self.page.locator("main .typed__field").count():
            self.tab_to(self.page.locator("main [value=dont_know]"))
            self.press("Enter")
        else:
            self.press("d")
        self.is_at_rest(self.result)

    def go_on_by_keys(self) -> None:
        """Leave the feedback; the next question takes the focus."""
        self.press("Enter")
        expect(self.result).to_be_hidden()
        self.is_at_rest(self.start)

    def undo_by_keys(self) -> None:
        """Take the last answer back; the question that comes again takes the focus."""
        self.press("u")
        expect(self.main).to_contain_text("The answer was undone and does not count.")
        self.is_at_rest(self.start)

    def turn_keys_off(self) -> None:
        """Turn single keys off on their sheet."""
        self.press("?")
        sheet = self.page.get_by_role("dialog")
        expect(sheet).to_be_visible()
        self.tab_to(sheet.get_by_role("button", name="Turn single keys off"))
        self.press("Enter")
        expect(sheet.get_by_role("button", name="Turn single keys on")).to_be_focused()
        self.press("Escape")
        expect(sheet).to_be_hidden()
        expect(self.page.locator("html")).to_have_attribute("data-keys", "off")

    def end_by_keys(self) -> None:
        """End the session from the page's header."""
        self.tab_to(self.page.get_by_role("button", name="End session"), key="Shift+Tab")
        self.press("Enter")
        self.page.wait_for_url("**/summary")


def answer_for(question: Question, *, right: bool) -> str:
    """Return an answer that is right, or one that is wrong."""
    return right_answer(question) if right else wrong_answer(question)
