"""Weights are fitted to a learner, hold before those of their courses, and are given back."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from quizapp.cli.handlers import HANDLERS
from quizapp.errors import ConflictError, NotFoundError
from quizapp.jobs import JobState
from quizapp.memory import FittedWeights, Grade, name_version
from quizapp.memory.fit_figures import LEAST_TESTED
from quizapp.memory.fitting_process import FitResult, LoggedAnswers
from quizapp.services.checking import check_database
from quizapp.services.fitting import looking, running
from quizapp.services.fitting.looking import OwnDesk, look_at_fittings, look_at_own_fittings
from quizapp.services.fitting.own import cancel_own, start_own, use_own, withdraw_own
from quizapp.services.fitting.using import withdraw_fitting
from quizapp.services.progress.looking import look_at_progress
from quizapp.services.reviewing.answering import answer
from quizapp.services.reviewing.asking import ask_next
from quizapp.services.reviewing.keeping import KeptAnswer, store_kept
from quizapp.services.reviewing.studies import start_study
from quizapp.services.reviewing.undoing import undo
from quizapp.storage.accounts import Account
from quizapp.storage.courses import add_course, enrol, teach
from quizapp.storage.engine import Database
from quizapp.storage.fit_logs import count_tested, load_log
from quizapp.storage.fittings import FitSubject
from quizapp.storage.ids import CourseId, FitId, ReviewId
from quizapp.storage.tables import ReviewRow
from tests.factories.fits import make_figures, make_fitting, make_own_fitting
from tests.factories.logs import Entry, write_log
from tests.factories.people import MORNING, World, answer_next, build_world, right_value, submit
from tests.factories.simulated_logs import FORGETFUL, LASTING
from tests.support.jobs import run_jobs
from tests.support.statements import counting

DAY, SECOND = timedelta(days=1), timedelta(seconds=1)
STANDARD = name_version(0.9)


@pytest.fixture
def few_suffice(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let two answers be enough to ask for a fitting."""
    monkeypatch.setattr(looking, "LEAST_TESTED", 2)


def study_for_days(database: Database, learner: Account) -> None:
    """Let three answers be given, each a day or more after the one before, and one undone."""
    with database.writing() as session:
        days = {"f1": (9, 7, 4), "f2": (8, 7)}
        log = [Entry(fact=fact, at=MORNING - n * DAY) for fact in days for n in days[fact]]
        write_log(session, learner, log)
        _, review_id = answer_next(session, learner, MORNING - DAY, key=f"undone {learner.id}")
        undo(session, learner, review_id, MORNING - DAY)
        session.commit()


def start(database: Database, learner: Account, at: timedelta = timedelta(0)) -> FitId:
    with database.writing() as session:
        fit_id = start_own(session, learner, MORNING + at)
        session.commit()
    return fit_id


def put_in_use(database: Database, learner: Account) -> FitId:
    with database.writing() as session:
        fit_id = make_own_fitting(session, learner, MORNING, used=True)
        session.commit()
    return fit_id


def put_in_use_for_all(database: Database, world: World) -> FitId:
    with database.writing() as session:
        fit_id = make_fitting(session, world.tess, world.course_id, MORNING, used=True)
        session.commit()
    return fit_id


def look(database: Database, learner: Account) -> OwnDesk:
    with database.reading() as session:
        return look_at_own_fittings(session, learner)


def answer_once(database: Database, learner: Account, at: timedelta) -> tuple[ReviewId, str]:
    """Let somebody answer, and return the review with the version that it names."""
    with database.writing() as session:
        _, review_id = answer_next(session, learner, MORNING + at, key=f"{learner.id} {at}")
        found = session.scalar(select(ReviewRow.parameters).where(ReviewRow.id == review_id))
    assert found is not None
    return review_id, found


def pretend(
    result: FitResult, seen: list[tuple[LoggedAnswers, tuple[FittedWeights, ...]]]
) -> Callable[..., object]:
    def run(log: LoggedAnswers, fits: tuple[FittedWeights, ...], **_: object) -> FitResult:
        seen.append((log, fits))
        return result

    return run


def test_too_few_answers_are_refused_before_a_job_is_made(database: Database) -> None:
    world = build_world(database)
    study_for_days(database, world.alice)
    assert look(database, world.alice).tested == 3
    with (
        database.writing() as session,
        pytest.raises(ConflictError, match=f"{LEAST_TESTED:,} answers"),
    ):
        start_own(session, world.alice, MORNING)
    assert look(database, world.alice).fittings == ()


