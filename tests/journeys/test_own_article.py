"""A new instructor makes a set of an article of their own by keyboard; all actions are counted."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Dialog, expect
from sqlalchemy import text

from quizapp.cli.handlers import HANDLERS
from quizapp.services.accounts.secrets import hash_password
from quizapp.storage.accounts import add_account, set_password_hash
from tests.factories.people import MORNING
from tests.factories.uploads import CANAL, build_canal
from tests.journeys.conftest import Opener, School, run_school
from tests.journeys.reader import Reader
from tests.support.client import PASSWORD
from tests.support.databases import copy_sqlite, opened
from tests.support.jobs import working

NORA = "nora@example.org"
COMPANY, TRUST, RUDD = "Merrow Navigation Company", "Merrow Canal Trust", "James Rudd"
# What Nora reads in the article where the rules were not sure: predicate and value -> subject.
SUBJECTS = {
    ("headquarters", "Coldbridge"): COMPANY,
    ("headquarters", "Linton"): TRUST,
    ("leader", "Anna Whitlow"): TRUST,
    ("died_on", "1779-09-09"): RUDD,
    ("died_in", "Coldbridge"): RUDD,
}
# No event, no whole name, no date.
POOR = {"began", "role", "size"}
TOLD = "Port Ellen had a population of 2,300 in 1801."
FEWEST = 15
MOST = 4


class Typist(Reader):
    """Somebody who uses the keyboard alone; `actions` counts keys, and a text as one."""

    actions = 0

    def press(self, key: str) -> None:
        """Press a key."""
        self.actions += 1
        super().press(key)

    def write(self, text: str) -> None:
        """Type or paste a text."""
        self.actions += 1
        self.page.keyboard.insert_text(text)

    def choose_in_list(self, text: str) -> None:
        """Type the beginning of an entry of the list that has the focus."""
        self.actions += 1
        self.page.keyboard.type(text)

    def press_and_see(self, key: str) -> None:
        """Press a key that brings another page, and wait for it."""
        before = self.page.url
        self.press(key)
        self.page.wait_for_url(lambda url: url != before)
        expect(self.page.locator("h1")).to_be_visible()


@pytest.fixture
def school(sqlite_template: Path, tmp_path: Path) -> Iterator[School]:
    """A school with nobody and nothing in it but Nora."""
    address = copy_sqlite(sqlite_template, tmp_path)
    with opened(address) as database, database.writing() as session:
        nora = add_account(
            session, email=NORA, name="Nora", role="instructor", timezone="UTC", now=MORNING
        )
        set_password_hash(session, nora.id, hash_password(PASSWORD))
        session.commit()
    with run_school(Path(address.removeprefix("sqlite:///")), {NORA: PASSWORD}) as running:
        yield running


def has_pasted_the_article(nora: Typist) -> None:
    """Sign in, paste the article, and wait until it has been read."""
    nora.sign_in_by_keys(NORA, PASSWORD)
    nora.tab_to(nora.page.get_by_role("link", name="New set from an article"))
    nora.press("Enter")
    nora.is_before("New set from an article")
    nora.tab_to(nora.page.get_by_label("Text of the article"))
    nora.write(CANAL.read_text())
    nora.tab_to(nora.page.get_by_role("button", name="Read the article"))
    nora.press("Enter")
    nora.is_at_rest(nora.page.get_by_role("link", name="Review the facts"))
    expect(nora.main).to_contain_text("23 facts proposed")


def reviews_a_fact(nora: Typist) -> None:
    """Accept what is right, mend what is unsure, and drop what is no question."""
    page = nora.page
    predicate = page.get_by_label("What is said").input_value()
    value = page.locator("#names, #date, #number, #words").first.input_value()
    subject = SUBJECTS.get((predicate, value))
    if predicate in POOR:
        nora.press_and_see("x")
    elif subject is None:
        nora.press_and_see("a")
    else:
        nora.press("e")
        nora.is_at_rest(page.get_by_label("Of whom or what"))
        nora.press("Control+a")
        nora.write(subject)
        expect(page.locator("#fact-preview")).to_contain_text(subject)
        nora.press_and_see("Enter")


def reviews_all_facts(nora: Typist) -> None:
    """Go through the proposals; the last one leads to the list."""
    nora.press("Enter")
    nora.is_before("Fact 1 of 23")
    expect(nora.marked).to_contain_text("a disused waterway")
    nora.press_and_see("x")
    nora.press_and_see("u")
    nora.is_before("Fact 1 of 23")
    while nora.page.locator("#fact-preview").count():
        reviews_a_fact(nora)
    nora.is_before("Facts")
    expect(nora.main).to_contain_text("23 of 23 reviewed")


def marks_a_new_fact(nora: Typist) -> None:
    """Choose a sentence with the arrow keys and say what it tells; the figures are there."""
    nora.press_and_see("n")
    nora.is_before("Choose the words of a new fact")
    nora.tab_to(nora.page.get_by_label("Section"), key="Shift+Tab")
    nora.press("T")
    nora.press("Tab")
    nora.press("Enter")
    sentence = nora.page.get_by_role("radio", name=TOLD)
    nora.is_at_rest(nora.page.get_by_role("radio", checked=True))
    while not sentence.is_checked():
        nora.press("ArrowDown")
    nora.press_and_see("Enter")
    expect(nora.marked).to_have_text(TOLD)
    nora.is_at_rest(nora.page.get_by_label("What is said"))
    nora.choose_in_list("Number of inhabitants")
    expect(nora.page.get_by_label("Number", exact=True)).to_have_value("2300")
    expect(nora.page.get_by_label("As of")).to_have_value("1801")
    expect(nora.page.locator("#fact-preview")).to_contain_text("Port Ellen")
    nora.press("Tab")
    nora.is_at_rest(nora.page.get_by_label("Of whom or what"))
    nora.press_and_see("Enter")
    expect(nora.main).to_contain_text("The fact is added.")


def reviews_all_questions(nora: Typist) -> None:
    """Look at each question beside its passage, and accept those of a fact at once."""
    nora.press_and_see("j")
    while nora.page.locator("#shown-stem").count():
        expect(nora.marked).to_be_visible()
        of_one_fact = nora.page.get_by_role("button", name="of this fact")
        nora.press_and_see("f" if of_one_fact.count() else "a")
    expect(nora.main).to_contain_text("All questions are decided")


def publishes(nora: Typist) -> None:
    """See what will be asked, and publish it."""
    nora.press_and_see("j")
    nora.is_before("Publish version 1")
    nora.press_and_see("p")
    expect(nora.main).to_contain_text("The set is published.")


def count_questions(school: School) -> int:
    with school.database.reading() as session:
        return session.scalar(text("SELECT count(*) FROM question")) or 0


def test_a_new_instructor_makes_a_set_of_an_article_by_keyboard_alone(
    school: School, open_reader: Opener, record_property: Callable[[str, object], None]
) -> None:
    nora = Typist(open_reader(viewport={"width": 1280, "height": 900}).page, school.clock)
    with working(school.database, HANDLERS, school.clock):
        has_pasted_the_article(nora)
    reviews_all_facts(nora)
    marks_a_new_fact(nora)
    reviews_all_questions(nora)
    publishes(nora)
    questions = count_questions(school)
    assert questions >= FEWEST
    share = nora.actions / questions
    told = f"{share:.1f} actions per accepted question ({nora.actions} for {questions})"
    sys.stdout.write(f"{told}\n")
    record_property("actions", told)
    assert share < MOST


def test_words_that_are_marked_with_the_mouse_become_a_fact(
    school: School, open_reader: Opener
) -> None:
    set_id = build_canal(school.database, school.get_account(NORA))
    nora = open_reader(viewport={"width": 1280, "height": 900})
    nora.sign_in(NORA, PASSWORD)
    nora.visit(f"/sets/{set_id}/facts/f014")
    paragraph = nora.page.locator(".passage p").filter(has_text="Port Ellen had")
    paragraph.click(click_count=3)
    nora.follow("New fact from marked text")
    nora.is_before("New fact")
    expect(nora.marked).to_have_text(paragraph.inner_text())
    expect(nora.page.get_by_label("Of whom or what")).to_have_value("Port Ellen")


def test_who_leaves_a_changed_fact_is_asked_first(school: School, open_reader: Opener) -> None:
    set_id = build_canal(school.database, school.get_account(NORA))
    nora, asked = open_reader(), list[str]()
    nora.sign_in(NORA, PASSWORD)
    nora.visit(f"/sets/{set_id}/facts/f014")
    subject = nora.page.get_by_label("Of whom or what")

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.message)
        dialog.dismiss()

    nora.page.on("dialog", stay)
    subject.fill("Somebody else")
    nora.follow("Next")
    expect(subject).to_have_value("Somebody else")
    assert asked == ["What you changed in this fact is not saved. Leave it?"]
    nora.press_button("Save")
    expect(nora.main).to_contain_text("The fact is saved.")
    nora.follow("Next")
    nora.is_before("Fact 15 of 23")
    assert len(asked) == 1
