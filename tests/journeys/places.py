"""Every page in the states that look different, as stops for those who look at all of them."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count

from quizapp.formats.table_templates import QUESTIONS, write_csv_template
from quizapp.kinds.question import KindName
from quizapp.memory.fit_figures import Outcome
from quizapp.services.accounts.registering import issue_password_link
from quizapp.services.practising.planning import Wish
from quizapp.services.quizzing.submitting import submit as submit_attempt
from quizapp.services.reporting.scores import report_assignment
from quizapp.services.reviewing.answering import answer
from quizapp.services.reviewing.asking import Asking, ask_next
from quizapp.services.reviewing.choosing import Act, choose
from quizapp.services.reviewing.days import queue_query
from quizapp.services.reviewing.studies import start_study
from quizapp.storage.accounts import Account
from quizapp.storage.ids import (
    AssignmentId,
    AttemptId,
    CourseId,
    QuestionId,
    ReviewId,
    SetId,
    StudyId,
    VersionId,
)
from quizapp.storage.queue import load_queue
from tests.factories.desk import OWN_KEY, make_own_set
from tests.factories.disputes import make_dispute
from tests.factories.fits import make_fitting, make_own_fitting
from tests.factories.people import right_value, submit, wrong_value
from tests.factories.practising import practise
from tests.factories.uploads import build_canal
from tests.journeys.conftest import AMINA, MARIA, SAM, Opener, School
from tests.journeys.reader import Reader

_numbers = count()
NOBODY = ""
# Refusals that a browser mentions in its console while it shows their pages.
REFUSALS = (404, 409, 422)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A page as one person sees it.

    `fill` are fields by their selectors, `press` is a button to press there first, which brings
    `awaited`.
    """

    name: str
    who: str
    path: str
    press: str = ""
    fill: Mapping[str, str] = field(default_factory=dict)
    awaited: str = ".error-summary"


