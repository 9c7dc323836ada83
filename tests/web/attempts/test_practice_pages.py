"""The pages of practice: the form, what was practised, and what to do with what went wrong."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from quizapp.services.practising.building import MOST_OPEN
from tests.factories.assignments import HOUR, MARKED, RULES
from tests.factories.people import MORNING
from tests.factories.practising import AFTERWARDS, answer_and_submit, practise, wish_for
from tests.factories.questions import SECTION
from tests.support.apps import Apps
from tests.support.client import Client, Form, Page
from tests.web.attempt_sites import ExamSite, run_exam_site, write_answer
from tests.web.test_pages import check

FORM = ("/practice", "post")
# The stems of other kinds name them.
STEMS = {"choice": "What is f1?", "cloze": "Our galaxy is"}
OPEN = "an assignment that is still open to you may ask them"


@pytest.fixture
def site(apps: Apps, sqlite_template: Path) -> Iterator[ExamSite]:
    """The site with the exam, which is over."""
    with run_exam_site(apps, sqlite_template, rules=RULES) as running:
        running.clock.now = AFTERWARDS
        yield running


def address_of(site: ExamSite) -> str:
    """Return the address at which the exam's version is chosen."""
    return f"/practice?set={site.exam.world.course_id}-{site.exam.version_id}"


def find_form(page: Page) -> Form:
    """Return the form that builds a quiz; the one that chooses a set has the same address."""
    return next(each for each in page.forms() if (each.action, each.method) == FORM)


def build(site: ExamSite, client: Client, **fields: str) -> Page:
    form = find_form(client.get(address_of(site)))
    return client.post(form.action, {**form.fields, "amount": "all", **fields})


def sit(site: ExamSite, client: Client, *, wrong: str = "", empty: str = "") -> tuple[str, Page]:
    """Build a quiz of everything, answer it, and return its address and result."""
    attempt = build(site, client).location
    for number in range(1, 9):
        page = client.get(f"{attempt}/questions/{number}")
        kind = next(each for each in MARKED if STEMS.get(each, f"({each})") in page.words)
        if kind != empty:
            fields = write_answer(kind, number, right=kind != wrong)
            client.post_form(f"{attempt}/answers", page, go="next", **fields)
    return attempt, site.submit(client, attempt)


def test_a_quiz_is_built_sat_and_found_again(site: ExamSite, alice: Client) -> None:
    empty = alice.get("/practice")
    assert "You have not practised yet." in empty.words
    attempt, page = sit(site, alice, wrong="cloze")
    assert "You got 7 of 8 questions right." in page.words
    assert "Score 87.5%" in page.words
    assert "Milky Way" in page.words
    assert f"/assigned/{attempt.rpartition('/')[2]}" not in page.links
    listed = alice.get("/practice")
    check(listed)
    assert "Practice: The planets 8 questions · 2 March 2026, 13:00 88%" in listed.words
    assert f"{attempt}/result" in listed.links


def test_one_that_goes_on_is_resumed(site: ExamSite, alice: Client) -> None:
    attempt = build(site, alice, minutes="30").location
    assert "30 minutes" in alice.follow(alice.get(attempt)).words
    page = alice.get("/practice")
    assert "In progress" in page.words
    assert attempt in page.links


def test_the_form_narrows_what_is_asked(site: ExamSite, alice: Client) -> None:
    page = alice.get(address_of(site))
    assert [kind for kind in ("cloze", "date", "flashcard") if f'value="{kind}"' in page.text] == [
        "cloze",
        "date",
    ]
    fields = {"amount": "other", "number": "1", "kinds": "date", "sections": SECTION}
    built = build(site, alice, **fields)
    assert "Question 1 of 1" in alice.follow(alice.get(built.location)).words


def test_of_several_sets_one_is_chosen(site: ExamSite, alice: Client) -> None:
    page = alice.get("/practice")
    options = [each for each in page.tree.iter("option") if "selected" in each.attrib]
    assert len(options) == 1
    assert f"{site.exam.world.course_id}-{site.exam.version_id}" in page.text
    assert "8 questions" in alice.get(address_of(site)).words
    assert alice.get("/practice?set=1-99").status == 404
    assert alice.get("/practice?set=nonsense").words == page.words


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"amount": "7"}, "Choose how many questions."),
        ({"amount": "other", "number": "none"}, "Type a number from 1 to 500."),
        ({"minutes": "0"}, "Type a number from 1 to 1440, or leave it empty."),
        ({"kinds": "flashcard"}, "No question of this set is like that."),
    ],
)
def test_what_is_wrong_is_told_and_what_was_filled_in_stays(
    site: ExamSite, alice: Client, fields: dict[str, str], words: str
) -> None:
    page = build(site, alice, **{"minutes": "15", **fields})
    check(page)
    assert page.status == 422
    assert page.title.startswith("Error: ")
    assert words in page.words
    form = find_form(page)
    assert form.fields["minutes"] == fields.get("minutes", "15")
    assert form.fields["chosen"].endswith(f"-{site.exam.version_id}")


