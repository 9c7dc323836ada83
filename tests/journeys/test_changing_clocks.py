"""A night in which the clocks change: the study day begins at its hour, and at no other."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from quizapp.services.checking import check_database
from quizapp.storage.tables import AccountRow, ReviewRow
from tests.journeys.conftest import SAM, Opener, School
from tests.journeys.reader import Reader
from tests.journeys.test_next_day import study_the_day_before

SECOND = timedelta(seconds=1)
NEW_PER_DAY = 20
# In Berlin: where the clock is put forward at two and back at three, and the day begins at four;
# where it begins in the hour left out, and where in the hour that comes twice, the first time.
NIGHTS = {
    "an hour short": (4, datetime(2026, 3, 29, 2, tzinfo=UTC)),
    "an hour long": (4, datetime(2026, 10, 25, 3, tzinfo=UTC)),
    "in the hour left out": (2, datetime(2026, 3, 29, 1, tzinfo=UTC)),
    "in the hour twice": (2, datetime(2026, 10, 25, 0, tzinfo=UTC)),
}


def live_in_berlin(school: School, rollover_hour: int) -> None:
    """Let Sam's days begin at an hour of Berlin."""
    person = update(AccountRow).where(AccountRow.email == SAM)
    with school.database.writing() as session:
        session.execute(person.values(timezone="Europe/Berlin", rollover_hour=rollover_hour))
        session.commit()


def look_at_today(sam: Reader) -> tuple[int, int]:
    """Return how many facts are due and how many new ones are left of the day's limit."""
    sam.visit("/")
    return int(sam.figure("Due")), int(sam.figure("New"))


def list_study_days(school: School) -> list[int]:
    """Return the study days of Sam's answers, the last one first."""
    of_sam = ReviewRow.learner_id == school.get_account(SAM).id
    with school.database.reading() as session:
        return list(
            session.scalars(select(ReviewRow.study_day).where(of_sam).order_by(ReviewRow.id.desc()))
        )


@pytest.mark.parametrize("night", NIGHTS)
def test_a_study_day_begins_at_its_hour_though_the_clocks_change(
    school: School, open_reader: Opener, night: str
) -> None:
    hour, rollover = NIGHTS[night]
    live_in_berlin(school, hour)
    study_the_day_before(school, rollover - timedelta(hours=16))
    school.clock.now = rollover - timedelta(hours=3)
    sam = open_reader()
    sam.sign_in(SAM, school.passwords[SAM])
    left = look_at_today(sam)[1]
    assert 0 < left < NEW_PER_DAY
    for before in (timedelta(hours=2), timedelta(hours=1), SECOND):
        school.clock.now = rollover - before
        assert look_at_today(sam) == (0, left)
    sam.press_button("Start reviewing")
    if sam.is_flashcard:
        sam.uncover()
    session, asked_before = sam.page.url.partition("?")[0], school.get_question(sam.question_id)
    school.clock.now = rollover
    sam.answer(asked_before, right=True)
    sam.leave_question(asked_before)
    assert sam.page.url == session
    new_day = rollover.toordinal()
    assert list_study_days(school)[:2] == [new_day, new_day - 1]
    # What was asked over the rollover was in learning, so that the limit is untouched.
    due, new, _ = sam.counts
    assert (due > 0, new) == (True, NEW_PER_DAY)
    assert look_at_today(sam) == (due, new)
    assert check_database(school.database).clean
