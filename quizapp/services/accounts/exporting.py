"""A person's own data as one JSON document, `quizapp-learner/1`; README says what is in it.

What an instructor has not shown yet stays unshown: as long as an attempt's page does not say
whether its answers are right, neither do its marks here, the reviews it led to, nor the memories
of their facts.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby

from sqlalchemy.orm import Session

from quizapp.formats.parts_json import write_parts
from quizapp.services.quizzing.looking import list_shown
from quizapp.storage.accounts import SETTINGS, Account
from quizapp.storage.attempts import Sitting
from quizapp.storage.ids import AttemptId
from quizapp.storage.own_data import Record, list_sittings, stream_own

FORMAT = "quizapp-learner/1"
# Study days are stored as numbers and written as the dates on which they begin.
_DAYS = ("study_day", "due_day", "last_day", "buried_day")
_SCORE = ("points", "maximum", "credit")
_MARK = ("fraction", "granted", "dropped", "decided_at")
_RESULT = ("fraction", "grade", "interval_days")


def export_own(session: Session, person: Account, now: datetime) -> bytes:
    """Return the document in UTF-8: as many statements as it has parts, whatever its length."""
    parts = _Copy(session=session, person=person, now=now).list_parts()
    return "".join(write_parts(parts)).encode()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Copy:
    """The parts of the document; `untold` collects the facts whose memory would tell a mark."""

    session: Session
    person: Account
    now: datetime
    untold: set[tuple[object, object]] = field(default_factory=set)

    def list_parts(self) -> dict[str, object]:
        """Return the parts by name, in the order in which they have to be written."""
        sittings = list_sittings(self.session, self.person.id)
        hidden = {each.attempt.id for each in sittings if not self._is_told(each)}
        return {
            "format": FORMAT,
            "exported_at": self.now,
            "account": self._describe_account(),
            "settings": self._describe_settings(),
            "courses": self._list_courses(),
            "sessions": self._part("sessions"),
            "reviews": (self._untell_review(each, hidden) for each in self._part("reviews")),
            "memories": (each for each in self._part("memories") if _name(each) not in self.untold),
            "attempts": self._list_attempts(sittings),
            "saves": self._part("saves"),
            "grades": self._part("grades"),
            "fact_choices": self._part("fact_choices"),
            "disputes": self._part("disputes"),
            "sets": self._part("sets"),
            "shared_sets": self._part("shared_sets"),
            "editor_saves": self._part("editor_saves"),
            "set_changes": self._part("set_changes"),
            "uploads": self._part("uploads"),
            "parameter_fits": self._part("parameter_fits"),
        }

    def _part(self, name: str) -> Iterator[Record]:
        return map(_write_days, stream_own(self.session, self.person.id, name))

    def _describe_account(self) -> Record:
        (account,) = self._part("account")
        names = {name: getattr(self.person, name) for name in ("email", "name", "role")}
        return {**account, **names, "sign_ins": list(self._part("sign_ins"))}

    def _describe_settings(self) -> Record:
        usual = {name: getattr(self.person, name) for name in SETTINGS}
        return {**usual, "day_limits": list(self._part("day_limits"))}

    def _list_courses(self) -> list[Record]:
        sections = list(self._part("sections"))
        return [
            {
                **course,
                "sections": [
                    each["title"] for each in sections if each["course"] == course["number"]
                ],
            }
            for course in self._part("courses")
        ]

    def _is_told(self, sitting: Sitting) -> bool:
        return "correctness" in list_shown(sitting, self.now)

    def _untell_review(self, review: Record, hidden: set[AttemptId]) -> Record:
        if review["attempt"] not in hidden:
            return review
        self.untold.add(_name(review))
        return _without(review, _RESULT)

    def _list_attempts(self, sittings: Iterable[Sitting]) -> Iterator[Record]:
        questions = {
            attempt_id: list(group)
            for attempt_id, group in groupby(
                self._part("attempt_questions"), lambda each: each.pop("attempt")
            )
        }
        for sitting in sittings:
            shown = list_shown(sitting, self.now)
            asked = questions.get(sitting.attempt.id, [])
            yield {
                **_describe_attempt(sitting, told="marks" in shown),
                "questions": [
                    each if "correctness" in shown else _without(each, _MARK) for each in asked
                ],
            }


def _describe_attempt(sitting: Sitting, *, told: bool) -> Record:
    attempt, names = sitting.attempt, ("number", "started_at", "deadline_at", "submitted_at")
    return {
        "attempt": attempt.id,
        "course": sitting.assignment.course_id,
        "assignment": sitting.assignment.title,
        **{name: getattr(attempt, name) for name in names},
        "submitted_by_time": attempt.auto,
        **{name: getattr(attempt, name) if told else None for name in _SCORE},
    }


def _without(record: Record, names: Iterable[str]) -> Record:
    return {**record, **dict.fromkeys(names)}


def _name(record: Record) -> tuple[object, object]:
    return record["set"], record["fact"]


def _write_days(record: Record) -> Record:
    days = {name: day for name in _DAYS if isinstance(day := record.get(name), int)}
    return {**record, **{name: date.fromordinal(day) for name, day in days.items()}}
