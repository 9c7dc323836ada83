"""A person's own data as a file: all of it, nothing of others, no secret, no mark too early."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TypeAlias, TypedDict

from quizapp.attempts.switches import FeedbackTable
from quizapp.services.accounts.exporting import export_own
from quizapp.services.authoring.editing import keep_sheet
from quizapp.services.authoring.sharing import share_set
from quizapp.services.authoring.sheets import begin_sheet
from quizapp.storage.accounts import Account
from quizapp.storage.base import Base
from quizapp.storage.engine import Database
from quizapp.storage.ids import AttemptId
from tests.factories.assignments import RULES, Exam, build_exam
from tests.factories.courses import make_account
from tests.factories.desk import build_desk
from tests.factories.leaving import PASSWORD_HASH, TOKEN_HASH, live_fully
from tests.factories.people import MORNING
from tests.factories.uploads import begin_canal
from tests.support.rows import read_rows
from tests.support.statements import counting

PLANETS = "the-discovery-of-the-outer-planets"
LATER = MORNING + timedelta(days=2)
HIDDEN = replace(
    RULES,
    feedback=FeedbackTable(right_after=frozenset({"attempt"}), while_open=frozenset({"attempt"})),
)


Record: TypeAlias = dict[str, object]


# The part of the document that holds the rows of a table that are a person's.
COPIED = {
    "sign_in": "account",
    "enrolment": "courses",
    "exam_plan": "courses",
    "section_member": "courses",
    "day_limit": "settings",
    "study_session": "sessions",
    "review": "reviews",
    "memory": "memories",
    "attempt": "attempts",
    "assignment": "attempts",
    "grade_override": "grades",
    "fact_choice": "fact_choices",
    "dispute": "disputes",
    "parameter_fit": "parameter_fits",
    "question_set": "sets",
    "set_share": "shared_sets",
    "editor_save": "editor_saves",
    "set_change": "set_changes",
    "article_upload": "uploads",
}
# Why the rows of these tables are not copied.
LEFT_OUT = {
    "password_link": "a secret",
    "introduction": "follows from the memories",
    "assignment_override": "told by when an attempt was to end",
    "mark_change": "names who changed a mark; the marks are copied",
    "question_correction": "names who made it; it is the course's",
    "set_version": "names who published it; told by the changes of sets",
    "set_draft": "names who changed it last; told by the changes of sets",
    "draft_fact": "names who decided; told by the changes of sets",
    "draft_question": "names who decided; told by the changes of sets",
    "set_image": "names who added it; a picture is the set's",
}


class Attempt(TypedDict):
    """An attempt of the document."""

    attempt: int
    assignment: str
    points: float | None
    maximum: float | None
    credit: float | None
    questions: list[Record]


class Document(TypedDict):
    """Those parts of the document that tests look into."""

    format: str
    account: Record
    settings: Record
    courses: list[Record]
    reviews: list[Record]
    memories: list[Record]
    attempts: list[Attempt]
    disputes: list[Record]
    sets: list[Record]
    shared_sets: list[Record]
    editor_saves: list[Record]
    set_changes: list[Record]
    uploads: list[Record]


def export(database: Database, person: Account, now: datetime = LATER) -> Document:
    with database.reading() as session:
        document: Document = json.loads(export_own(session, person, now))
    return document


def live(database: Database) -> Exam:
    exam = build_exam(database)
    for learner in (exam.alice, exam.world.bob):
        live_fully(database, exam, learner)
    return exam


def test_the_file_holds_all_that_is_stored_about_a_person(database: Database) -> None:
    exam = live(database)
    document: Mapping[str, object] = export(database, exam.alice)
    rows = read_rows(database)
    assert document["format"] == "quizapp-learner/1"
    for part, table in {
        "reviews": "review",
        "memories": "memory",
        "sessions": "study_session",
        "attempts": "attempt",
        "saves": "response_save",
        "grades": "grade_override",
        "fact_choices": "fact_choice",
        "disputes": "dispute",
        "parameter_fits": "parameter_fit",
    }.items():
        hers = document[part]
        assert isinstance(hers, list)
        # Alice and Bob did the same.
        assert len(hers) * 2 == len(rows[table]) > 0, part


def test_the_file_says_what_happened(database: Database) -> None:
    exam = live(database)
    document = export(database, exam.alice)
    account, settings = document["account"], document["settings"]
    assert (account["email"], account["role"]) == (exam.alice.email, "learner")
    assert account["created_at"] == MORNING.isoformat()
    moment = MORNING.isoformat()
    assert account["sign_ins"] == [{"created_at": moment, "used_at": moment}]
    assert (settings["retention"], settings["theme"]) == (0.9, "system")
    assert settings["day_limits"] == [
        {"study_day": "2026-03-02", "new_per_day": 3, "reviews_per_day": 4}
    ]
    (course,) = document["courses"]
    assert (course["title"], course["exam_retention"]) == ("Astronomy", 0.85)
    assert course["sections"] == ["Section of Alice"]
    undone, kept, *_ = document["reviews"]
    assert (undone["undone_at"], kept["undone_at"]) == (MORNING.isoformat(), None)
    assert (undone["fraction"], kept["fraction"]) == (1.0, 0.0)
    assert (kept["fact"], kept["study_day"]) == ("f1", "2026-03-02")
    assert document["memories"][0]["statement"]
    first = next(each for each in document["attempts"] if each["assignment"] == "The exam")
    assert (first["points"], first["maximum"]) == (8.0, 8.0)
    assert [each["fraction"] for each in first["questions"]][:8] == [1.0] * 8
    assert document["disputes"][0]["text"] == "Alice doubts it"


def test_nothing_secret_and_nothing_of_others_is_in_the_file(database: Database) -> None:
    exam = live(database)
    with database.reading() as session:
        text = export_own(session, exam.alice, LATER).decode()
    assert TOKEN_HASH not in text
    assert PASSWORD_HASH not in text
    assert "hash" not in text
    assert "Bob" not in text
    assert exam.world.bob.email not in text


def test_marks_wait_until_the_page_of_the_attempt_shows_them(database: Database) -> None:
    exam = build_exam(database, rules=HIDDEN)
    attempt_id = live_fully(database, exam, exam.alice)
    told = find_marks(export(database, exam.alice), attempt_id)
    hidden_page = export(database, exam.alice, MORNING + timedelta(hours=1))
    hidden = find_marks(hidden_page, attempt_id)
    assert {each for marks in told for each in marks if each is None} == set()
    assert {each for marks in hidden for each in marks} == {None}
    assert len(hidden) == len(told)
    tested = name_facts(each for each in hidden_page["reviews"] if each["attempt"] == attempt_id)
    assert tested
    assert name_facts(hidden_page["memories"]).isdisjoint(tested)


def name_facts(records: Iterable[Record]) -> set[tuple[object, object]]:
    return {(each["set"], each["fact"]) for each in records}


def find_marks(document: Document, attempt_id: AttemptId) -> list[tuple[object, ...]]:
    """Return all that says how an attempt was marked."""
    attempt = next(each for each in document["attempts"] if each["attempt"] == attempt_id)
    answered = [each for each in attempt["questions"] if each["saves"]]
    reviews = [each for each in document["reviews"] if each["attempt"] == attempt_id]
    return [
        (attempt["points"], attempt["maximum"], attempt["credit"]),
        *((each["fraction"], each["dropped"]) for each in answered),
        *((each["fraction"], each["grade"]) for each in reviews),
    ]


def test_a_longer_history_takes_no_more_statements(database: Database) -> None:
    exam = build_exam(database)
    with counting(database) as before:
        export(database, exam.alice)
    live_fully(database, exam, exam.alice)
    with counting(database) as statements:
        export(database, exam.alice)
    assert len(statements) == 20
    assert len([each for each in before if each in statements]) == 20


def test_every_table_that_names_a_person_is_copied_or_left_out_for_a_reason(
    database: Database,
) -> None:
    naming = {
        table.name
        for table in Base.metadata.tables.values()
        for key in table.foreign_keys
        if key.column.table.name == "account"
    }
    assert naming - COPIED.keys() == LEFT_OUT.keys()
    assert COPIED.keys() <= naming | {"section_member", "exam_plan"}
    parts = export(database, live(database).alice).keys()
    assert set(COPIED.values()) <= parts


def test_who_writes_sets_takes_away_what_was_left_in_the_editor(database: Database) -> None:
    desk = build_desk(database)
    with database.writing() as session:
        kim = make_account(session, "Kim", "instructor")
        share_set(session, desk.tess, desk.set_id, email=kim.email, may="edit", now=MORNING)
        begin_canal(session, desk.tess)
        for person in (desk.tess, kim):
            sheet = replace(begin_sheet("flashcard"), stem=f"Words of {person.name}")
            keep_sheet(session, person, desk.set_id, "", sheet, seen=None, now=MORNING)
        session.commit()
    hers, kims = export(database, desk.tess), export(database, kim)
    for document, name in ((hers, "Tess"), (kims, "Kim")):
        (save,) = document["editor_saves"]
        assert (save["set"], save["saved_at"]) == (PLANETS, MORNING.isoformat())
        assert isinstance(save["fields"], dict)
        assert save["fields"]["stem"] == f"Words of {name}"
    assert [(each["set"], each["may"]) for each in kims["shared_sets"]] == [(PLANETS, "edit")]
    assert PLANETS in {each["set"] for each in hers["sets"]}
    assert [each["name"] for each in hers["uploads"]] == ["canal.md"]
    assert {each["action"] for each in hers["set_changes"]} >= {"imported", "shared"}
    assert (hers["shared_sets"], kims["sets"]) == ([], [])
    assert (kims["set_changes"], kims["uploads"]) == ([], [])
    assert "Kim" not in json.dumps(hers)


def test_an_instructor_has_a_file_too(database: Database) -> None:
    exam = live(database)
    document = export(database, exam.tess)
    assert [each["role"] for each in document["courses"]] == ["instructor"]
    assert (document["reviews"], document["attempts"]) == ([], [])