def test_answers_count_that_came_a_day_or_more_after_another(database: Database) -> None:
    world = build_world(database)
    study_for_days(database, world.alice)
    with database.writing() as session:
        again = [Entry(fact="f3", at=MORNING - 2 * DAY + n * SECOND) for n in range(3)]
        write_log(session, world.alice, again)
        session.commit()
    with database.reading() as session:
        assert count_tested(session, world.alice.id) == 3
        assert count_tested(session, world.bob.id) == 0
        assert session.scalar(select(func.count(ReviewRow.id))) == 9


@pytest.mark.usefixtures("few_suffice")
def test_one_fitting_of_a_learner_runs_at_a_time(database: Database) -> None:
    world = build_world(database)
    for learner in (world.alice, world.bob):
        study_for_days(database, learner)
    fit_id = start(database, world.alice)
    start(database, world.bob)
    with database.writing() as session, pytest.raises(ConflictError):
        start_own(session, world.alice, MORNING)
    with database.writing() as session:
        cancel_own(session, world.alice, fit_id, MORNING)
        session.commit()
    (found,) = look(database, world.alice).fittings
    assert found.job_state is JobState.CANCELLED
    assert start(database, world.alice) > fit_id


@pytest.mark.usefixtures("few_suffice")
def test_a_fitting_is_asked_for_once_a_day(database: Database) -> None:
    world = build_world(database)
    study_for_days(database, world.alice)
    start(database, world.alice)
    run_jobs(database, HANDLERS, MORNING)
    (found,) = look(database, world.alice).fittings
    assert found.figures is not None
    assert (found.figures.outcome, found.figures.answers, found.figures.learners) == ("few", 5, 1)
    with database.writing() as session, pytest.raises(ConflictError, match="once in 24 hours"):
        start_own(session, world.alice, MORNING + DAY - SECOND)
    start(database, world.alice, DAY)


