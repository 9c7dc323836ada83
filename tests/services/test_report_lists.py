"""What there are reports on is listed for those who may see them, with who has finished."""

from quizapp.services.courses.roster import remove_learner
from quizapp.services.reporting.listing import CourseReports, list_reports
from quizapp.storage.accounts import Account
from quizapp.storage.engine import Database
from tests.factories.people import MORNING
from tests.factories.reports import build_quiz, due_later, make_quiz
from tests.support.statements import counting


def look(database: Database, person: Account) -> tuple[CourseReports, ...]:
    with database.reading() as session:
        return list_reports(session, person)


def test_the_newest_assignment_comes_first_with_those_who_finished(database: Database) -> None:
    quiz = build_quiz(database, (1.0,), [(1.0,), (0.0,), (1.0,)])
    with database.writing() as session:
        make_quiz(session, (1.0,), world=quiz.world, title="Later", rules=due_later(9))
        session.commit()
    with counting(database) as statements:
        [found] = look(database, quiz.world.tess)
    assert len(statements) == 2
    assert [(each.title, each.finished) for each in found.assignments] == [
        ("Later", 0),
        ("Quiz", 3),
    ]


def test_who_left_the_course_is_not_counted(database: Database) -> None:
    quiz = build_quiz(database, (1.0,), [(1.0,), (0.0,)])
    world = quiz.world
    with database.writing() as session:
        remove_learner(session, world.tess, world.course_id, world.alice.id, MORNING)
        session.commit()
    [found] = look(database, world.tess)
    assert [each.finished for each in found.assignments] == [1]


def test_learners_and_strangers_are_listed_nothing(database: Database) -> None:
    world = build_quiz(database, (1.0,), [(1.0,), (0.0,)]).world
    assert look(database, world.alice) == ()
    assert look(database, world.charlie) == ()
