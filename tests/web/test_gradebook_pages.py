"""The pages of those who grade: sorted, exported, a grade given, a claim decided, a key mended."""

from collections.abc import Mapping
from datetime import timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook

from quizapp.services.grading.gradebook import make_gradebook
from quizapp.storage.accounts import add_account
from quizapp.storage.courses import enrol
from quizapp.storage.ids import QuestionId
from tests.factories.people import MORNING
from tests.support.client import Client, Page, words_of
from tests.support.rows import read_rows
from tests.support.statements import counting
from tests.web.assigning_states import CLAIM, grade_address, sit_exam
from tests.web.conftest import Site

FORMULA = '=HYPERLINK("http://evil")'
# For each kind the fields by which the wrong answers of the tests become right.
KEYS: Mapping[str, Mapping[str, str | tuple[str, ...]]] = {
    "choice": {"right": "0"},
    "select_all": {"right": ("1", "3")},
    "true_false": {"answer": "false"},
    "cloze": {"accept": "Galaxy\r\nAndromeda"},
    "numeric": {"answer": "3"},
    "date": {"answer": "2017-03-03"},
    "ordering": {"lines-0": "2", "lines-1": "1", "lines-2": "3"},
    "matching": {"lines-0": "0", "lines-1": "1"},
}


@pytest.fixture
def tess(site: Site) -> Client:
    """Tess's browser, signed in."""
    return site.open("tess")


@pytest.fixture
def course(site: Site) -> str:
    """The address of Tess's course."""
    return f"/courses/{site.things.course_id}"


def names_of(page: Page) -> list[str]:
    """Return the students in the order of the table."""
    rows = [each for each in page.tree.iter("th") if each.get("scope") == "row"]
    return [words_of(each).split()[0] for each in rows]


def send(
    client: Client, address: str, page: Page, fields: Mapping[str, str | tuple[str, ...]]
) -> Page:
    """Send a form of a page with fields that may come several times."""
    pairs = {**page.get_form(address).fields, **fields}
    sent = [(n, v) for n, vs in pairs.items() for v in ([vs] if isinstance(vs, str) else vs)]
    quoted = ["".join(f"%{byte:02X}" for byte in v.encode()) for _, v in sent]
    body = "&".join(f"{n}={v}" for (n, _), v in zip(sent, quoted, strict=True))
    return client.post(address, body.encode())


def read_share(site: Site, learner: str, place: int) -> float | None:
    with site.database.reading() as session:
        tess = site.things.people["tess"]
        book = make_gradebook(session, tess, site.things.course_id, site.clock.now)
    return next(each for each in book.learners if each.name == learner).grades[place].share


def test_the_gradebook_is_sorted_by_its_links(site: Site, tess: Client, course: str) -> None:
    address = grade_address(site, "bob")
    tess.post_form(address, tess.get(address), share="40", reason="x")
    book = tess.get(f"{course}/gradebook")
    assert names_of(book) == ["Alice", "Bob"]
    column = f"a{site.things.assignment_id}"
    assert f"{course}/gradebook?sort={column}&order=down" in book.links
    down = tess.get(f"{course}/gradebook?sort={column}&order=down")
    assert names_of(down) == ["Bob", "Alice"]
    assert f"{course}/gradebook?sort={column}&order=up" in down.links
    assert [each.get("aria-sort") for each in down.tree.iter("th") if each.get("aria-sort")] == [
        "descending"
    ]
    assert names_of(tess.get(f"{course}/gradebook?sort={column}&order=up")) == ["Alice", "Bob"]
    assert names_of(tess.get(f"{course}/gradebook?sort=name&order=down")) == ["Bob", "Alice"]
    for nonsense in ("sort=a999", "sort=%3Cb%3E&order=%3C", "order=sideways"):
        assert names_of(tess.get(f"{course}/gradebook?{nonsense}")) == ["Alice", "Bob"]


def test_who_has_no_grade_comes_last_whichever_way(site: Site, tess: Client, course: str) -> None:
    for order in ("up", "down"):
        page = tess.get(f"{course}/gradebook?sort=a{site.things.assignment_id}&order={order}")
        assert names_of(page) == ["Alice", "Bob"]  # Bob has not begun.


