"""Assignments and attempts: a version with every kind, and learners who sit it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import count

from sqlalchemy.orm import Session

from quizapp.attempts.rules import AssignmentRules
from quizapp.formats.questions_json import question_to_dict
from quizapp.kinds.question import FactKey, KindName, Option, Question, QuestionKey
from quizapp.services.assigning.creating import create, publish
from quizapp.services.assigning.planning import Plan
from quizapp.services.quizzing.looking import Paper, look
from quizapp.services.quizzing.saving import Saved, Saving, save
from quizapp.services.quizzing.starting import start
from quizapp.storage.accounts import Account
from quizapp.storage.assignments import Content, Pick, list_version_questions
from quizapp.storage.courses import teach
from quizapp.storage.engine import Database
from quizapp.storage.ids import AssignmentId, AttemptId, QuestionId, VersionId
from quizapp.storage.publishing import NewQuestion, NewVersion
from quizapp.storage.publishing import publish as publish_version
from tests.factories.people import MORNING, World, make_world
from tests.factories.questions import SECTION, make_question, make_version

HOUR = timedelta(hours=1)
SECOND = timedelta(seconds=1)
# Every kind that can be marked; f1 to f8 are its facts, two of which also stand in group questions.
MARKED: tuple[KindName, ...] = (
    *("choice", "select_all", "true_false", "cloze", "numeric", "date", "ordering", "matching"),
)
RULES = AssignmentRules(
    opens_at=MORNING - HOUR,
    due_at=MORNING + 2 * HOUR,
    closes_at=MORNING + 4 * HOUR,
    attempts_allowed=1,
)
RIGHT: Mapping[KindName, str] = {
    "choice": "1",
    "select_all": "0 2",
    "true_false": "true",
    "cloze": "the Milky Way",
    "numeric": "1,762",
    "date": "2 March 2017",
    "ordering": "2 0 1",
    "matching": "1 0",
}
WRONG: Mapping[KindName, str] = {
    "choice": "0",
    "select_all": "1 3",
    "true_false": "false",
    "cloze": "Andromeda",
    "numeric": "3",
    "date": "3 March 2017",
    "ordering": "1 0 2",
    "matching": "0 1",
}
_keys = count(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Exam:
    """A world in which Alice and Bob have a published assignment."""

    world: World
    version_id: VersionId
    assignment_id: AssignmentId

    @property
    def alice(self) -> Account:
        """The learner who sits it."""
        return self.world.alice

    @property
    def tess(self) -> Account:
        """The instructor who set it."""
        return self.world.tess


def make_kind(kind: KindName, fact: str) -> Question:
    """Return a question of any kind; `RIGHT` holds its right answer."""
    plain = replace(make_question("choice", fact), kind=kind, options=(), guess=0.0)
    plain = replace(plain, id=QuestionKey(f"{fact}-{kind}"), stem=f"A question ({kind}) on {fact}?")
    if kind == "select_all":
        return replace(plain, options=_options(0, 2), answer="both", facts=_facts(fact, "f1"))
    if kind == "ordering":
        order = ("third by letter", "a first by letter", "second by letter")
        return replace(plain, order=order, answer="in order", facts=_facts(fact, "f1", "f2"))
    if kind == "matching":
        pairs = (("a prompt", "yellow"), ("the prompt", "blue"))
        return replace(plain, pairs=pairs, answer="matched", facts=_facts(fact, "f3"))
    return _make_typed(kind, fact, plain)


def make_exam_version(*, key: str = "exam") -> NewVersion:
    """Return a version of eight facts with one question of each kind, and a flashcard."""
    version = make_version(len(MARKED), kinds=("flashcard",), key=key)
    questions = [make_kind(kind, f"f{n}") for n, kind in enumerate(MARKED, 1)]
    added = tuple(
        NewQuestion(
            key=question.id,
            kind=question.kind,
            guess=question.guess,
            facts=question.facts,
            section=SECTION,
            paragraph=1,
            body={**question_to_dict(question)},
        )
        for question in questions
    )
    return replace(version, questions=(*added, *version.questions[:1]))


def make_exam(
    session: Session,
    *,
    rules: AssignmentRules = RULES,
    content: Content | None = None,
    password_hash: str | None = None,
) -> Exam:
    """Make the world with an assignment of every kind, published."""
    world = make_world(session)
    version_id = publish_version(session, make_exam_version(), owner_id=world.tess.id, now=MORNING)
    teach(session, course_id=world.course_id, version_id=version_id)
    plan = Plan(
        title="The exam",
        content=replace(content, version_id=version_id)
        if content
        else Content(version_id=version_id),
        rules=rules,
    )
    assignment_id = create(
        session, world.tess, world.course_id, plan, MORNING, password_hash=password_hash
    )
    publish(session, world.tess, assignment_id)
    return Exam(world=world, version_id=version_id, assignment_id=assignment_id)


def build_exam(database: Database, *, rules: AssignmentRules = RULES) -> Exam:
    """Make the exam and commit it."""
    with database.writing() as session:
        exam = make_exam(session, rules=rules)
        session.commit()
    return exam


def make_site_assignment(session: Session, world: World) -> AssignmentId:
    """Set three choices of the world's own version, open for a month and as often as one likes."""
    choices = [q for q in list_version_questions(session, world.version_id) if q.kind == "choice"]
    content = Content(
        version_id=world.version_id,
        picking="list",
        picks=tuple(Pick(question_id=each.id, points=1.0) for each in choices[:3]),
    )
    rules = replace(RULES, due_at=None, closes_at=MORNING + 720 * HOUR, attempts_allowed=None)
    plan = Plan(title="Week one", content=content, rules=rules)
    assignment_id = create(session, world.tess, world.course_id, plan, MORNING)
    publish(session, world.tess, assignment_id)
    return assignment_id


