"""Weights are fitted to a course, decided on, used for the answers to come, and withdrawn."""

from collections.abc import Callable, Sequence
from datetime import timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from quizapp.cli.handlers import HANDLERS
from quizapp.errors import ConflictError, ForbiddenError, NotFoundError
from quizapp.jobs import JobState
from quizapp.memory import FittedWeights, Grade, Memory, make_fitted, name_version
from quizapp.memory.fitting_process import FitResult
from quizapp.services.checking import check_database
from quizapp.services.fitting import running
from quizapp.services.fitting.looking import look_at_fittings
from quizapp.services.fitting.starting import cancel_fitting, start_fitting
from quizapp.services.fitting.using import use_fitting, withdraw_fitting
from quizapp.services.progress.looking import look_at_progress
from quizapp.services.quizzing.submitting import submit as submit_attempt
from quizapp.services.reviewing.answering import answer
from quizapp.services.reviewing.asking import ask_next
from quizapp.services.reviewing.keeping import KeptAnswer, store_kept
from quizapp.services.reviewing.studies import start_study
from quizapp.services.reviewing.undoing import undo
from quizapp.storage.accounts import Account, add_account
from quizapp.storage.courses import add_course, enrol, teach
from quizapp.storage.engine import Database
from quizapp.storage.fits import list_fits
from quizapp.storage.fittings import Fitting
from quizapp.storage.ids import FitId, ReviewId
from quizapp.storage.tables import ParameterFitRow, ReviewRow
from tests.factories.assignments import answer_all, begin, build_exam
from tests.factories.fits import make_figures, make_fitting
from tests.factories.logs import Entry, write_log
from tests.factories.people import MORNING, World, answer_next, build_world, right_value, submit
from tests.factories.simulated_logs import FORGETFUL, simulate_class
from tests.support.jobs import run_jobs
from tests.support.statements import counting

DAY, SECOND = timedelta(days=1), timedelta(seconds=1)


def start(database: Database, world: World) -> FitId:
    with database.writing() as session:
        fit_id = start_fitting(session, world.tess, world.course_id, MORNING)
        session.commit()
    return fit_id


def put_in_use(database: Database, world: World) -> FitId:
    with database.writing() as session:
        fit_id = make_fitting(session, world.tess, world.course_id, MORNING, used=True)
        session.commit()
    return fit_id


def find_newest(database: Database, world: World) -> Fitting:
    with database.reading() as session:
        return look_at_fittings(session, world.tess, world.course_id).fittings[0]


def add_person(session: Session, name: str, role: str) -> Account:
    email = f"{name.replace(' ', '')}@example.org"
    return add_account(session, email=email, name=name, role=role, timezone="UTC", now=MORNING)


def answer_once(database: Database, learner: Account, at: timedelta) -> tuple[ReviewId, str]:
    """Let somebody answer, and return the review with the version that it names."""
    with database.writing() as session:
        _, review_id = answer_next(session, learner, MORNING + at, key=f"{learner.id} {at}")
        found = session.scalar(select(ReviewRow.parameters).where(ReviewRow.id == review_id))
    assert found is not None
    return review_id, found


def pretend(result: FitResult | None, seen: list[Sequence[FittedWeights]]) -> Callable[..., object]:
    def run(_log: object, fits: Sequence[FittedWeights], **_: object) -> FitResult | None:
        seen.append(fits)
        return result

    return run


def test_one_fitting_of_a_course_runs_at_a_time(database: Database) -> None:
    world = build_world(database)
    fit_id = start(database, world)
    with database.writing() as session, pytest.raises(ConflictError):
        start_fitting(session, world.tess, world.course_id, MORNING)
    with database.writing() as session:
        cancel_fitting(session, world.tess, world.course_id, fit_id, MORNING)
        session.commit()
    assert find_newest(database, world).job_state is JobState.CANCELLED
    with database.writing() as session, pytest.raises(ConflictError):
        cancel_fitting(session, world.tess, world.course_id, fit_id, MORNING)
    assert start(database, world) > fit_id


def test_only_instructors_of_the_course_have_a_hand_in_it(database: Database) -> None:
    world = build_world(database)
    fit_id = put_in_use(database, world)
    with database.writing() as session:
        theo, kim = (add_person(session, name, "instructor") for name in ("Theo", "Kim"))
        course_id = world.course_id
        enrol(session, course_id=course_id, account_id=kim.id, role="assistant", now=MORNING)
        assert look_at_fittings(session, kim, course_id).used is not None
        for person, refusal in ((theo, NotFoundError), (kim, ForbiddenError)):
            with pytest.raises(refusal):
                start_fitting(session, person, course_id, MORNING)
            for act in (cancel_fitting, use_fitting, withdraw_fitting):
                with pytest.raises(refusal):
                    act(session, person, course_id, fit_id, MORNING)
        with pytest.raises(NotFoundError):
            look_at_fittings(session, theo, course_id)
        other = add_course(session, title="Other", timezone="UTC", now=MORNING)
        enrol(session, course_id=other, account_id=theo.id, role="instructor", now=MORNING)
        with pytest.raises(NotFoundError):
            withdraw_fitting(session, theo, other, fit_id, MORNING)


