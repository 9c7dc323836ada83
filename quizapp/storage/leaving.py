"""An account is deleted with all rows of its owner, and what stands in the way of that."""

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session, aliased

from quizapp.storage.ids import AccountId
from quizapp.storage.roles import INSTRUCTOR
from quizapp.storage.tables import AccountRow, AssignmentRow, AttemptRow, CourseRow, EnrolmentRow

_Mine = aliased(EnrolmentRow, name="mine")


def list_led_alone(session: Session, person_id: AccountId, *, lock: bool) -> tuple[str, ...]:
    """Return the titles of the courses whose only instructor the person is.

    With `lock` nobody else changes who teaches the person's courses until the transaction ends.
    """
    mine = (_Mine.account_id == person_id) & (_Mine.role == INSTRUCTOR)
    if lock:
        led = select(CourseRow.id).join(_Mine, _Mine.course_id == CourseRow.id).where(mine)
        session.execute(led.order_by(CourseRow.id).with_for_update(of=CourseRow))
    alone = (
        select(CourseRow.title)
        .join(_Mine, _Mine.course_id == CourseRow.id)
        .join(EnrolmentRow, EnrolmentRow.course_id == CourseRow.id)
        .where(mine, EnrolmentRow.role == INSTRUCTOR)
        .group_by(CourseRow.id, CourseRow.title)
        .having(func.count() == 1)
        .order_by(CourseRow.title, CourseRow.id)
    )
    return tuple(session.scalars(alone))


def count_admins(session: Session, *, lock: bool) -> int:
    """Count the administrators who may sign in; with `lock` none of them leaves meanwhile."""
    admins = select(AccountRow.id).where(
        AccountRow.role == "admin", AccountRow.disabled_at.is_(None)
    )
    if lock:
        admins = admins.order_by(AccountRow.id).with_for_update()
    return len(session.scalars(admins).all())


def delete_account(session: Session, person_id: AccountId) -> None:
    """Delete an account with all rows of its owner.

    Attempts go first, in the order in which others lock them: no assignment goes while it has
    attempts, and the owner's practice quizzes are such. All else goes with the account's row, or
    forgets whose it was.
    """
    attempts = select(AttemptRow.id).where(AttemptRow.learner_id == person_id)
    session.execute(attempts.order_by(AttemptRow.id).with_for_update())
    for statement in (
        delete(AttemptRow).where(AttemptRow.learner_id == person_id),
        delete(AssignmentRow).where(AssignmentRow.practised_by == person_id),
        delete(AccountRow).where(AccountRow.id == person_id),
    ):
        session.execute(statement.execution_options(synchronize_session=False))
