"""Questions loaded ahead: those that would be asked, but none that an open assignment asks."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from quizapp.errors import NotFoundError
from quizapp.services.checking import check_database
from quizapp.services.quizzing.submitting import submit as hand_in
from quizapp.services.reviewing.answering import answer
from quizapp.services.reviewing.asking import Asking, ask_next
from quizapp.services.reviewing.packing import MOST, Pack, pack_study
from quizapp.services.reviewing.studies import start_study
from quizapp.storage.accounts import Account
from quizapp.storage.engine import Database
from quizapp.storage.ids import StudyId
from tests.factories.assignments import HOUR, RULES, Exam, begin, build_exam
from tests.factories.memories import make_due, remember
from tests.factories.people import MORNING, build_world, right_value, submit
from tests.support.statements import counting

SECOND = timedelta(seconds=1)


def start(database: Database, account: Account) -> StudyId:
    with database.writing() as session:
        study_id = start_study(session, account, MORNING)
        session.commit()
    return study_id


def load(database: Database, account: Account, study_id: StudyId, now: datetime = MORNING) -> Pack:
    with database.reading() as session:
        return pack_study(session, account, study_id, now)


def answer_in_turn(database: Database, account: Account, study_id: StudyId) -> list[Asking]:
    """Answer what is asked, one after the other, while there are new facts."""
    asked: list[Asking] = []
    now = MORNING
    while True:
        now += SECOND
        with database.writing() as session:
            asking = ask_next(session, account, study_id, now)
            if asking is None or asking.reps:
                return asked
            form = submit(asking, key=str(now), value=right_value(asking), shown_at=now)
            answer(session, account, study_id, form, now)
            session.commit()
        asked.append(asking)


def test_a_pack_holds_what_would_be_asked_in_its_order(database: Database) -> None:
    world = build_world(database, facts=7)
    study_id = start(database, world.alice)
    pack = load(database, world.alice, study_id)
    asked = answer_in_turn(database, world.alice, study_id)
    assert len(asked) == 7
    assert [each.question_id for each in pack.questions] == [each.question_id for each in asked]
    assert [each.order for each in pack.questions] == [each.order for each in asked]
    assert check_database(database).clean


def test_a_pack_is_bounded(database: Database) -> None:
    world = build_world(database, facts=MOST + 30)
    with database.writing() as session:
        for number in range(1, MOST + 31):
            remember(session, world.alice.id, f"f{number}", make_due(), shuffle=number)
        session.commit()
    study_id = start(database, world.alice)
    with counting(database) as statements:
        pack = load(database, world.alice, study_id)
    assert len(pack.questions) == len({each.fact_id for each in pack.questions}) == MOST
    assert len(statements) == 5


def asks_exam(database: Database, exam: Exam, study_id: StudyId, now: datetime = MORNING) -> bool:
    """Tell whether Alice's pack has a question that the exam asks; cards it does not ask."""
    pack = load(database, exam.alice, study_id, now)
    assert pack.questions
    return any(
        each.passage.version_id == exam.version_id and each.question.kind != "flashcard"
        for each in pack.questions
    )


def test_a_pack_has_no_question_of_an_assignment_that_may_still_be_sat(
    database: Database,
) -> None:
    exam = build_exam(database)
    study_id = start(database, exam.alice)
    assert not asks_exam(database, exam, study_id)
    attempt_id = begin(database, exam)
    assert not asks_exam(database, exam, study_id)
    with database.writing() as session:
        hand_in(session, exam.alice, attempt_id, MORNING)
        session.commit()
    assert asks_exam(database, exam, study_id)


@pytest.mark.parametrize(("hours", "withheld"), [(-2, True), (0, True), (3, True), (5, False)])
def test_an_assignment_withholds_its_questions_until_it_is_closed(
    database: Database, hours: int, withheld: bool
) -> None:
    exam = build_exam(database, rules=replace(RULES, attempts_allowed=None))
    study_id = start(database, exam.alice)
    assert asks_exam(database, exam, study_id, MORNING + hours * HOUR) != withheld


def test_a_pack_is_its_learners_own(database: Database) -> None:
    world = build_world(database)
    study_id = start(database, world.alice)
    for stranger in (world.bob, world.charlie):
        with pytest.raises(NotFoundError):
            load(database, stranger, study_id)
