"""What to review, as the form of the first page names it."""

from collections.abc import Mapping

from quizapp.services.reviewing.today import AHEAD_DAYS
from quizapp.storage.ids import CourseId
from quizapp.storage.scopes import Scope
from quizapp.web.addresses import read_id

_AHEAD = {str(days): days for days in AHEAD_DAYS}


def read_scope(fields: Mapping[str, str]) -> Scope | None:
    """Return the scope that the form asks for, None to resume whatever is open.

    `what` is "" for everything, the number of a course, or that with a section: "3:Founding".
    `ahead` is within how many days the facts are due; what is none of the choices counts as today.
    """
    what = fields.get("what")
    if what is None:
        return None
    course, _, section = what.partition(":")
    return Scope(
        course_id=CourseId(read_id(course)) if what else None,
        section=section or None,
        ahead_days=_AHEAD.get(fields.get("ahead", ""), 0),
    )
