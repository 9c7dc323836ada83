"""What is seldom done while reviewing, by single keys and with the menu closed."""

from playwright.sync_api import expect

from tests.factories.people import right_value
from tests.journeys.conftest import SAM, Opener, School
from tests.journeys.places import find_asking


def test_a_fact_is_flagged_buried_and_suspended_by_single_keys(
    school: School, open_reader: Opener
) -> None:
    sam = open_reader()
    sam.sign_in(SAM, school.passwords[SAM])
    sam.press_button("Start reviewing")
    first = sam.heading
    sam.press("*")
    expect(sam.main).to_contain_text("The fact is flagged.")
    sam.is_before(first)
    sam.press("-")
    expect(sam.main).to_contain_text("The fact comes again tomorrow at the earliest.")
    second = sam.heading
    sam.press("@")
    expect(sam.main).to_contain_text("The fact is suspended.")
    assert len({first, second, sam.heading}) == 3
    sam.page.get_by_text("More", exact=True).click()
    sam.follow("Facts set aside")
    sam.is_before("Facts set aside")
    expect(sam.page.get_by_role("row")).to_have_count(3)


def test_a_hint_and_a_report_of_a_problem_by_single_keys(
    school: School, open_reader: Opener
) -> None:
    sam = open_reader()
    study_id, asking = find_asking(school, SAM, "choice")
    sam.sign_in(SAM, school.passwords[SAM])
    sam.visit(f"/review/{study_id}")
    options = sam.page.locator(".option")
    before = options.count()
    sam.press("h")
    expect(sam.page.locator(".hint")).to_contain_text("taken away.")
    assert options.count() < before
    sam.page.locator(f"[name=answer][value='{right_value(asking)}']").check()
    sam.press("Enter")
    expect(sam.main).to_contain_text("You used a hint")
    sam.press("e")
    sam.is_before("Report a problem")
    sam.page.get_by_label("There is a typing mistake").check()
    sam.press_button("Send report")
    expect(sam.main).to_contain_text("Thank you.")


def test_a_fact_is_suspended_and_taken_back_without_scripts(
    school: School, open_reader: Opener
) -> None:
    sam = open_reader(java_script_enabled=False)
    sam.sign_in(SAM, school.passwords[SAM])
    sam.press_button("Start reviewing")
    first = sam.heading
    sam.page.get_by_text("More", exact=True).click()
    sam.press_button("Suspend")
    assert sam.heading != first
    sam.page.get_by_text("More", exact=True).click()
    sam.follow("Facts set aside")
    sam.press_button("Ask again")
    expect(sam.main).to_contain_text("You have set nothing aside.")
    sam.visit("/")
    sam.press_button("Resume")
    sam.is_before(first)