@pytest.mark.parametrize("fields", [{"chosen": ""}, {"chosen": "x"}, {"chosen": "1-1-1"}])
def test_a_form_that_names_no_set_is_refused(
    site: ExamSite, alice: Client, fields: dict[str, str]
) -> None:
    assert build(site, alice, **fields).status == 400


def test_the_same_form_sent_twice_makes_one_quiz(site: ExamSite, alice: Client) -> None:
    form = find_form(alice.get(address_of(site)))
    one, other = (alice.post(form.action, form.fields) for _ in range(2))
    assert one.location == other.location
    assert alice.get("/practice").words.count("Resume") == 1


def test_too_many_in_progress_are_refused_kindly(site: ExamSite, alice: Client) -> None:
    for _ in range(MOST_OPEN):
        practise(site.database, site.exam.alice, wish_for(site.exam, most=1))
    page = build(site, alice)
    assert (page.status, "Submit one of them first." in page.words) == (409, True)


def test_what_an_open_assignment_asks_is_left_out_and_that_is_said(
    site: ExamSite, alice: Client
) -> None:
    del alice
    site.clock.now = MORNING
    alice = site.open()
    page = alice.get(address_of(site))
    check(page)
    assert f"8 questions are left out: {OPEN}" in page.words
    assert "There is no question to practise in this set now." in page.words


def test_a_result_of_practice_offers_what_went_wrong(site: ExamSite, alice: Client) -> None:
    attempt, page = sit(site, alice, wrong="cloze", empty="date")
    check(page)
    assert "I was right" not in page.words
    assert "A practice quiz of 2 questions" in page.words
    added = alice.post_form(f"{attempt}/reviews", page)
    told = alice.follow(added)
    assert "1 fact was added to your reviews" in told.words
    assert "All that went wrong is in your reviews already." in told.words
    again = alice.post_form(f"{attempt}/again", page)
    assert "Question 1 of 2" in alice.follow(alice.get(again.location)).words
    assert alice.post_form(f"{attempt}/again", page).location == again.location


def test_where_all_is_right_nothing_is_offered(site: ExamSite, alice: Client) -> None:
    attempt, page = sit(site, alice)
    assert "You got 8 of 8 questions right." in page.words
    assert "What went wrong" not in page.words
    token = {"csrf_token": alice.read_token(), "key": "k"}
    assert (
        "No question of this set is like that"
        in alice.follow(alice.post(f"{attempt}/again", token)).words
    )


def test_without_a_key_nothing_is_begun(site: ExamSite, alice: Client) -> None:
    attempt, page = sit(site, alice, wrong="cloze")
    assert alice.post_form(f"{attempt}/again", page, key="").status == 400


def test_those_who_teach_see_no_trace(site: ExamSite, alice: Client) -> None:
    attempt, _ = sit(site, alice, wrong="cloze")
    tess, course = site.open("tess"), f"/courses/{site.exam.world.course_id}"
    for page in ("/assignments", "/gradebook", "/gradebook/gradebook.csv", "/claims"):
        shown = tess.get(f"{course}{page}")
        assert shown.status == 200, page
        assert "Practice" not in shown.text
    number = attempt.rpartition("/")[2]
    assert tess.get(f"/teaching/attempts/{number}").status == 404


def test_a_later_assignment_hides_what_it_asks_from_the_result(
    site: ExamSite, alice: Client
) -> None:
    del alice
    built = practise(site.database, site.exam.alice, wish_for(site.exam))
    answer_and_submit(site.database, site.exam.alice, built.attempt_id, wrong=set(MARKED))
    site.clock.now = MORNING + HOUR
    page = site.open().get(f"/attempts/{built.attempt_id}/result")
    check(page)
    assert "8 questions are neither shown nor counted here" in page.words
    assert "Milky Way" not in page.text
