"""What is seldom done while reviewing, by single keys and with the menu closed."""

from playwright.sync_api import expect

from tests.journeys.conftest import SAM, Opener, School


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
