"""A new learner's first session, with the keyboard alone."""

from playwright.sync_api import expect

from quizapp.kinds.question import Question
from quizapp.services.checking import check_database
from tests.journeys.conftest import SAM, Opener, School
from tests.journeys.reader import Reader

FACTS = 20
HARD, UNKNOWN, UNDONE = 4, 7, 9


def look_at_question(sam: Reader, school: School) -> tuple[Question, int]:
    """Uncover the question if it is a card, and return it with its fact."""
    if sam.is_flashcard:
        sam.uncover_by_keys()
    return school.get_question(sam.question_id), sam.fact_id


def answer_one(sam: Reader, question: Question, number: int) -> bool:
    """Answer as a beginner does; return whether it was right."""
    right = number % HARD != 0
    if question.kind == "flashcard":
        sam.sees_why(question)
        sam.answer_by_keys(question, right=right)
        return right
    if number == UNKNOWN:
        sam.give_up_by_keys()
        assert sam.result.inner_text() == "Here is the answer"
        sam.sees_why(question)
        return False
    sam.answer_by_keys(question, right=right)
    result = "Correct" if right else "Not quite"
    assert sam.result.inner_text() == result
    assert sam.title.startswith(result)
    sam.sees_why(question)
    return right


def test_a_first_session_of_twenty_facts_with_the_keyboard_alone(
    school: School, open_reader: Opener
) -> None:
    sam = open_reader()
    sam.sign_in_by_keys(SAM, school.passwords[SAM])
    sam.is_before("Today")
    assert (sam.figure("Due"), sam.figure("New")) == ("0", str(FACTS))
    sam.start_by_keys()
    facts: set[int] = set()
    answered = right = number = 0
    undone = False
    while len(facts) < FACTS or not undone:
        number += 1
        question, fact_id = look_at_question(sam, school)
        was_right = answer_one(sam, question, number)
        if number >= UNDONE and not undone:
            sam.undo_by_keys()
            undone = True
            again, fact_again = look_at_question(sam, school)
            assert (again.id, fact_again) == (question.id, fact_id)
            was_right = answer_one(sam, again, number)
        facts.add(fact_id)
        answered, right = answered + 1, right + was_right
        if question.kind != "flashcard":
            sam.go_on_by_keys()
    assert sam.counts[1] == 0
    sam.end_by_keys()
    sam.is_before("Session summary")
    assert (sam.figure("Answered"), sam.figure("Right")) == (str(answered), str(right))
    expect(sam.main).to_contain_text("Hardest for you")
    sam.press("Enter")
    sam.page.wait_for_url("**/")
    sam.is_before("Today")
    check = check_database(school.database)
    assert check.clean


def test_keys_that_are_turned_off_do_nothing(school: School, open_reader: Opener) -> None:
    sam = open_reader()
    sam.sign_in_by_keys(SAM, school.passwords[SAM])
    sam.start_by_keys()
    sam.turn_keys_off()
    before, address = sam.heading, sam.page.url
    for key in ("d", "1", "Enter", "Space", "u"):
        sam.press(key)
    sam.page.wait_for_timeout(300)
    assert (sam.heading, sam.page.url) == (before, address)
    expect(sam.result).to_be_hidden()
    expect(sam.page.locator("[type=radio]:checked")).to_have_count(0)
    sam.page.reload()
    sam.press("d")
    sam.page.wait_for_timeout(100)
    expect(sam.result).to_be_hidden()
