"""The pages of assignments: forms that keep and refuse what they should, and what staff read."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from quizapp.attempts.overrides import UNLIMITED, Override
from quizapp.attempts.rules import AssignmentRules, CreditStep
from quizapp.attempts.switches import FeedbackTable
from quizapp.services.assigning.access import get_assignment
from quizapp.services.assigning.creating import create, get_plan
from quizapp.services.assigning.listing import list_lines
from quizapp.services.assigning.planning import Plan
from quizapp.services.quizzing.starting import prove_password
from quizapp.storage.assignments import Content
from quizapp.storage.ids import AssignmentId
from quizapp.storage.overrides import list_overrides
from quizapp.storage.tables import CourseRow
from tests.factories.people import MORNING
from tests.support.client import Client, Page
from tests.support.rows import read_rows
from tests.web.assigning_states import set_draft, set_exam, teach_exam
from tests.web.conftest import Site

FULL = AssignmentRules(
    opens_at=MORNING,
    due_at=datetime(2026, 3, 9, 22, 59, 59, tzinfo=UTC),
    closes_at=datetime(2026, 3, 20, 12, tzinfo=UTC),
    early=CreditStep(until=datetime(2026, 3, 5, tzinfo=UTC), credit=1.1),
    late=(
        CreditStep(until=datetime(2026, 3, 10, tzinfo=UTC), credit=0.8),
        CreditStep(until=datetime(2026, 3, 11, tzinfo=UTC), credit=0.5),
    ),
    practice=False,
    time_limit=timedelta(minutes=45),
    grace=timedelta(seconds=30),
    attempts_allowed=3,
    counts="average",
    shuffle_questions=True,
    shuffle_options=False,
    layout="all",
    feedback=FeedbackTable(during=frozenset(), right_after=frozenset({"attempt"})),
)
# The first row is left empty, so that the step is told by the row that it came from.
LATE = {"late-1-until": "2026-03-08T18:00", "late-1-credit": "80"}


@pytest.fixture
def tess(site: Site) -> Client:
    """Tess's browser, signed in."""
    return site.open("tess")


@pytest.fixture
def new(site: Site) -> str:
    """The address at which a new assignment is made."""
    return f"/courses/{site.things.course_id}/assignments/new"


def move_course(site: Site, timezone: str) -> None:
    with site.database.writing() as session:
        session.execute(update(CourseRow).values(timezone=timezone))
        session.commit()


def read_plan(site: Site, location: str) -> Plan:
    with site.database.reading() as session:
        tess = site.things.people["tess"]
        found = AssignmentId(int(location.rpartition("/")[2]))
        return get_plan(session, get_assignment(session, tess, found))


def boxes_of(page: Page) -> list[tuple[str, str]]:
    """Return the boxes that are ticked, which the form sends as well."""
    return [
        (each.attrib["name"], each.attrib.get("value", "y"))
        for each in page.tree.iter("input")
        if each.get("type") == "checkbox" and "checked" in each.attrib
    ]


def send_as_shown(tess: Client, address: str, page: Page, **fields: str) -> Page:
    """Send a form with everything in it as it stands, and these fields."""
    pairs = [*{**page.get_form(address).fields, **fields}.items(), *boxes_of(page)]
    return tess.post(address, "&".join(f"{k}={quote(v)}" for k, v in pairs).encode())


def quote(text: str) -> str:
    return "".join(f"%{byte:02X}" for byte in text.encode())


def make_full(site: Site) -> str:
    with site.database.writing() as session:
        plan = Plan(title="All", content=Content(version_id=site.things.version_id), rules=FULL)
        tess = site.things.people["tess"]
        added = create(session, tess, site.things.course_id, plan, MORNING)
        session.commit()
    return f"/teaching/assignments/{added}"


