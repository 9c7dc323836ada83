"""Assignments are created, changed, published, and opened for some at other times."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from quizapp.attempts.drawing import Wanted
from quizapp.attempts.overrides import UNLIMITED, Override
from quizapp.attempts.rules import AssignmentRules, CreditStep
from quizapp.attempts.switches import FeedbackTable
from quizapp.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError
from quizapp.jobs import find_status_by_key
from quizapp.services.assigning.access import get_assignment
from quizapp.services.assigning.creating import (
    create,
    edit,
    get_plan,
    make_password_hash,
    publish,
    remove,
    withdraw,
)
from quizapp.services.assigning.listing import list_lines, list_own, look_at_own
from quizapp.services.assigning.overriding import override, remove_override
from quizapp.services.assigning.planning import Plan, check_plan
from quizapp.services.assigning.previewing import preview
from quizapp.services.limiting import START, TooManyTriesError, Try, note_refusal
from quizapp.services.quizzing.looking import look
from quizapp.services.quizzing.starting import PasswordProof, prove_password, start
from quizapp.services.quizzing.submitting import look_back, submit
from quizapp.storage.accounts import Account
from quizapp.storage.assignments import Content, Pick
from quizapp.storage.courses import enrol, set_archived
from quizapp.storage.engine import Database
from quizapp.storage.ids import AttemptId
from quizapp.storage.overrides import Whose, list_overrides
from quizapp.storage.roles import ASSISTANT
from tests.factories.assignments import (
    HOUR,
    MARKED,
    RULES,
    SECOND,
    Exam,
    begin,
    build_exam,
    list_question_ids,
    make_exam,
)
from tests.factories.courses import make_section
from tests.factories.people import MORNING
from tests.factories.questions import SECTION
from tests.support.rows import read_rows
from tests.support.statements import counting

FULL = AssignmentRules(
    opens_at=MORNING,
    due_at=MORNING + 3 * HOUR,
    closes_at=MORNING + 9 * HOUR,
    early=CreditStep(until=MORNING + HOUR, credit=1.1),
    late=(
        CreditStep(until=MORNING + 4 * HOUR, credit=0.8),
        CreditStep(until=MORNING + 5 * HOUR, credit=0.5),
    ),
    practice=False,
    time_limit=timedelta(minutes=90),
    grace=timedelta(seconds=30),
    attempts_allowed=3,
    counts="average",
    shuffle_questions=True,
    shuffle_options=False,
    layout="all",
    feedback=FeedbackTable(during=frozenset(), right_after=frozenset({"attempt"})),
)


def change(database: Database, exam: Exam, now: datetime = MORNING, **rules: object) -> None:
    """Change the rules of the exam, and commit."""
    with database.writing() as session:
        assignment = get_assignment(session, exam.tess, exam.assignment_id)
        plan = get_plan(session, assignment)
        new = replace(plan, rules=replace(plan.rules, **rules))  # type: ignore[arg-type]
        edit(
            session,
            exam.tess,
            exam.assignment_id,
            new,
            now,
            password_hash=assignment.password_hash,
            expected_edits=assignment.edits,
        )
        session.commit()


def set_override(
    database: Database, exam: Exam, whose: Whose, different: Override, now: datetime = MORNING
) -> None:
    with database.writing() as session:
        override(session, exam.tess, exam.assignment_id, whose, different, now)
        session.commit()


def read_deadline(database: Database, exam: Exam, attempt_id: AttemptId) -> datetime | None:
    with database.reading() as session:
        return look(session, exam.alice, attempt_id, MORNING).deadline_at


def test_every_rule_comes_back_as_it_was_set(database: Database) -> None:
    exam = build_exam(database, rules=FULL)
    with database.reading() as session:
        assignment = get_assignment(session, exam.tess, exam.assignment_id)
        own = look_at_own(session, exam.alice, exam.assignment_id, MORNING)
    assert assignment.rules == FULL
    assert own.rules == FULL
    assert [line.credit for line in own.credit] == [1.1, 1.0, 0.8, 0.5]


def test_a_draft_is_seen_by_staff_alone(database: Database) -> None:
    exam = build_exam(database)
    with database.writing() as session:
        withdraw(session, exam.tess, exam.assignment_id)
        session.commit()
        assert list_own(session, exam.alice, MORNING) == ()
        with pytest.raises(NotFoundError):
            start(session, exam.alice, exam.assignment_id, MORNING, key="k")
        assert list_lines(session, exam.world.course_id, MORNING)[0].state == "draft"
        publish(session, exam.tess, exam.assignment_id)
        assert len(list_own(session, exam.alice, MORNING)) == 1


def test_only_instructors_of_the_course_set_and_change(sqlite_database: Database) -> None:
    exam = build_exam(sqlite_database)
    course_id, charlie = exam.world.course_id, exam.world.charlie
    with sqlite_database.writing() as session:
        plan = get_plan(session, get_assignment(session, exam.tess, exam.assignment_id))
        for stranger in (exam.alice, charlie):
            with pytest.raises(NotFoundError):
                create(session, stranger, course_id, plan, MORNING)
            with pytest.raises(NotFoundError):
                publish(session, stranger, exam.assignment_id)
        enrol(session, course_id=course_id, account_id=charlie.id, role=ASSISTANT, now=MORNING)
        assert get_assignment(session, charlie, exam.assignment_id).title == "The exam"
        with pytest.raises(ForbiddenError):
            publish(session, charlie, exam.assignment_id)
        set_archived(session, course_id, MORNING)
        with pytest.raises(ConflictError, match="archived"):
            withdraw(session, exam.tess, exam.assignment_id)
        with pytest.raises(ConflictError, match="archived"):
            start(session, exam.alice, exam.assignment_id, MORNING, key="k")


def test_a_plan_tells_its_problems_by_field(sqlite_database: Database) -> None:
    with sqlite_database.writing() as session:
        exam = make_exam(session)
        ids = list_question_ids(session, exam.version_id)
        good = Content(version_id=exam.version_id)
        card = Pick(question_id=ids["flashcard"])
        choice = Pick(question_id=ids["choice"])
        cases = {
            "title": Plan(title=" ", content=good, rules=RULES),
            "points": Plan(title="x", content=replace(good, points=0.0), rules=RULES),
            "picks": Plan(title="x", content=replace(good, picking="list"), rules=RULES),
            "draws": Plan(title="x", content=replace(good, picking="draw"), rules=RULES),
            "closes_at": Plan(
                title="x", content=good, rules=replace(RULES, closes_at=MORNING - 2 * HOUR)
            ),
        }
        for field, plan in cases.items():
            assert field in [p.field for p in check_plan(session, exam.world.course_id, plan)]
            with pytest.raises(InvalidError):
                create(session, exam.tess, exam.world.course_id, plan, MORNING)
        for picks in ((card,), (choice, choice)):
            content = replace(good, picking="list", picks=picks)
            plan = Plan(title="x", content=content, rules=RULES)
            assert [p.field for p in check_plan(session, exam.world.course_id, plan)] == ["picks"]


def test_a_fixed_list_is_asked_in_its_order_for_its_points(database: Database) -> None:
    with database.writing() as session:
        exam = make_exam(session)
        ids = list_question_ids(session, exam.version_id)
        picks = tuple(Pick(question_id=ids[kind], points=n) for n, kind in enumerate(MARKED, 2))
        content = Content(version_id=exam.version_id, picking="list", picks=picks[::-1])
        plan = Plan(title="A list", content=content, rules=RULES)
        assignment_id = create(session, exam.tess, exam.world.course_id, plan, MORNING)
        publish(session, exam.tess, assignment_id)
        attempt_id = start(session, exam.alice, assignment_id, MORNING, key="k")
        session.commit()
        paper = look(session, exam.alice, attempt_id, MORNING)
    assert [each.question.kind for each in paper.questions] == list(MARKED)[::-1]
    assert [each.points for each in paper.questions] == [9.0, 8.0, 7.0, 6.0, 5.0, 4.0, 3.0, 2.0]


def test_a_draw_is_refused_if_short_and_fixed_for_an_attempt(database: Database) -> None:
    with database.writing() as session:
        exam = make_exam(session)
        content = Content(version_id=exam.version_id, picking="draw", points=2.0)
        short = replace(content, draws=(Wanted(tag="cloze", count=2),))
        plan = Plan(title="A draw", content=short, rules=RULES)
        with pytest.raises(InvalidError) as refused:
            create(session, exam.tess, exam.world.course_id, plan, MORNING)
        assert "there are 1" in refused.value.problems[0].text
        draws = (Wanted(tag=SECTION, count=3), Wanted(tag="numeric", count=1))
        plan = replace(plan, content=replace(content, draws=draws))
        assignment_id = create(session, exam.tess, exam.world.course_id, plan, MORNING)
        publish(session, exam.tess, assignment_id)
        attempt_id = start(session, exam.alice, assignment_id, MORNING, key="k")
        kinds = [e.question.kind for e in look(session, exam.alice, attempt_id, MORNING).questions]
    assert len(kinds) == len(set(kinds)) == 4
    assert "numeric" in kinds


def test_once_begun_the_questions_stay_and_all_else_may_change(database: Database) -> None:
    exam = build_exam(database)
    begin(database, exam)
    change(database, exam, counts="last")
    with database.writing() as session:
        assignment = get_assignment(session, exam.tess, exam.assignment_id)
        assert assignment.rules.counts == "last"
        plan = get_plan(session, assignment)
        other = replace(plan, content=replace(plan.content, points=2.0))
        with pytest.raises(ConflictError, match="begun"):
            edit(
                session,
                exam.tess,
                exam.assignment_id,
                other,
                MORNING,
                password_hash=None,
                expected_edits=assignment.edits,
            )
        with pytest.raises(ConflictError, match="begun"):
            withdraw(session, exam.tess, exam.assignment_id)
        with pytest.raises(ConflictError, match="begun"):
            remove(session, exam.tess, exam.assignment_id)


def test_a_stale_form_changes_nothing(database: Database) -> None:
    exam = build_exam(database)
    change(database, exam, counts="last")
    with database.writing() as session:
        plan = get_plan(session, get_assignment(session, exam.tess, exam.assignment_id))
        with pytest.raises(ConflictError, match="meanwhile"):
            edit(
                session,
                exam.tess,
                exam.assignment_id,
                replace(plan, title="Old"),
                MORNING,
                password_hash=None,
                expected_edits=0,
            )


def test_an_assignment_that_nobody_began_can_be_deleted(database: Database) -> None:
    exam = build_exam(database)
    with database.writing() as session:
        remove(session, exam.tess, exam.assignment_id)
        session.commit()
        assert list_lines(session, exam.world.course_id, MORNING) == ()


def test_extra_time_moves_a_running_clock_and_its_closing(database: Database) -> None:
    exam = build_exam(database, rules=replace(RULES, time_limit=timedelta(minutes=20)))
    attempt_id = begin(database, exam)
    assert read_deadline(database, exam, attempt_id) == MORNING + timedelta(minutes=20)
    set_override(database, exam, Whose(learner_id=exam.alice.id), Override(time_factor=1.5))
    assert read_deadline(database, exam, attempt_id) == MORNING + timedelta(minutes=30)
    until = MORNING + timedelta(minutes=31)
    with database.reading() as session:
        job = find_status_by_key(session, f"close_attempt {attempt_id} at {until.isoformat()}")
    assert job is not None
    with database.writing() as session:
        remove_override(
            session, exam.tess, exam.assignment_id, Whose(learner_id=exam.alice.id), MORNING
        )
        session.commit()
    assert read_deadline(database, exam, attempt_id) == MORNING + timedelta(minutes=20)


def test_of_sections_the_most_generous_counts_and_the_own_override_wins(
    database: Database,
) -> None:
    exam = build_exam(database, rules=replace(RULES, time_limit=timedelta(minutes=20)))
    with database.writing() as session:
        one = make_section(session, exam.world.course_id, "One", exam.alice)
        two = make_section(session, exam.world.course_id, "Two", exam.alice)
        session.commit()
    set_override(database, exam, Whose(section_id=one), Override(extra_minutes=5))
    set_override(
        database, exam, Whose(section_id=two), Override(extra_minutes=9, attempts_allowed=UNLIMITED)
    )
    attempt_id = begin(database, exam)
    assert read_deadline(database, exam, attempt_id) == MORNING + timedelta(minutes=29)
    set_override(database, exam, Whose(learner_id=exam.alice.id), Override(extra_minutes=1))
    assert read_deadline(database, exam, attempt_id) == MORNING + timedelta(minutes=21)
    with database.reading() as session:
        alices = look_at_own(session, exam.alice, exam.assignment_id, MORNING)
        assert (alices.extra_time, alices.rules.attempts_allowed) == (timedelta(minutes=1), None)
        bobs = look_at_own(session, exam.world.bob, exam.assignment_id, MORNING)
        assert (bobs.extra_time, bobs.rules.attempts_allowed) == (timedelta(0), 1)
        assert bobs.rules.time_limit == timedelta(minutes=20)
        assert len(list_overrides(session, exam.assignment_id)) == 3


def test_an_override_with_problems_or_for_a_stranger_is_refused(sqlite_database: Database) -> None:
    exam = build_exam(sqlite_database)
    both = Override(extra_minutes=5, time_factor=2)
    with pytest.raises(InvalidError):
        set_override(sqlite_database, exam, Whose(learner_id=exam.alice.id), both)
    for whose in (Whose(learner_id=exam.world.charlie.id), Whose(learner_id=exam.tess.id)):
        with pytest.raises(NotFoundError):
            set_override(sqlite_database, exam, whose, Override(attempts_allowed=2))


def test_what_is_over_by_the_former_dates_stays_over(database: Database) -> None:
    exam = build_exam(database)
    attempt_id = begin(database, exam)
    change(database, exam, MORNING + 5 * HOUR, closes_at=MORNING + 9 * HOUR)
    with database.reading() as session:
        result = look_back(session, exam.alice, attempt_id, MORNING + 5 * HOUR)
    assert (result.state, result.submitted_at) == ("marked", MORNING + 4 * HOUR)


def test_an_earlier_closing_ends_a_running_attempt_now_and_not_in_hindsight(
    database: Database,
) -> None:
    exam = build_exam(database)
    attempt_id = begin(database, exam)
    now = MORNING + 3 * HOUR
    change(database, exam, now, closes_at=MORNING + 2 * HOUR)
    assert read_deadline(database, exam, attempt_id) == now
    with database.writing() as session:
        paper = look(session, exam.alice, attempt_id, now)
        assert paper.state == "in_progress"
        assert paper.shown == {"attempt"}
        with pytest.raises(NotFoundError):
            look_back(session, exam.alice, attempt_id, now)
        assert submit(session, exam.alice, attempt_id, now).credit == 1.0


def test_a_later_due_date_gives_credit_back_and_an_earlier_one_takes_none(
    database: Database,
) -> None:
    exam = build_exam(database)
    attempt_id = begin(database, exam)
    at = MORNING + 3 * HOUR
    with database.writing() as session:
        assert submit(session, exam.alice, attempt_id, at).credit == 0.0
        session.commit()
    change(database, exam, at, due_at=at)
    change(database, exam, at, due_at=MORNING)
    with database.reading() as session:
        score = look_back(session, exam.alice, attempt_id, at).score
    assert score is not None
    assert score.credit == 1.0


def prove(
    database: Database,
    exam: Exam,
    who: Account,
    password: str,
    *,
    at: str = "192.0.2.1",
    after: timedelta = timedelta(),
) -> PasswordProof | None:
    """Try a password, and commit whatever comes of it."""
    with database.writing() as session:
        try:
            return prove_password(
                session, who, exam.assignment_id, password, address=at, now=MORNING + after
            )
        finally:
            session.commit()


def test_a_password_is_asked_for_and_must_be_right(database: Database) -> None:
    with database.writing() as session:
        exam = make_exam(session, password_hash=make_password_hash("open sesame"))
        session.commit()
    with pytest.raises(ForbiddenError):
        prove(database, exam, exam.alice, "wrong")
    with pytest.raises(NotFoundError):
        prove(database, exam, exam.world.charlie, "open sesame")
    proof = prove(database, exam, exam.alice, "open sesame")
    with database.writing() as session:
        with pytest.raises(ForbiddenError):
            start(session, exam.alice, exam.assignment_id, MORNING, key="k")
        start(session, exam.alice, exam.assignment_id, MORNING, key="k", proof=proof)
    assert make_password_hash("") is None


def build_guarded_exam(database: Database, refused: dict[str, int]) -> Exam:
    """Make an exam with a password, which was tried in vain by some accounts from one address."""
    with database.writing() as session:
        exam = make_exam(session, password_hash=make_password_hash("open sesame"))
        for subject, times in refused.items():
            who = Try(action=START, subject=subject, address="192.0.2.1")
            for _ in range(times):
                note_refusal(session, who, MORNING)
        session.commit()
    return exam


def test_after_ten_wrong_passwords_one_waits_wherever_one_goes(database: Database) -> None:
    exam = build_guarded_exam(database, {"account 1": 9})
    assert exam.alice.id == 1
    with pytest.raises(ForbiddenError):
        prove(database, exam, exam.alice, "wrong")
    for address in ("192.0.2.1", "192.0.2.2"):
        with pytest.raises(TooManyTriesError, match="Wait 15 minutes"):
            prove(database, exam, exam.alice, "open sesame", at=address)
    assert prove(database, exam, exam.world.bob, "open sesame")
    rest = timedelta(minutes=15, seconds=1)
    assert prove(database, exam, exam.alice, "open sesame", after=rest)


def test_a_class_at_one_address_that_was_told_a_wrong_password_need_not_wait(
    database: Database,
) -> None:
    exam = build_guarded_exam(database, {f"account {number}": 1 for number in range(1000, 1060)})
    assert prove(database, exam, exam.alice, "open sesame")


@pytest.mark.parametrize(
    ("at", "state", "refusal"),
    [
        (MORNING - 2 * HOUR, "not_open", "not open yet"),
        (MORNING, "open", None),
        (MORNING + 5 * HOUR, "missed", "closed"),
    ],
)
def test_a_learner_reads_where_an_assignment_stands(
    database: Database, at: datetime, state: str, refusal: str | None
) -> None:
    exam = build_exam(database)
    with counting(database) as statements, database.reading() as session:
        (own,) = list_own(session, exam.alice, at)
    assert len(statements) == 3
    assert own.state == state
    assert (own.refusal is None) == (refusal is None)
    assert (refusal or "") in (own.refusal or "")


def test_the_state_follows_the_attempt(database: Database) -> None:
    exam = build_exam(database)
    attempt_id = begin(database, exam)
    with database.writing() as session:
        own = look_at_own(session, exam.alice, exam.assignment_id, MORNING)
        assert (own.state, own.open_attempt, own.share) == ("in_progress", attempt_id, None)
        submit(session, exam.alice, attempt_id, MORNING + SECOND)
        own = look_at_own(session, exam.alice, exam.assignment_id, MORNING + SECOND)
        assert (own.state, own.open_attempt, own.share) == ("submitted", None, 0.0)
        assert own.attempts[0].share == 0.0


def test_marks_that_are_not_shown_are_not_in_the_list_either(database: Database) -> None:
    secret = replace(RULES.feedback, right_after=frozenset({"attempt"}))
    exam = build_exam(database, rules=replace(RULES, feedback=secret))
    attempt_id = begin(database, exam)
    with database.writing() as session:
        submit(session, exam.alice, attempt_id, MORNING)
        own = look_at_own(session, exam.alice, exam.assignment_id, MORNING)
        assert (own.share, own.attempts[0].share) == (None, None)
        assert look_back(session, exam.alice, attempt_id, MORNING).score is None


def test_a_preview_is_what_a_learner_would_get_and_leaves_no_trace(database: Database) -> None:
    exam = build_exam(database)
    before = read_rows(database)
    with database.reading() as session:
        paper = preview(session, exam.tess, exam.assignment_id, "any seed", MORNING)
        with pytest.raises(NotFoundError):
            preview(session, exam.alice, exam.assignment_id, "any seed", MORNING)
    assert read_rows(database) == before
    attempt_id = begin(database, exam)
    with database.reading() as session:
        real = look(session, exam.alice, attempt_id, MORNING)
    assert [each.question for each in paper.questions] == [e.question for e in real.questions]
    assert paper.deadline_at == real.deadline_at
