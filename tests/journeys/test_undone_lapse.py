"""A slip of the finger: what was settled for weeks is answered wrongly, and taken back."""

from playwright.sync_api import expect

from quizapp.services.checking import check_database
from quizapp.services.reviewing.asking import Asking
from quizapp.storage.ids import FactId
from quizapp.storage.tables import MemoryRow
from quizapp.web.words import write_days
from tests.journeys.conftest import Opener, School
from tests.journeys.places import reach
from tests.support.rows import read_rows

HUGO = "hugo@example.org"
WEEKS = 14  # days of stability
MEMORY = ("memory",)


def is_settled(asking: Asking) -> bool:
    """Tell whether a memory of weeks is asked for, in a question that the program marks."""
    memory = asking.memory
    is_firm = memory is not None and memory.phase == "review" and memory.stability > WEEKS
    return is_firm and asking.question.kind != "flashcard"


def load_memory(school: School, fact_id: FactId) -> MemoryRow:
    """Return Hugo's memory of a fact."""
    with school.database.reading() as session:
        return session.get_one(MemoryRow, (school.get_account(HUGO).id, fact_id))


def test_the_undo_of_a_lapse_leaves_the_memory_as_it_was(
    school: School, open_reader: Opener
) -> None:
    study_id, asking = reach(school, HUGO, is_settled)
    before = read_rows(school.database, MEMORY)
    hugo = open_reader()
    hugo.sign_in_by_keys(HUGO, school.passwords[HUGO])
    hugo.visit(f"/review/{study_id}")
    hugo.answer_by_keys(asking.question, right=False)
    note = hugo.page.locator(".actions__note")
    expect(note).to_have_text("You will see this again in 10 minutes.")
    lapsed = load_memory(school, asking.fact_id)
    assert asking.memory is not None
    assert (lapsed.phase, lapsed.lapses) == ("relearning", asking.memory.lapses + 1)
    hugo.undo_by_keys()
    assert (hugo.question_id, hugo.fact_id) == (asking.question_id, asking.fact_id)
    assert read_rows(school.database, MEMORY) == before
    assert check_database(school.database).clean
    hugo.answer_by_keys(asking.question, right=True)
    settled = load_memory(school, asking.fact_id)
    days = settled.due_day - settled.last_day
    assert settled.stability > asking.memory.stability
    assert days > WEEKS
    expect(note).to_have_text(f"You will see this again in {write_days(days)}.")
    assert check_database(school.database).clean