def test_the_gradebook_says_who_is_behind(site: Site, tess: Client, course: str) -> None:
    sit_exam(site)
    assert "Nobody is behind." in tess.get(f"{course}/gradebook").words
    site.clock.advance(timedelta(hours=3))
    page = tess.get(f"{course}/gradebook")
    assert "1 student behind with something that was due: Alice." in page.words


def test_who_left_is_marked_and_gets_no_new_grade(site: Site, tess: Client, course: str) -> None:
    address = f"{course}/roster/{site.things.people['alice'].id}/remove"
    tess.post_form(address, tess.get(address))
    page = tess.get(f"{course}/gradebook")
    assert names_of(page) == ["Alice", "Bob"]
    assert page.words.count("no longer enrolled") == 1
    assert "1 student, 1 assignment" in page.words
    grade = tess.get(grade_address(site))
    assert "Alice is no longer enrolled in this course" in grade.words
    assert "Grade: 0%" in grade.words
    assert "Give a grade" not in grade.words
    sat = f"/teaching/attempts/{site.things.submitted_id}"
    assert sat in grade.links
    assert "Alice: attempt 1" in tess.get(sat).words
    assert "no longer enrolled" in tess.get(f"{course}/gradebook/gradebook.csv").text


def test_more_students_cost_no_more_statements(site: Site, tess: Client, course: str) -> None:
    def count() -> int:
        with site.app.app_context():
            database = site.database
        with counting(database) as statements, database.reading() as session:
            make_gradebook(session, site.things.people["tess"], site.things.course_id, MORNING)
        return len(statements)

    before = count()
    with site.database.writing() as session:
        for number in range(30):
            new = add_account(
                session,
                email=f"s{number}@example.org",
                name=f"Student {number}",
                role="learner",
                timezone="UTC",
                now=MORNING,
            )
            enrol(
                session,
                course_id=site.things.course_id,
                account_id=new.id,
                role="learner",
                now=MORNING,
            )
        session.commit()
    assert count() == before == 4
    assert len(names_of(tess.get(f"{course}/gradebook"))) == 32


def test_the_files_hold_numbers_as_numbers_and_formulas_as_text(
    site: Site, tess: Client, course: str
) -> None:
    with site.database.writing() as session:
        new = add_account(
            session,
            email="x@example.org",
            name=FORMULA,
            role="learner",
            timezone="UTC",
            now=MORNING,
        )
        enrol(
            session, course_id=site.things.course_id, account_id=new.id, role="learner", now=MORNING
        )
        session.commit()
    table = tess.get(f"{course}/gradebook/gradebook.csv")
    assert table.headers["Content-Type"].startswith("text/csv")
    assert "gradebook-astronomy.csv" in table.headers["Content-Disposition"]
    assert "'=HYPERLINK" in table.text
    book = tess.get(f"{course}/gradebook/gradebook.xlsx")
    sheet = load_workbook(BytesIO(book.body)).active
    rows = {row[0].value: row for row in sheet.iter_rows()}
    assert rows[FORMULA][0].data_type == "s"
    assert (rows["Alice"][2].value, rows["Alice"][2].data_type) == (0, "n")


def test_a_grade_is_given_with_a_reason_and_taken_back(
    site: Site, tess: Client, course: str
) -> None:
    address = grade_address(site)
    assert "Grade: 0%" in tess.get(address).words
    page = tess.follow(tess.post_form(address, tess.get(address), share="81,5", reason="oral"))
    assert "81.5% stands for Alice." in page.words
    assert "Grade: 81.5%" in page.words
    assert "Reason: oral" in page.words
    assert read_share(site, "Alice", 0) == 0.815
    assert "given" in tess.get(f"{course}/gradebook").words
    page = tess.follow(tess.post_form(address, page, share="", reason="a mistake"))
    assert "The computed grade stands for Alice." in page.words
    assert read_share(site, "Alice", 0) == 0.0