@pytest.mark.usefixtures("few_suffice")
def test_the_job_judges_by_what_is_in_use_for_each_fact(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = build_world(database)
    seen: list[tuple[LoggedAnswers, tuple[FittedWeights, ...]]] = []
    result = FitResult(weights=LASTING, figures=make_figures("better"))
    monkeypatch.setattr(running, "run_fitting", pretend(result, seen))
    study_for_days(database, world.alice)
    study_for_days(database, world.bob)
    of_class = put_in_use_for_all(database, world)
    fit_id = start(database, world.alice)
    run_jobs(database, HANDLERS, MORNING)
    (found,) = look(database, world.alice).fittings
    assert (found.accepted, found.is_used, found.figures) == (True, False, result.figures)
    with database.writing() as session:
        use_own(session, world.alice, fit_id, MORNING)
        session.commit()
    start(database, world.alice, 2 * DAY)
    run_jobs(database, HANDLERS, MORNING + 2 * DAY)
    for (log, fits), number, weights in zip(
        seen, (of_class, fit_id), (FORGETFUL, LASTING), strict=True
    ):
        assert fits == (FittedWeights(number=number, weights=weights),)
        assert {learner for learner, _, _ in log} == {world.alice.id}
        assert [used for _, used, _ in log] == [number, number]
        assert sorted(len(answers) for _, _, answers in log) == [2, 3]
        assert all(
            (grade, guess) == (Grade.GOOD, 0) for *_, each in log for _, grade, guess in each
        )


def test_facts_of_no_course_with_a_fit_are_judged_by_the_standard_weights(
    database: Database,
) -> None:
    world = build_world(database)
    study_for_days(database, world.alice)
    with database.writing() as session:
        other = add_course(session, title="Other", timezone="UTC", now=MORNING)
        tess = world.tess.id
        enrol(session, course_id=other, account_id=tess, role="instructor", now=MORNING)
        enrol(session, course_id=other, account_id=world.alice.id, role="learner", now=MORNING)
        fit_id = make_fitting(session, world.tess, other, MORNING, used=True)
        subject = FitSubject(learner_id=world.alice.id)
        assert {number for _, number, _ in load_log(session, subject).answers} == {None}
        teach(session, course_id=other, version_id=world.version_id)
        session.flush()
        assert {number for _, number, _ in load_log(session, subject).answers} == {fit_id}
        of_course = load_log(session, FitSubject(course_id=world.course_id))
        assert {number for _, number, _ in of_course.answers} == {None}


def test_own_weights_come_before_those_of_every_course(database: Database) -> None:
    world = build_world(database, facts=9)
    own_id = put_in_use(database, world.alice)
    of_class = put_in_use_for_all(database, world)
    assert of_class > own_id
    assert answer_once(database, world.alice, timedelta(0))[1] == f"fit{own_id}@0.90"
    assert answer_once(database, world.bob, timedelta(0))[1] == f"fit{of_class}@0.90"
    assert check_database(database).clean
    with database.writing() as session:
        withdraw_own(session, world.alice, own_id, MORNING)
        session.commit()
    assert check_database(database).clean
    assert answer_once(database, world.alice, SECOND)[1] == f"fit{of_class}@0.90"
    with database.writing() as session:
        withdraw_fitting(session, world.tess, world.course_id, of_class, MORNING)
        session.commit()
    assert answer_once(database, world.alice, 2 * SECOND)[1] == STANDARD
    check = check_database(database)
    assert check.clean
    assert check.reviews == 4


def test_a_memory_goes_on_under_own_weights_and_after_them(database: Database) -> None:
    world = build_world(database, facts=1)
    versions = [answer_once(database, world.alice, timedelta(0))[1]]
    fit_id = put_in_use(database, world.alice)
    versions.append(answer_once(database, world.alice, 40 * DAY)[1])
    with database.writing() as session:
        withdraw_own(session, world.alice, fit_id, MORNING + 40 * DAY)
        session.commit()
    versions.append(answer_once(database, world.alice, 200 * DAY)[1])
    assert versions == [STANDARD, f"fit{fit_id}@0.90", STANDARD]
    assert check_database(database).clean


def test_undone_and_kept_answers_fold_by_own_weights_too(database: Database) -> None:
    world = build_world(database, facts=9)
    answer_once(database, world.alice, -DAY)
    fit_id = put_in_use(database, world.alice)
    with database.writing() as session:
        study_id = start_study(session, world.alice, MORNING)
        asking = ask_next(session, world.alice, study_id, MORNING)
        assert asking is not None
        form = submit(asking, key="kept", value=right_value(asking), shown_at=MORNING)
        session.commit()
    review_id, _ = answer_once(database, world.alice, 2 * SECOND)
    kept = KeptAnswer(study_id=study_id, submission=form, answered_at=MORNING + SECOND)
    with database.writing() as session:
        store_kept(session, world.alice, kept, MORNING + DAY)
        session.commit()
    assert check_database(database).clean
    with database.writing() as session:
        withdraw_own(session, world.alice, fit_id, MORNING)
        undo(session, world.alice, review_id, MORNING + DAY)
        session.commit()
    assert check_database(database).clean
    with database.reading() as session:
        assert look_at_progress(session, world.alice, MORNING + DAY).reviews == 2


def test_nobody_has_a_hand_in_the_fitting_of_another(database: Database) -> None:
    world = build_world(database)
    fit_id = put_in_use(database, world.alice)
    of_class = put_in_use_for_all(database, world)
    with database.writing() as session:
        for act in (cancel_own, use_own, withdraw_own):
            for person, number in ((world.bob, fit_id), (world.alice, of_class)):
                with pytest.raises(NotFoundError):
                    act(session, person, number, MORNING)
        with pytest.raises(NotFoundError):
            withdraw_fitting(session, world.tess, world.course_id, fit_id, MORNING)
    assert look(database, world.bob).fittings == ()


def test_only_better_weights_are_used(database: Database) -> None:
    world = build_world(database)
    with database.writing() as session:
        fit_id = make_own_fitting(session, world.alice, MORNING, outcome="tie")
        with pytest.raises(ConflictError, match="not better"):
            use_own(session, world.alice, fit_id, MORNING)


def test_instructors_see_who_uses_weights_of_their_own(database: Database) -> None:
    world = build_world(database)
    with database.writing() as session:
        other = add_course(session, title="Other", timezone="UTC", now=MORNING)
        enrol(session, course_id=other, account_id=world.tess.id, role="instructor", now=MORNING)
        make_own_fitting(session, world.bob, MORNING)
        session.commit()
    fit_id = put_in_use(database, world.alice)

    def list_names(course_id: CourseId) -> list[str]:
        with database.reading() as session:
            found = look_at_fittings(session, world.tess, course_id).own_fits
        return [each.name for each in found]

    assert list_names(world.course_id) == ["Alice"]
    assert list_names(other) == []
    with database.writing() as session:
        withdraw_own(session, world.alice, fit_id, MORNING)
        session.commit()
    assert list_names(world.course_id) == []


def test_an_answer_under_own_weights_takes_no_more_statements(database: Database) -> None:
    world = build_world(database)
    put_in_use(database, world.alice)
    with database.writing() as session:
        study_id = start_study(session, world.alice, MORNING)
        asking = ask_next(session, world.alice, study_id, MORNING)
        session.commit()
    assert asking is not None
    form = submit(asking, key="new", value=right_value(asking), shown_at=MORNING)
    with counting(database) as statements, database.writing() as session:
        answer(session, world.alice, study_id, form, MORNING + SECOND)
        session.commit()
    assert 0 < len(statements) <= 4