def list_places(school: School) -> list[Place]:
    """Bring the school into all states and return where to see them."""
    question = find_asking(school, SAM, "choice")
    card = find_asking(school, AMINA, "flashcard")
    wrong, right = answer_both(school, SAM)
    set_aside(school, SAM)
    report_problem(school, SAM)
    fit_parameters(school, MARIA)
    _, asked = find_asking(school, SAM, "choice")
    link = issue_link(school)
    practised = practise_twice(school, AMINA)
    questions = f"/sets/{write_set(school, MARIA)}/questions"
    scores = "/courses/1/assignments/1/report"
    asked_there = f"{scores}/questions/{find_doubtful(school)}"
    study, cards = f"/review/{question[0]}", f"/review/{card[0]}"
    uncovered = f"{cards}?reveal={card[1].question_id}"
    canal = f"/sets/{build_canal(school.database, school.get_account(MARIA))}"
    return [
        Place(name="sign in", who=NOBODY, path="/sign-in"),
        Place(name="without a network", who=NOBODY, path="/offline"),
        Place(name="sign in, empty", who=NOBODY, path="/sign-in", press="Sign in"),
        Place(name="set password", who=NOBODY, path=link),
        Place(name="today", who=SAM, path="/"),
        Place(name="today, with history", who=AMINA, path="/"),
        Place(name="progress", who=AMINA, path="/progress"),
        Place(name="own parameters", who=AMINA, path="/progress/parameters"),
        Place(name="plan for the exam", who=AMINA, path="/courses/1/plan"),
        Place(name="question", who=SAM, path=study),
        Place(name="question, nothing chosen", who=SAM, path=study, press="Check answer"),
        Place(name="question, hinted", who=SAM, path=f"{study}?hint={asked.question_id}"),
        Place(name="report a problem", who=SAM, path=f"/questions/{asked.question_id}/problem"),
        Place(name="right", who=SAM, path=f"{study}/answers/{right}"),
        Place(name="wrong", who=SAM, path=f"{study}/answers/{wrong}"),
        Place(name="facts set aside", who=SAM, path="/facts/aside"),
        Place(name="summary", who=SAM, path=f"{study}/summary"),
        Place(name="settings", who=SAM, path="/settings"),
        Place(name="settings of an instructor", who=MARIA, path="/settings"),
        Place(name="delete", who=SAM, path="/settings/delete"),
        Place(name="delete, no password", who=SAM, path="/settings/delete", press="Delete my"),
        Place(name="delete, refused", who=MARIA, path="/settings/delete"),
        Place(name="card", who=AMINA, path=cards),
        Place(name="card, uncovered", who=AMINA, path=uncovered),
        Place(name="sets", who=MARIA, path="/sets"),
        Place(name="set", who=MARIA, path="/versions/1?q=Koufa"),
        Place(name="set, whole", who=MARIA, path="/sets/1"),
        Place(name="set, its questions", who=MARIA, path="/sets/1/questions?q=2017"),
        Place(name="set, its changes", who=MARIA, path="/sets/1/history"),
        Place(name="set, new", who=MARIA, path="/sets/new", press="Begin the set"),
        Place(name="set, nothing found", who=MARIA, path="/versions/1?q=nothing+at+all"),
        Place(name="article, none", who=MARIA, path="/sets/from-article", press="Read the"),
        Place(name="article, read", who=MARIA, path=f"{canal}/article"),
        Place(name="facts", who=MARIA, path=f"{canal}/facts"),
        Place(name="fact", who=MARIA, path=f"{canal}/facts/f003"),
        Place(name="fact, refused", who=MARIA, path=f"{canal}/facts/f004", press="Accept"),
        Place(name="fact, new", who=MARIA, path=f"{canal}/new-fact?section=2"),
        Place(name="names", who=MARIA, path=f"{canal}/names"),
        Place(name="questions, reviewed", who=MARIA, path=f"{questions}/review?show=all"),
        Place(name="publication", who=MARIA, path=f"{canal}/publish"),
        Place(name="kinds of question", who=MARIA, path=f"{questions}/new"),
        Place(name="question editor", who=MARIA, path=f"{questions}/{OWN_KEY}"),
        Place(
            name="question editor, refused",
            who=MARIA,
            path=f"{questions}/new?kind=matching",
            press="Save question",
        ),
        Place(name="import", who=MARIA, path="/sets/import"),
        Place(
            name="import, problems",
            who=MARIA,
            path="/sets/import",
            fill={"#title": "Planets", "#text": "kind,question\ncard,What?\nchoise,"},
            press="Check the table",
        ),
        Place(
            name="import, every kind",
            who=MARIA,
            path="/sets/import",
            fill={"#title": "Planets", "#text": write_csv_template(QUESTIONS)},
            press="Check the table",
            awaited="#plan-heading",
        ),
        Place(name="report", who=MARIA, path="/courses/1/report"),
        Place(name="reports", who=MARIA, path="/reports"),
        Place(name="score report", who=MARIA, path=scores),
        Place(name="score report, question", who=MARIA, path=asked_there),
        Place(name="score report, answers", who=MARIA, path=f"{asked_there}/answers"),
        Place(name="score report, students", who=MARIA, path=f"{scores}/students?which=all"),
        Place(name="problems of a course", who=MARIA, path="/courses/1/problems"),
        Place(name="parameters", who=MARIA, path="/courses/1/parameters"),
        Place(name="memories", who=MARIA, path="/courses/1/memories"),
        Place(name="facts of a class", who=MARIA, path="/courses/1/report/facts"),
        Place(name="students of a class", who=MARIA, path="/courses/1/report/students"),
        Place(name="practice", who=SAM, path="/practice"),
        Place(name="practice, with quizzes", who=AMINA, path="/practice"),
        Place(name="practice, result", who=AMINA, path=f"/attempts/{practised}/result"),
        Place(name="article", who=AMINA, path="/articles/1?quote=JNIM"),
        Place(name="keys", who=AMINA, path="/keys"),
        Place(name="accessibility", who=NOBODY, path="/accessibility"),
        Place(name="not found", who=AMINA, path="/nothing"),
    ]


def find_doubtful(school: School) -> QuestionId:
    """Return the question of the demonstration's quiz that its report doubts most."""
    maria, now = school.get_account(MARIA), school.clock.now
    with school.database.reading() as session:
        report = report_assignment(session, maria, CourseId(1), AssignmentId(1), now)
    return report.checks[0].question_id


def find_asking(school: School, email: str, kind: KindName) -> tuple[StudyId, Asking]:
    """Let a learner answer until a question of that kind is before them."""
    return reach(school, email, lambda asking: asking.question.kind == kind)


