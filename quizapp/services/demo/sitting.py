"""A simulated learner sits an assignment, through the same services as anybody."""

from datetime import datetime
from random import Random

from sqlalchemy.orm import Session

from quizapp.formats.questions_json import question_from_dict
from quizapp.memory import Memory
from quizapp.services.demo.simulation import Habit, draw_test_answer, draw_thinking
from quizapp.services.quizzing.saving import Saving, save
from quizapp.services.quizzing.starting import start
from quizapp.services.quizzing.submitting import submit
from quizapp.services.reviewing.days import calendar_of
from quizapp.storage.accounts import Account
from quizapp.storage.ids import AssignmentId, AttemptId, QuestionId
from quizapp.storage.recalling import list_asked_facts, lock_memories
from quizapp.storage.responses import AttemptQuestion, list_questions


def sit_assignment(
    session: Session,
    account: Account,
    rng: Random,
    habit: Habit,
    assignment_id: AssignmentId,
    at: datetime,
    *,
    misread: QuestionId | None,
    most: int | None = None,
) -> datetime:
    """Sit an assignment from `at` on and return when the learner left it.

    With `most` it is left in progress after so many answers, otherwise submitted. The wording of
    the question `misread` misleads.
    """
    attempt_id = start(
        session, account, assignment_id, at, key=f"demo-{account.id}-{assignment_id}"
    )
    asked = list_questions(session, attempt_id)
    memories = _list_memories(session, account, asked)
    day = calendar_of(account).study_day(at)
    clock = at
    for each in asked[:most]:
        clock += 2 * draw_thinking(rng)
        question = question_from_dict(each.body)
        memory = memories[each.question_id]
        misled = each.question_id == misread
        value = draw_test_answer(rng, habit, question, memory, day, misled=misled)
        save(session, account, attempt_id, _make_saving(attempt_id, each.position, value), clock)
    clock += draw_thinking(rng)
    if most is None:
        submit(session, account, attempt_id, clock)
    return clock


def _make_saving(attempt_id: AttemptId, position: int, value: str) -> Saving:
    key = f"demo-{attempt_id}-{position}"
    return Saving(position=position, expected_saves=0, key=key, fields={"answer": value})


def _list_memories(
    session: Session, account: Account, asked: tuple[AttemptQuestion, ...]
) -> dict[QuestionId, Memory | None]:
    """What the learner remembers of each question: the weakest of its facts, None if one is new."""
    facts = list_asked_facts(session, [each.question_id for each in asked])
    known = lock_memories(session, account.id, [each.fact_id for each in facts])
    found: dict[QuestionId, Memory | None] = {}
    for each in asked:
        mine = [known.get(fact.fact_id) for fact in facts if fact.question_id == each.question_id]
        remembered = [memory for memory in mine if memory is not None]
        complete = remembered and len(remembered) == len(mine)
        found[each.question_id] = (
            min(remembered, key=lambda memory: memory.stability) if complete else None
        )
    return found