def test_a_form_that_is_sent_as_shown_changes_nothing(site: Site, tess: Client) -> None:
    move_course(site, "Africa/Bamako")
    address = make_full(site)
    before = read_plan(site, address)
    page = tess.get(f"{address}/edit")
    saved = send_as_shown(tess, f"{address}/edit", page)
    assert saved.status == 303
    assert read_plan(site, address) == before
    assert before.rules == FULL


def test_dates_are_those_of_the_course(site: Site, tess: Client, new: str) -> None:
    move_course(site, "Asia/Tokyo")
    page = tess.get(new)
    assert "Times are those of Asia/Tokyo" in page.words
    made = tess.post_form(new, page, title="T", due_at="2026-03-09T18:00")
    assert read_plan(site, made.location).rules.due_at == datetime(2026, 3, 9, 9, tzinfo=UTC)
    shown = tess.get(made.location)
    assert "9 March 2026, 18:00" in shown.words
    form = tess.get(f"{made.location}/edit").get_form(f"{made.location}/edit")
    assert form.fields["due_at"] == "2026-03-09T18:00"


def test_a_time_that_the_clocks_skip_is_refused(site: Site, tess: Client, new: str) -> None:
    move_course(site, "Europe/Paris")
    page = tess.post_form(new, tess.get(new), title="T", due_at="2026-03-29T02:30")
    assert page.status == 422
    assert "The clocks of Europe/Paris skip this time" in page.words


@pytest.mark.parametrize(
    ("fields", "target", "words"),
    [
        ({"title": ""}, "title", "There is no title"),
        ({"due_at": "tomorrow"}, "due_at", "Enter a date and time"),
        ({"opens_at": "2026-03-09T18:00", "due_at": "2026-03-08T18:00"}, "due_at", "before it op"),
        ({"early-credit": "110"}, "early-until", "Enter until when"),
        ({"due_at": "2026-03-09T18:00", **LATE}, "late-1-until", "does not end after"),
        ({"time_limit": "0"}, "time_limit", "time limit is not more than nothing"),
        ({"time_limit": "long"}, "time_limit", "Enter the minutes as a number"),
        ({"attempts_allowed": "1.5"}, "attempts_allowed", "Enter a whole number"),
        ({"points": "nan"}, "points", "Enter the points"),
        ({"picking": "list"}, "picks", "No question is chosen"),
        ({"picking": "draw"}, "picking", "No question is to be drawn"),
        ({"picking": "draw", "draws-0-count": "99"}, "picking", "99 questions of difficulty"),
        ({"feedback-during": "marks"}, "feedback-during", "cannot be shown without the attempt"),
    ],
)
def test_what_is_wrong_is_said_at_the_top_and_beside_the_field(
    site: Site, tess: Client, new: str, fields: dict[str, str], target: str, words: str
) -> None:
    before = read_rows(site.database)
    page = tess.post_form(new, tess.get(new), **{"title": "T", **fields})
    assert page.status == 422
    assert page.title.startswith("Error: ")
    assert page.words.count(words) == 2
    assert f"#{target}" in page.links
    assert read_rows(site.database) == before
    typed = page.get_form(new).fields
    assert {name: typed.get(name) for name in fields if name in typed}.items() <= fields.items()


def test_questions_are_drawn_as_the_form_says(site: Site, tess: Client) -> None:
    version_id = teach_exam(site)
    new = f"/courses/{site.things.course_id}/assignments/new"
    assert tess.get(new).words.count("version 1") == 2
    page = tess.get(f"{new}?version_id={version_id}")
    fields = {**next(f for f in page.forms() if "title" in f.fields).fields, "title": "Drawn"}
    fields |= {"picking": "draw", "draws-0-count": "2", "draws-2-count": "1"}
    made = tess.post(new, {**fields, "draws-2-tag": "numeric", "draws-2-difficulty": "0:0.5"})
    content = read_plan(site, made.location).content
    assert [(w.count, w.tag, w.hardest) for w in content.draws] == [
        (2, None, 1),
        (1, "numeric", 0.5),
    ]
    words = tess.get(made.location).words
    assert "3 questions drawn for each attempt: 2 of any section; 1 of the kind Number" in words