@pytest.mark.parametrize(
    ("fields", "target", "words"),
    [
        ({"share": "80", "reason": " "}, "reason", "Say why"),
        ({"share": "201", "reason": "x"}, "share", "Give a grade from 0 to 200 %."),
        ({"share": "good", "reason": "x"}, "share", "Enter the grade in percent"),
    ],
)
def test_a_grade_that_cannot_be_is_refused(
    site: Site, tess: Client, fields: dict[str, str], target: str, words: str
) -> None:
    address, before = grade_address(site), read_rows(site.database)
    page = tess.post_form(address, tess.get(address), **fields)
    assert page.status == 422
    assert page.words.count(words) == 2
    assert f"#{target}" in page.links
    assert page.get_form(address).fields["share"] == fields["share"]
    assert read_rows(site.database) == before


def test_an_attempt_is_shown_in_full_whatever_its_student_may_see(site: Site) -> None:
    attempt_id, _ = sit_exam(site)
    page = site.open("kim").get(f"/teaching/attempts/{attempt_id}")
    for words in ("Bob: attempt 1", "0 of 8 points, 0%", "Andromeda", "Milky Way", "Their answer"):
        assert words in page.words
    assert "Your" not in page.words
    assert "You " not in page.words


@pytest.mark.parametrize(
    ("action", "share", "told"),
    [("grant", 0.5 / 8, "Granted with 50% of the mark."), ("decline", 0.0, "Declined.")],
)
def test_a_claim_is_decided_once(
    site: Site, tess: Client, course: str, action: str, share: float, told: str
) -> None:
    attempt_id, _ = sit_exam(site, claiming=True)
    assert "1 claim to decide" in tess.get(f"{course}/gradebook").words
    listed = tess.get(f"{course}/claims")
    assert CLAIM.partition("“")[0] in listed.words
    assert f"/teaching/attempts/{attempt_id}#question-4" in listed.links
    address = f"/teaching/attempts/{attempt_id}"
    page = tess.get(address)
    fields = {"claim-3-granted": "50", "claim-3-reason": "half", "action": action}
    done = tess.follow(tess.post_form(f"{address}/claims/3", page, **fields))
    assert told in done.words
    assert read_share(site, "Bob", 0) == share
    assert "claim to decide" not in tess.get(f"{course}/gradebook").words
    assert tess.post_form(f"{address}/claims/3", page, **fields).status == 409


@pytest.mark.parametrize("granted", ["", "101", "-1", "some"])
def test_a_part_that_cannot_be_granted_is_refused(site: Site, tess: Client, granted: str) -> None:
    attempt_id, _ = sit_exam(site, claiming=True)
    address, before = f"/teaching/attempts/{attempt_id}", read_rows(site.database)
    fields = {"claim-3-granted": granted, "action": "grant"}
    page = tess.post_form(f"{address}/claims/3", tess.get(address), **fields)
    assert page.status == 422
    assert page.words.count("a part of the mark from 0 to 100") == 2
    assert "#claim-3-granted" in page.links
    assert read_rows(site.database) == before


def test_changes_of_marks_are_reached_from_the_gradebook_and_told_in_words(
    site: Site, tess: Client, course: str
) -> None:
    attempt_id, questions = sit_exam(site)
    address = key_address(course, questions["cloze"])
    shown = tess.post_form(address, tess.get(address), reason="a slip", accept="Andromeda")
    tess.post_form(f"{address}/confirm", shown)
    exam = f"{course}/gradebook/{site.things.assignment_id + 1}/changes"
    assert exam in tess.get(f"{course}/gradebook").links
    page = tess.get(exam)
    for words in (
        "1 change after submissions",
        "Attempt 1, question 4",
        "0% of the question: 0 of 8 points, 0%",
        "100% of the question: 1 of 8 points, 12.5%",
        "The key was corrected. a slip",
        "Tess",
    ):
        assert words in page.words
    assert {f"/teaching/attempts/{attempt_id}", address} <= set(page.links)
    given = grade_address(site)
    for share in ("81.5", ""):
        tess.post_form(given, tess.get(given), share=share, reason="oral")
    page = tess.get(f"{course}/gradebook/{site.things.assignment_id}/changes")
    for words in ("as computed 81.5% A grade was given. oral", "A given grade was taken back."):
        assert words in page.words
    assert given in page.links
    assert f"{course}/gradebook/{site.things.assignment_id}/changes" in tess.get(given).links


def key_address(course: str, question_id: QuestionId) -> str:
    return f"{course}/questions/{question_id}/key"