def list_question_ids(session: Session, version_id: VersionId) -> dict[str, QuestionId]:
    """Return the questions of a version by kind."""
    return {each.kind: each.id for each in list_version_questions(session, version_id)}


def begin(
    database: Database, exam: Exam, at: datetime = MORNING, *, learner: Account | None = None
) -> AttemptId:
    """Begin an attempt, and commit."""
    with database.writing() as session:
        attempt_id = start(
            session, learner or exam.alice, exam.assignment_id, at, key=f"start-{next(_keys)}"
        )
        session.commit()
    return attempt_id


def give(
    session: Session,
    learner: Account,
    paper: Paper,
    position: int,
    text: str,
    at: datetime,
    *,
    key: str | None = None,
    expected_saves: int | None = None,
) -> Saved:
    """Save an answer to a question as it stands in a paper."""
    saves = paper.questions[position].saves if expected_saves is None else expected_saves
    saving = Saving(
        position=position,
        expected_saves=saves,
        key=key or f"save-{next(_keys)}",
        fields={"answer": text},
    )
    return save(session, learner, paper.attempt_id, saving, at)


def answer_all(
    database: Database,
    exam: Exam,
    attempt_id: AttemptId,
    at: datetime,
    *,
    right: bool = True,
    learner: Account | None = None,
    most: int = 8,
) -> None:
    """Answer the first questions of an attempt, and commit."""
    values = RIGHT if right else WRONG
    who = learner or exam.alice
    with database.writing() as session:
        paper = look(session, who, attempt_id, at)
        for each in paper.questions[:most]:
            give(session, who, paper, each.position, values[each.question.kind], at)
        session.commit()


def _facts(*keys: str) -> tuple[FactKey, ...]:
    return tuple(FactKey(key) for key in keys)


def _options(*right: int) -> tuple[Option, ...]:
    return tuple(Option(text=f"thing {place}", correct=place in right) for place in range(4))


def _make_typed(kind: KindName, fact: str, plain: Question) -> Question:
    if kind == "choice":
        return replace(make_question("choice", fact))
    if kind == "true_false":
        return replace(plain, answer="true", guess=0.5)
    if kind == "cloze":
        return replace(plain, stem="Our galaxy is _____.", answer="Milky Way", accept=("Galaxy",))
    if kind == "numeric":
        return replace(plain, answer="1762", unit="stars")
    return replace(plain, answer="2017-03-02")