def test_too_few_answers_end_with_figures(database: Database) -> None:
    world = build_world(database)
    with database.writing() as session:
        write_log(session, world.alice, [Entry(fact="f1", at=MORNING - n * DAY) for n in (3, 1)])
        session.commit()
    fit_id = start(database, world)
    run_jobs(database, HANDLERS, MORNING)
    found = find_newest(database, world)
    assert found.job_state is JobState.DONE
    assert found.figures is not None
    assert (found.figures.outcome, found.figures.answers, found.figures.held_out) == ("few", 2, 1)
    with database.writing() as session, pytest.raises(ConflictError):
        use_fitting(session, world.tess, world.course_id, fit_id, MORNING)


def test_the_job_stores_what_was_decided(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    world, seen = build_world(database), list[Sequence[FittedWeights]]()
    result = FitResult(weights=FORGETFUL, figures=make_figures("better"))
    monkeypatch.setattr(running, "run_fitting", pretend(result, seen))
    fit_id = start(database, world)
    run_jobs(database, HANDLERS, MORNING)
    found = find_newest(database, world)
    assert (found.accepted, found.is_used, found.figures) == (True, False, result.figures)
    with database.writing() as session:
        use_fitting(session, world.tess, world.course_id, fit_id, MORNING)
        session.commit()
    start(database, world)
    run_jobs(database, HANDLERS, MORNING)
    assert seen == [(), (FittedWeights(number=fit_id, weights=FORGETFUL),)]


def test_a_cancelled_fitting_stores_nothing(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = build_world(database)
    monkeypatch.setattr(running, "run_fitting", pretend(None, []))
    start(database, world)
    run_jobs(database, HANDLERS, MORNING)
    found = find_newest(database, world)
    assert (found.figures, found.accepted, found.is_open) == (None, False, False)


def test_answers_go_by_the_fit_from_its_use_to_its_withdrawal(database: Database) -> None:
    world = build_world(database, facts=9)
    standard = name_version(world.alice.retention)
    assert answer_once(database, world.alice, -DAY)[1] == standard
    fit_id = put_in_use(database, world)
    _, version = answer_once(database, world.alice, timedelta(0))
    assert version == f"fit{fit_id}@0.90"
    with database.reading() as session:
        (fit,) = list_fits(session, [version])
    assert fit.weights == FORGETFUL
    assert check_database(database).clean
    with database.writing() as session:
        withdraw_fitting(session, world.tess, world.course_id, fit_id, MORNING)
        session.commit()
    assert check_database(database).clean
    assert answer_once(database, world.alice, SECOND)[1] == standard
    assert check_database(database).clean


def test_the_check_folds_by_the_very_weights(database: Database) -> None:
    world = build_world(database)
    fit_id = put_in_use(database, world)
    answer_once(database, world.alice, timedelta(0))
    weights = [FORGETFUL[0], FORGETFUL[1] + 1e-12, FORGETFUL[2] + 1e-12, *FORGETFUL[3:]]
    with database.writing() as session:
        where = ParameterFitRow.id == fit_id
        session.execute(update(ParameterFitRow).where(where).values(weights=weights))
        session.commit()
    assert not check_database(database).clean


def test_undone_and_kept_answers_fold_by_the_fit_too(database: Database) -> None:
    world = build_world(database, facts=9)
    answer_once(database, world.alice, -DAY)
    fit_id = put_in_use(database, world)
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
        withdraw_fitting(session, world.tess, world.course_id, fit_id, MORNING)
        undo(session, world.alice, review_id, MORNING + DAY)
        session.commit()
    assert check_database(database).clean
    with database.reading() as session:
        assert look_at_progress(session, world.alice, MORNING + DAY).reviews == 2


def test_a_kept_answer_may_be_the_first_under_a_fit(database: Database) -> None:
    world = build_world(database)
    with database.writing() as session:
        study_id = start_study(session, world.alice, MORNING)
        asking = ask_next(session, world.alice, study_id, MORNING)
        assert asking is not None
        form = submit(asking, key="kept", value=right_value(asking), shown_at=MORNING)
        session.commit()
    put_in_use(database, world)
    kept = KeptAnswer(study_id=study_id, submission=form, answered_at=MORNING + SECOND)
    with database.writing() as session:
        store_kept(session, world.alice, kept, MORNING + DAY)
        session.commit()
    assert check_database(database).clean


def test_the_answers_of_an_attempt_go_by_the_fit(database: Database) -> None:
    exam = build_exam(database)
    world = exam.world
    fit_id = put_in_use(database, world)
    attempt_id = begin(database, exam)
    answer_all(database, exam, attempt_id, MORNING)
    with database.writing() as session:
        submit_attempt(session, world.alice, attempt_id, MORNING + SECOND)
        session.commit()
        versions = set(session.scalars(select(ReviewRow.parameters)))
    assert versions == {f"fit{fit_id}@0.90"}
    assert check_database(database).clean


def test_a_fit_is_for_the_facts_and_the_learners_of_its_course(database: Database) -> None:
    world = build_world(database)
    with database.writing() as session:
        other = add_course(session, title="Other", timezone="UTC", now=MORNING)
        tess, bob = world.tess.id, world.bob.id
        enrol(session, course_id=other, account_id=tess, role="instructor", now=MORNING)
        enrol(session, course_id=other, account_id=bob, role="learner", now=MORNING)
        first = make_fitting(session, world.tess, other, MORNING, used=True)
        session.commit()
    assert answer_once(database, world.bob, timedelta(0))[1] == name_version(0.9)
    with database.writing() as session:
        teach(session, course_id=other, version_id=world.version_id)
        session.commit()
    assert answer_once(database, world.bob, SECOND)[1] == f"fit{first}@0.90"
    assert answer_once(database, world.alice, SECOND)[1] == name_version(0.9)
    newest = put_in_use(database, world)
    assert answer_once(database, world.bob, 2 * SECOND)[1] == f"fit{newest}@0.90"


def test_a_fit_takes_the_place_of_the_one_before(database: Database) -> None:
    world = build_world(database)
    first, second = put_in_use(database, world), put_in_use(database, world)
    with database.writing() as session:
        desk = look_at_fittings(session, world.tess, world.course_id)
        assert [(each.id, each.is_used) for each in desk.fittings] == [
            (second, True),
            (first, False),
        ]
        use_fitting(session, world.tess, world.course_id, first, MORNING)
        withdraw_fitting(session, world.tess, world.course_id, second, MORNING)
        session.commit()
    assert answer_once(database, world.alice, timedelta(0))[1] == f"fit{first}@0.90"


def test_an_answer_under_a_fit_takes_no_more_statements(database: Database) -> None:
    world = build_world(database)
    put_in_use(database, world)
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


def test_cards_tell_the_intervals_of_the_fit(database: Database) -> None:
    world = build_world(database, facts=9)
    put_in_use(database, world)
    with database.writing() as session:
        card = find_card(session, world.alice)
        (fit,) = list_fits(session, ["fit1@0.90"])
    parameters = make_fitted(fit, 0.9)
    assert card[Grade.EASY].stability == parameters.weights[3]


def find_card(session: Session, learner: Account) -> dict[Grade, Memory]:
    study_id = start_study(session, learner, MORNING)
    for number in range(20):
        asking = ask_next(session, learner, study_id, MORNING)
        assert asking is not None
        if asking.outcomes and not asking.reps:
            return dict(asking.outcomes)
        form = submit(asking, key=f"n{number}", value=right_value(asking), shown_at=MORNING)
        answer(session, learner, study_id, form, MORNING)
    raise AssertionError("no new card")


@pytest.mark.slow
@pytest.mark.fitting
def test_a_class_with_a_memory_of_its_own_gets_weights_of_its_own(database: Database) -> None:
    world = build_world(database, facts=40)
    histories = simulate_class(FORGETFUL, seed=1)
    first = min(answer.day for each in histories for answer in each.answers)
    with database.writing() as session:
        learners = [
            add_account(
                session,
                email=f"{n}@example.org",
                name=str(n),
                role="learner",
                timezone="UTC",
                now=MORNING,
            )
            for n in range(15)
        ]
        for learner in learners:
            enrol(
                session,
                course_id=world.course_id,
                account_id=learner.id,
                role="learner",
                now=MORNING,
            )
            entries = [
                Entry(fact=f"f{n}", at=MORNING + (answer.day - first) * DAY, grade=answer.grade)
                for n, each in enumerate(histories[:40], start=1)
                for answer in each.answers
            ]
            del histories[:40]
            write_log(session, learner, sorted(entries, key=lambda each: each.at))
        session.commit()
    start(database, world)
    run_jobs(database, HANDLERS, MORNING + 120 * DAY)
    found = find_newest(database, world)
    assert found.accepted
    assert found.figures is not None
    assert found.figures.learners == 15
    assert check_database(database).clean