def reach(
    school: School, email: str, is_wanted: Callable[[Asking], bool]
) -> tuple[StudyId, Asking]:
    """Let a learner answer rightly until such a question is before them."""
    account = school.get_account(email)
    now = school.clock.now
    with school.database.writing() as session:
        study_id = start_study(session, account, now)
        for _ in range(40):
            asking = ask_next(session, account, study_id, now)
            assert asking is not None
            if is_wanted(asking):
                session.commit()
                return study_id, asking
            form = submit(
                asking, key=f"place-{next(_numbers)}", value=right_value(asking), shown_at=now
            )
            answer(session, account, study_id, form, now)
    raise AssertionError("no such question")


def answer_both(school: School, email: str) -> tuple[ReviewId, ReviewId]:
    """Let a learner answer one choice wrongly and one rightly; the next one is a choice again."""
    wrong = answer_one(school, school.get_account(email), right=False)
    find_asking(school, email, "choice")
    right = answer_one(school, school.get_account(email), right=True)
    find_asking(school, email, "choice")
    return wrong, right


def answer_one(school: School, account: Account, *, right: bool) -> ReviewId:
    """Answer what is before a learner."""
    now = school.clock.now
    with school.database.writing() as session:
        study_id = start_study(session, account, now)
        asking = ask_next(session, account, study_id, now)
        assert asking is not None
        value = right_value(asking) if right else wrong_value(asking)
        form = submit(asking, key=f"place-{next(_numbers)}", value=value, shown_at=now)
        review_id = answer(session, account, study_id, form, now)
        session.commit()
    return review_id


def set_aside(school: School, email: str) -> None:
    """Let a learner set aside the facts that would come last, one in each way."""
    account, now = school.get_account(email), school.clock.now
    acts: tuple[Act, ...] = ("bury", "suspend", "flag")
    with school.database.writing() as session:
        last = load_queue(session, queue_query(account, now))[-len(acts) :]
        for act, each in zip(acts, last, strict=True):
            choose(session, account, each.fact_id, act, now)
        session.commit()


def practise_twice(school: School, email: str) -> AttemptId:
    """Let a learner begin two practice quizzes and submit one, which is returned."""
    account, now = school.get_account(email), school.clock.now
    wish = Wish(course_id=CourseId(1), version_id=VersionId(1), most=3)
    one, _ = (practise(school.database, account, wish, now) for _ in range(2))
    with school.database.writing() as session:
        submit_attempt(session, account, one.attempt_id, now)
        session.commit()
    return one.attempt_id


def write_set(school: School, email: str) -> SetId:
    """Let an instructor write a set, with a question of their own."""
    with school.database.writing() as session:
        set_id = make_own_set(session, school.get_account(email))
        session.commit()
    return set_id


def report_problem(school: School, email: str) -> None:
    """Let a learner report a problem of a question."""
    with school.database.writing() as session:
        make_dispute(session, school.get_account(email), now=school.clock.now)
        session.commit()


def fit_parameters(school: School, email: str) -> None:
    """Let fittings of the course end in ways that look different, and a learner use their own."""
    instructor, now = school.get_account(email), school.clock.now
    outcomes: tuple[Outcome, ...] = ("few", "tie", "better")
    with school.database.writing() as session:
        for outcome in outcomes:
            make_fitting(session, instructor, CourseId(1), now, outcome=outcome)
        make_own_fitting(session, school.get_account(AMINA), now, used=True)
        session.commit()


def issue_link(school: School) -> str:
    """Return the address at which somebody sets a password."""
    with school.database.writing() as session:
        token = issue_password_link(session, school.get_account(SAM), school.clock.now)
        session.commit()
    return f"/set-password/{token}"


def walk(school: School, open_reader: Opener, **settings: object) -> Iterator[tuple[Place, Reader]]:
    """Show every place to a reader who is signed in as the person who sees it."""
    places = list_places(school)
    reader = open_reader(**settings)
    for status in REFUSALS:
        reader.complaints.expect(status)
    for who in dict.fromkeys(place.who for place in places):
        reader.page.context.clear_cookies()
        if who != NOBODY:
            reader.sign_in(who, school.passwords[who])
        for place in places:
            if place.who == who:
                reader.visit(place.path)
                for selector, text in place.fill.items():
                    reader.page.locator(selector).fill(text)
                if place.press:
                    reader.press_button(place.press)
                    reader.page.locator(place.awaited).wait_for()
                yield place, reader
