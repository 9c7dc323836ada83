"""A review is of one fact: a question that asks for several moves that fact by its own part."""

from random import Random

import pytest
from sqlalchemy.orm import Session

from quizapp.errors import ConflictError, NotFoundError
from quizapp.kinds.marking import Mark
from quizapp.kinds.question import FactKey, KindName
from quizapp.kinds.registry import get_kind
from quizapp.memory import Grade, Review
from quizapp.services.checking import check_database
from quizapp.services.demo.answers import draw_guess, write_right
from quizapp.services.reviewing.answering import Submission, answer, mark_fact
from quizapp.services.reviewing.asking import Asking, ask_next
from quizapp.services.reviewing.feedback import look_back
from quizapp.services.reviewing.studies import start_study
from quizapp.storage.accounts import Account, add_account
from quizapp.storage.courses import add_course, enrol, teach
from quizapp.storage.engine import Database
from quizapp.storage.histories import load_history
from quizapp.storage.ids import FactId, StudyId
from quizapp.storage.publishing import publish
from tests.factories.kinds import ALL, make_kind, make_kind_version
from tests.factories.people import MORNING, submit


def begin(session: Session, kind: KindName) -> tuple[Account, StudyId, Asking]:
    """Bring a learner before the question of a course that has no other."""
    learner = add_account(
        session, email="a@b.example", name="A", role="learner", timezone="UTC", now=MORNING
    )
    version = publish(session, make_kind_version(kind), owner_id=None, now=MORNING)
    course = add_course(session, title="Kinds", timezone="UTC", now=MORNING)
    teach(session, course_id=course, version_id=version)
    enrol(session, course_id=course, account_id=learner.id, role="learner", now=MORNING)
    study_id = start_study(session, learner, MORNING)
    return learner, study_id, get_asking(session, learner, study_id)


def get_asking(session: Session, learner: Account, study_id: StudyId) -> Asking:
    asking = ask_next(session, learner, study_id, MORNING)
    assert asking is not None
    return asking


def send(
    asking: Asking, value: str, *, key: str = "k", fact_id: FactId | None = None
) -> Submission:
    form = submit(asking, key=key, value=value, shown_at=MORNING)
    return Submission(
        question_id=form.question_id,
        fact_id=form.fact_id if fact_id is None else fact_id,
        expected_reps=form.expected_reps,
        shown_at=form.shown_at,
        key=form.key,
        fields=form.fields,
    )


@pytest.mark.parametrize(
    ("kind", "value", "parts"),
    [
        # Items by alphabet: the crossing, the landing, the return; right is 1 0 2.
        ("ordering", "2 1 0", (1.0, 0.5, 0.0)),
        ("matching", "0 2 -", (1.0, 0.0, 0.0)),
        ("select_all", "0 4", (1.0, 0.0, 1.0)),
    ],
)
def test_each_fact_of_a_question_is_reviewed_by_its_own_part(
    database: Database, kind: KindName, value: str, parts: tuple[float, ...]
) -> None:
    found: dict[str, tuple[float, Grade]] = {}
    with database.writing() as session:
        learner, study_id, _ = begin(session, kind)
        for number in range(3):
            asking = get_asking(session, learner, study_id)
            form = send(asking, value, key=f"k{number}")
            review_id = answer(session, learner, study_id, form, MORNING)
            feedback = look_back(session, learner, study_id, review_id, MORNING)
            entry = load_history(session, learner.id, asking.fact_id).entries[0]
            assert isinstance(entry, Review)
            found[feedback.fact_key] = (feedback.fraction, entry.grade)
            assert not feedback.right
            assert feedback.mark == get_kind(kind).mark(asking.question, feedback.response)
        session.commit()
    assert found == {
        f"f{place}": (part, Grade.GOOD if part >= 0.5 else Grade.AGAIN)
        for place, part in enumerate(parts, 1)
    }
    assert check_database(database).clean


def test_another_fact_than_those_of_the_question_is_not_found(database: Database) -> None:
    with database.writing() as session:
        learner, study_id, asking = begin(session, "choice")
        form = send(asking, "1", fact_id=FactId(asking.fact_id + 99))
        with pytest.raises(NotFoundError):
            answer(session, learner, study_id, form, MORNING)


def test_a_key_that_served_one_fact_does_not_serve_another(database: Database) -> None:
    with database.writing() as session:
        learner, study_id, asking = begin(session, "matching")
        value = write_right(asking.question)
        review_id = answer(session, learner, study_id, send(asking, value), MORNING)
        assert answer(session, learner, study_id, send(asking, value), MORNING) == review_id
        other = get_asking(session, learner, study_id)
        assert other.question_id == asking.question_id
        assert other.fact_id != asking.fact_id
        with pytest.raises(ConflictError, match="used for another answer"):
            answer(session, learner, study_id, send(other, value), MORNING)


def test_a_mark_without_parts_is_that_of_every_fact() -> None:
    question = make_kind("choice")
    assert mark_fact(question, Mark(fraction=0.25), "f1") == 0.25
    several = make_kind("matching")
    assert several.facts[2] == FactKey("f3")
    assert mark_fact(several, Mark(fraction=0.5, parts=(1.0, 0.0, 0.5)), "f3") == 0.5


@pytest.mark.parametrize("kind", ALL)
def test_a_simulated_learner_answers_every_kind_rightly_or_as_a_form_can_be_read(
    kind: KindName,
) -> None:
    question, rng = make_kind(kind), Random(3)
    handler = get_kind(kind)
    assert handler.mark(question, handler.parse(question, {"answer": write_right(question)})).right
    guesses = [draw_guess(rng, question) for _ in range(60)]
    marks = [
        handler.mark(question, handler.parse(question, {"answer": guess})) for guess in guesses
    ]
    assert any(mark.fraction < 1 for mark in marks)
    if kind not in {"flashcard", "cloze"}:
        assert len(set(guesses)) > 1