def test_picked_questions_keep_their_order(site: Site, tess: Client) -> None:
    address = f"/teaching/assignments/{site.things.assignment_id}"
    plan = read_plan(site, address)
    reverse = replace(plan, content=replace(plan.content, picks=plan.content.picks[::-1]))
    with site.database.writing() as session:
        tess_herself = site.things.people["tess"]
        added = create(session, tess_herself, site.things.course_id, reverse, MORNING)
        session.commit()
    address = f"/teaching/assignments/{added}"
    page = tess.get(f"{address}/edit")
    ticked = [value for name, value in boxes_of(page) if name == "picks"]
    assert sorted(ticked) == sorted(str(pick.question_id) for pick in plan.content.picks)
    assert send_as_shown(tess, f"{address}/edit", page, points="2").status == 303
    picks = read_plan(site, address).content.picks
    assert [p.question_id for p in picks] == [p.question_id for p in reverse.content.picks]
    assert {pick.points for pick in picks} == {2.0}


def test_a_draft_is_published_withdrawn_and_deleted(site: Site, tess: Client) -> None:
    address = set_draft(site)
    alice, title = site.open("alice"), "Draft"
    assert "Draft, not visible to students" in tess.get(address).words
    assert title not in alice.get("/").words
    page = tess.follow(tess.post_form(f"{address}/publish", tess.get(address)))
    assert "The assignment is published" in page.words
    assert title in alice.get("/").words
    page = tess.follow(tess.post_form(f"{address}/withdraw", page))
    assert "is a draft again" in page.words
    listed = tess.follow(tess.post_form(f"{address}/delete", page))
    assert "The assignment Draft is deleted." in listed.words
    assert tess.get(address).status == 404


def test_once_begun_the_form_offers_no_questions(site: Site, tess: Client) -> None:
    address = f"/teaching/assignments/{site.things.assignment_id}"
    page = tess.get(f"{address}/edit")
    assert "its questions and points stay as they are" in page.words
    before = read_plan(site, address).content
    forged = {"title": "New title", "picking": "version", "points": "7"}
    assert tess.post_form(f"{address}/edit", page, **forged).status == 303
    assert read_plan(site, address).content == before
    assert read_plan(site, address).title == "New title"
    shown = tess.get(address)
    assert not any(f.action.endswith(("/withdraw", "/delete")) for f in shown.forms())


def test_a_stale_form_keeps_what_was_typed_and_stores_nothing(site: Site, tess: Client) -> None:
    address = f"/teaching/assignments/{site.things.assignment_id}/edit"
    shown = tess.get(address)
    tess.post_form(address, shown, title="One")
    page = tess.post_form(address, shown, title="Two")
    assert page.status == 422
    assert "was changed meanwhile" in page.words
    assert page.get_form(address).fields["title"] == "Two"
    assert read_plan(site, address.removesuffix("/edit")).title == "One"


def test_a_password_is_kept_changed_and_taken_away(site: Site, tess: Client, new: str) -> None:
    made = tess.post_form(new, tess.get(new), title="T", password="open sesame")
    address, alice = made.location, site.things.people["alice"]
    tess.post_form(f"{address}/publish", tess.get(address))
    found = AssignmentId(int(address.rpartition("/")[2]))

    def is_asked(password: str) -> bool:
        with site.database.reading() as session:
            return bool(prove_password(session, alice, found, password, address="", now=MORNING))

    assert "open sesame" not in tess.get(f"{address}/edit").text
    tess.post_form(f"{address}/edit", tess.get(f"{address}/edit"), title="U")
    assert is_asked("open sesame")
    tess.post_form(f"{address}/edit", tess.get(f"{address}/edit"), password="another")
    assert is_asked("another")
    tess.post_form(f"{address}/edit", tess.get(f"{address}/edit"), no_password="y")
    assert not is_asked("")


