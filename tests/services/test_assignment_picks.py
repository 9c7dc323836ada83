"""Picked questions are put into another order, with points of their own, until somebody begins."""

import pytest
from sqlalchemy.orm import Session

from quizapp.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError
from quizapp.services.assigning.creating import arrange_picks
from quizapp.services.quizzing.looking import look
from quizapp.services.quizzing.starting import start
from quizapp.storage.accounts import Account
from quizapp.storage.assignments import Pick, list_picks
from quizapp.storage.courses import enrol
from quizapp.storage.engine import Database
from quizapp.storage.ids import AssignmentId
from quizapp.storage.roles import ASSISTANT
from tests.factories.assignments import make_site_assignment
from tests.factories.people import MORNING, World, make_world
from tests.support.rows import read_rows


def pick(database: Database) -> tuple[World, AssignmentId, tuple[Pick, ...]]:
    """Set three picked questions of a point each."""
    with database.writing() as session:
        world = make_world(session)
        assignment_id = make_site_assignment(session, world)
        session.commit()
        return world, assignment_id, list_picks(session, assignment_id)


def arrange(
    session: Session,
    who: Account,
    assignment_id: AssignmentId,
    picks: tuple[Pick, ...],
    edits: int = 0,
) -> None:
    arrange_picks(session, who, assignment_id, picks, MORNING, expected_edits=edits)


def test_an_attempt_asks_the_picked_questions_in_their_order_for_their_points(
    database: Database,
) -> None:
    world, assignment_id, (one, two, three) = pick(database)
    wanted = (
        Pick(question_id=three.question_id, points=2.5),
        one,
        Pick(question_id=two.question_id, points=0.5),
    )
    with database.writing() as session:
        arrange(session, world.tess, assignment_id, wanted)
        session.commit()
    with database.writing() as session:
        attempt_id = start(session, world.alice, assignment_id, MORNING, key="k")
        paper = look(session, world.alice, attempt_id, MORNING)
        assert list_picks(session, assignment_id) == wanted
    assert [each.points for each in paper.questions] == [2.5, 1.0, 0.5]


def test_what_is_stale_begun_or_unfit_changes_nothing(database: Database) -> None:
    world, assignment_id, picks = pick(database)
    turned = tuple(reversed(picks))
    heavy = (Pick(question_id=picks[0].question_id, points=1001.0), *picks[1:])
    with database.writing() as session:
        arrange(session, world.tess, assignment_id, turned)
        session.commit()
    before = read_rows(database)
    with database.writing() as session:
        for sent, edits, refusal in (
            (picks, 0, ConflictError),
            (picks[:2], 1, ConflictError),
            (heavy, 1, InvalidError),
        ):
            with pytest.raises(refusal):
                arrange(session, world.tess, assignment_id, sent, edits)
        start(session, world.alice, assignment_id, MORNING, key="k")
        with pytest.raises(ConflictError, match="have begun"):
            arrange(session, world.tess, assignment_id, picks, 1)
        session.rollback()
    assert read_rows(database) == before


def test_only_an_instructor_of_the_course_arranges(sqlite_database: Database) -> None:
    world, assignment_id, picks = pick(sqlite_database)
    with sqlite_database.writing() as session:
        with pytest.raises(NotFoundError):
            arrange(session, world.charlie, assignment_id, picks)
        enrol(
            session,
            course_id=world.course_id,
            account_id=world.charlie.id,
            role=ASSISTANT,
            now=MORNING,
        )
        with pytest.raises(ForbiddenError):
            arrange(session, world.charlie, assignment_id, picks)
