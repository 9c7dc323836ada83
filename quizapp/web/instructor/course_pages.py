"""The page of a course, which several forms come back to with what is wrong."""

from dataclasses import dataclass

from flask import render_template
from flask.typing import ResponseReturnValue

from quizapp.services.courses.codes import write_code
from quizapp.services.courses.inviting import last_day_of
from quizapp.services.courses.looking import CourseSheet, look_at_course
from quizapp.storage.ids import CourseId
from quizapp.web.access import get_current, read_now
from quizapp.web.extensions import db
from quizapp.web.instructor.course_forms import ROLES, CodeForm, TeacherForm, VersionForm
from quizapp.web.join_links import make_join_link


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeView:
    """A join code as it is read out, the link with it, and whether it has expired."""

    words: str
    link: str
    expired: bool


def render_course(
    course_id: CourseId,
    *,
    code: CodeForm | None = None,
    teacher: TeacherForm | None = None,
    version: VersionForm | None = None,
) -> ResponseReturnValue:
    """Render a course's page; a form that is handed in is shown with its errors."""
    sheet = look_at_course(db.session(), get_current(), course_id)
    failed = next((form for form in (code, teacher, version) if form is not None), None)
    page = render_template(
        "instructor/course.html",
        sheet=sheet,
        course=sheet.course,
        code=_show_code(sheet),
        code_form=code or CodeForm(formdata=None, last_day=last_day_of(sheet.course)),
        teacher_form=teacher or TeacherForm(formdata=None),
        version_form=version or VersionForm(formdata=None),
        failed=failed,
        roles=ROLES,
        may_change=sheet.course.role == "instructor" and sheet.course.archived_at is None,
    )
    return page, 422 if failed else 200


def _show_code(sheet: CourseSheet) -> CodeView | None:
    course = sheet.course
    if course.join_code is None:
        return None
    return CodeView(
        words=write_code(course.join_code),
        link=make_join_link(course.join_code),
        expired=course.join_until is not None and read_now() >= course.join_until,
    )