def test_a_preview_stores_nothing_and_another_number_is_another_attempt(
    site: Site, tess: Client
) -> None:
    address = f"/teaching/assignments/{set_exam(site)[0]}/preview"
    before = read_rows(site.database)
    page, other = tess.get(address), tess.get(f"{address}?number=2")
    assert "Question 8 of 8" in page.words
    assert f"{address}?number=2" in page.links
    assert page.words != other.words
    assert tess.get(address).words == page.words
    assert read_rows(site.database) == before


def test_the_list_counts_students_and_not_attempts(site: Site, tess: Client) -> None:
    page = tess.get(f"/courses/{site.things.course_id}/assignments")
    assert "Week one Open" in page.words
    assert "1 of 2" in page.words
    with site.database.reading() as session:
        (line,) = list_lines(session, site.things.course_id, MORNING)
    assert (line.begun, line.submitted) == (1, 1)  # Alice began twice.


def test_an_exception_is_set_changed_and_removed(site: Site, tess: Client) -> None:
    found, _ = set_exam(site)
    address, bob = f"/teaching/assignments/{found}/exceptions", site.things.people["bob"].id

    def stored() -> list[Override]:
        with site.database.reading() as session:
            return [each.override for each in list_overrides(session, found)]

    whose = f"learner-{bob}"
    page = tess.follow(tess.post_form(address, tess.get(address), whose=whose, time_factor="1,5"))
    assert "1.5 times as long (30 minutes)" in page.words
    assert stored() == [Override(time_factor=1.5)]
    form = tess.get(f"{address}?whose={whose}")
    assert form.get_form(address).fields["time_factor"] == "1.5"
    fields = {"time_factor": "", "extra_minutes": "10", "unlimited": "y"}
    tess.post_form(address, form, **fields)
    assert stored() == [Override(extra_minutes=10, attempts_allowed=UNLIMITED)]
    gone = tess.follow(tess.post_form(f"{address}/remove", tess.get(address)))
    assert "Nothing is different for anybody." in gone.words
    assert stored() == []


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "Say what is different"),
        ({"whose": "learner-3", "extra_minutes": "5"}, "Choose a student or a section"),
        ({"whose": "x", "extra_minutes": "5"}, "Choose a student or a section"),
        ({"time_factor": "1.5", "extra_minutes": "5"}, "both in minutes and as a factor"),
        ({"time_factor": "0.5"}, "not more than 1"),
        ({"extra_minutes": "a few"}, "Enter whole minutes"),
        ({"opens_at": "2026-03-02T23:00"}, "It is due before it opens"),
    ],
)
def test_an_exception_with_problems_is_refused(
    site: Site, tess: Client, fields: dict[str, str], words: str
) -> None:
    address = f"/teaching/assignments/{set_exam(site)[0]}/exceptions"
    before = read_rows(site.database)
    page = tess.post_form(address, tess.get(address), **fields)
    assert page.status == 422
    assert words in page.words
    assert page.title.startswith("Error: ")
    assert read_rows(site.database) == before


def test_an_assistant_reads_and_has_nothing_to_change(site: Site) -> None:
    kim, course = site.open("kim"), f"/courses/{site.things.course_id}"
    one = f"/teaching/assignments/{site.things.assignment_id}"
    for address in (f"{course}/assignments", one, f"{one}/exceptions", f"{one}/questions"):
        page = kim.get(address)
        assert [form.action for form in page.forms() if form.method == "post"] == ["/sign-out"]
        assert not any(link.endswith(("/edit", "/new", "/key")) for link in page.links)


def test_flashcards_are_named_where_an_assignment_is_made(tess: Client, new: str) -> None:
    assert "25 questions of this set can be asked; its 25 flashcards are only for reviews." in (
        tess.get(new).words
    )
