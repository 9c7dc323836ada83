"""The day after: the facts that come are those that the memory says are due, and no others."""

import csv
import json
from datetime import datetime, timedelta
from pathlib import Path

from click.testing import CliRunner
from sqlalchemy import select, update

from quizapp.cli.memory import memory
from quizapp.services.checking import check_database
from quizapp.services.reviewing.undoing import undo
from quizapp.storage.engine import Database
from quizapp.storage.ids import AccountId
from quizapp.storage.tables import AccountRow, ReviewRow, UndoRow
from tests.factories.people import MORNING, answer_next
from tests.journeys.conftest import SAM, Opener, School
from tests.journeys.reader import Reader

DAY = timedelta(days=1)


def study_the_day_before(school: School, first: datetime = MORNING) -> AccountId:
    """Let Sam answer thirty questions, every fourth wrongly and one of them undone."""
    sam = school.get_account(SAM)
    with school.database.writing() as session:
        for number in range(30):
            at = first + number * timedelta(minutes=1)
            key = f"story-{number}"
            _, review_id = answer_next(session, sam, at, key=key, right=number % 4 > 0)
            if number == 10:
                undo(session, sam, review_id, at)
        session.commit()
    return sam.id


def teach_nothing_new(database: Database, learner_id: AccountId) -> None:
    """Let the learner meet no new facts, so that reviews alone come."""
    with database.writing() as session:
        session.execute(update(AccountRow).where(AccountRow.id == learner_id).values(new_per_day=0))
        session.commit()


def write_log(database: Database, learner_id: AccountId, file: Path) -> None:
    """Write the learner's log, without what was undone."""
    with database.reading() as session:
        rows = session.execute(
            select(
                ReviewRow.learner_id,
                ReviewRow.fact_id,
                ReviewRow.at,
                ReviewRow.grade,
                ReviewRow.guess,
            )
            .outerjoin(UndoRow, UndoRow.review_id == ReviewRow.id)
            .where(ReviewRow.learner_id == learner_id, UndoRow.review_id.is_(None))
            .order_by(ReviewRow.at, ReviewRow.id)
        ).all()
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(("learner", "fact", "time", "grade", "g"))
        writer.writerows((row[0], row[1], row[2].isoformat(), row[3], row[4]) for row in rows)


def list_due(file: Path, now: datetime) -> set[int]:
    """Return the facts that `quizapp memory replay` says are due."""
    result = CliRunner().invoke(memory, ["replay", str(file), "--json"])
    assert result.exit_code == 0, result.output
    memories = json.loads(result.stdout)["memories"]
    return {int(each["fact"]) for each in memories if datetime.fromisoformat(each["due"]) <= now}


def review_all(sam: Reader, school: School) -> list[int]:
    """Answer rightly until nothing waits, and return the facts in the order they came."""
    facts = []
    while sam.heading != "Session summary":
        if sam.is_flashcard:
            sam.uncover()
        question, fact_id = school.get_question(sam.question_id), sam.fact_id
        facts.append(fact_id)
        sam.answer(question, right=True)
        sam.leave_question(question)
    return facts


def test_the_reviews_of_the_next_day_are_those_that_the_log_says_are_due(
    school: School, open_reader: Opener, tmp_path: Path
) -> None:
    learner_id = study_the_day_before(school)
    teach_nothing_new(school.database, learner_id)
    school.clock.now = MORNING + DAY
    log = tmp_path / "log.csv"
    write_log(school.database, learner_id, log)
    due = list_due(log, school.clock.now)
    assert len(due) > 5
    sam = open_reader()
    sam.sign_in(SAM, school.passwords[SAM])
    sam.press_button("Start reviewing")
    facts = review_all(sam, school)
    assert sorted(facts) == sorted(due)
    assert check_database(school.database).clean
    write_log(school.database, learner_id, log)
    assert list_due(log, school.clock.now) == set()
    sam.follow("Back to today")
    assert "Nothing due." in sam.main.inner_text()