@pytest.mark.parametrize("kind", KEYS)
def test_a_key_is_corrected_after_a_look_at_who_changes(
    site: Site, tess: Client, course: str, kind: str
) -> None:
    attempt_id, questions = sit_exam(site)
    address, before = key_address(course, questions[kind]), read_rows(site.database)
    fields = {**KEYS[kind], "reason": "a slip", "action": "correct"}
    shown = send(tess, address, tess.get(address), fields)
    assert shown.status == 200
    assert "The key is corrected: 1 mark would change" in shown.words
    assert "0 of 8 points, 0%" in shown.words
    assert "1 of 8 points, 12.5%" in shown.words
    assert read_rows(site.database) == before
    hidden = [
        (each.attrib["name"], each.attrib["value"])
        for form in shown.tree.iter("form")
        if form.get("action") == f"{address}/confirm"
        for each in form.iter("input")
    ]
    again = {name: tuple(v for n, v in hidden if n == name) for name, _ in hidden}
    done = send(tess, f"{address}/confirm", shown, dict(again))
    assert "The key is corrected; the attempts are marked anew." in tess.follow(done).words
    assert read_share(site, "Bob", 0) == 1 / 8
    assert "1 of 8 points" in tess.get(f"/teaching/attempts/{attempt_id}").words
    assert "Marked by a corrected key." in tess.get(f"/teaching/attempts/{attempt_id}").words


def test_a_key_that_is_sent_as_shown_would_change_nothing(
    site: Site, tess: Client, course: str
) -> None:
    _, questions = sit_exam(site)
    for kind in set(KEYS) - {"choice", "select_all"}:
        address = key_address(course, questions[kind])
        page = tess.post_form(address, tess.get(address), reason="x", action="correct")
        assert page.status == 422, kind
        assert "That is the key already" in page.words


def test_what_a_correction_foresees_is_what_it_does(site: Site, tess: Client, course: str) -> None:
    _, questions = sit_exam(site)
    address = key_address(course, questions["cloze"])
    shown = tess.post_form(address, tess.get(address), reason="unfair", action="drop")
    assert "The question is dropped: 1 mark would change" in shown.words
    assert "0 of 7 points, 0%" in shown.words
    assert tess.post_form(f"{address}/confirm", shown).status == 303
    assert "This question is dropped" in tess.get(address).words
    back = tess.post_form(address, tess.get(address), reason="fair", accept="Andromeda")
    assert "1 of 8 points, 12.5%" in back.words
    tess.post_form(f"{address}/confirm", back)
    assert read_share(site, "Bob", 0) == 1 / 8


@pytest.mark.parametrize(
    ("kind", "fields", "words"),
    [
        ("numeric", {"answer": "many", "reason": "x"}, "That cannot be the key"),
        ("cloze", {"answer": " ", "accept": "", "reason": "x"}, "That cannot be the key"),
        ("numeric", {"answer": "3", "reason": " "}, "Say why"),
        ("ordering", {"lines-0": "2", "lines-1": "2", "reason": "x"}, "a place of its own"),
        ("matching", {"lines-0": "7", "reason": "x"}, "Choose a match for each item"),
        ("choice", {"right": "9", "reason": "x"}, "That cannot be the key"),
    ],
)
def test_a_key_that_cannot_be_is_refused(
    site: Site, tess: Client, course: str, kind: str, fields: dict[str, str], words: str
) -> None:
    _, questions = sit_exam(site)
    address, before = key_address(course, questions[kind]), read_rows(site.database)
    page = tess.post_form(address, tess.get(address), action="correct", **fields)
    assert page.status == 422
    assert page.title.startswith("Error: ")
    assert words in page.words
    assert read_rows(site.database) == before


def test_a_stranger_finds_nothing_to_grade(site: Site) -> None:
    attempt_id, questions = sit_exam(site, claiming=True)
    theo, course = site.open("theo"), f"/courses/{site.things.course_id}"
    for address in (
        f"{course}/claims",
        f"/teaching/attempts/{attempt_id}",
        key_address(course, questions["choice"]),
        grade_address(site),
    ):
        assert theo.get(address).status == 404
    sent = {"csrf_token": theo.read_token(), "action": "grant", "claim-3-granted": "100"}
    assert theo.post(f"/teaching/attempts/{attempt_id}/claims/3", sent).status == 404
