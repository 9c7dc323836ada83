"""What is new, gone or changed between two versions of a set."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from sqlalchemy.orm import Session

from quizapp.errors import NotFoundError
from quizapp.formats.questions_json import question_from_dict
from quizapp.kinds.question import Question
from quizapp.services.authoring.access import get_set
from quizapp.storage.accounts import Account
from quizapp.storage.comparing import load_bodies, load_statements
from quizapp.storage.ids import SetId, VersionId
from quizapp.storage.set_lists import VersionLine, list_set_versions
from quizapp.storage.sets import SetDetails

Key = TypeVar("Key", bound=Hashable)
Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference(Generic[Thing]):
    """What only the later version has, only the former one, and pairs of what has changed."""

    added: tuple[Thing, ...]
    removed: tuple[Thing, ...]
    changed: tuple[tuple[Thing, Thing], ...]
    unchanged: int

    def list_pairs(self) -> list[tuple[Thing | None, Thing | None]]:
        """Return what is new, gone and changed, each as it was (None: not there) and as it is."""
        new = [(None, thing) for thing in self.added]
        gone = [(thing, None) for thing in self.removed]
        return [*new, *gone, *self.changed]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two versions of a set and how they differ in facts (as statements) and questions."""

    details: SetDetails
    former: VersionLine
    latter: VersionLine
    versions: tuple[VersionLine, ...]
    facts: Difference[str]
    questions: Difference[Question]


def compare_versions(
    session: Session, person: Account, set_id: SetId, former: VersionId, latter: VersionId
) -> Comparison:
    """Return how two versions of a set differ: six statements.

    A question of the same kind and template on the same facts counts as the same, changed or not.

    Raises:
        NotFoundError: no such set for this person, or it has no such versions.
    """
    details = get_set(session, person, set_id)
    versions = list_set_versions(session, set_id)
    known = {version.id: version for version in versions}
    if not {former, latter} <= known.keys():
        raise NotFoundError("The set has no such version.")
    return Comparison(
        details=details,
        former=known[former],
        latter=known[latter],
        versions=versions,
        facts=compare(load_statements(session, former), load_statements(session, latter)),
        questions=compare(_load(session, former), _load(session, latter)),
    )


def compare(former: Mapping[Key, Thing], latter: Mapping[Key, Thing]) -> Difference[Thing]:
    """Return how two mappings differ, in the order of the latter."""
    both = [key for key in latter if key in former]
    changed = tuple((former[key], latter[key]) for key in both if former[key] != latter[key])
    return Difference(
        added=tuple(thing for key, thing in latter.items() if key not in former),
        removed=tuple(thing for key, thing in former.items() if key not in latter),
        changed=changed,
        unchanged=len(both) - len(changed),
    )


def _load(session: Session, version_id: VersionId) -> dict[tuple[str, ...], Question]:
    questions = [question_from_dict(body) for body in load_bodies(session, version_id)]
    return name_apart(questions)


def name_apart(questions: Sequence[Question]) -> dict[tuple[str, ...], Question]:
    """Name each question by what it asks; those of one name are numbered in their order."""
    named: dict[tuple[str, ...], Question] = {}
    for question in questions:
        name = (*question.facts, question.template, question.kind)
        number = 1
        while (*name, str(number)) in named:
            number += 1
        named[*name, str(number)] = question
    return named
