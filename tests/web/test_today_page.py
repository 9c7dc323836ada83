"""The learner's first page: one button that starts where it matters most, and what comes when."""

from datetime import timedelta

from quizapp.storage.courses import add_course, enrol, teach
from quizapp.storage.publishing import publish
from tests.factories.memories import TODAY, make_due, make_learning, remember
from tests.factories.people import MORNING
from tests.factories.questions import make_version
from tests.support.client import Page, words_of
from tests.web.conftest import FACTS, Site
from tests.web.plan_states import set_exam
from tests.web.states import visit_today_when_all_is_done

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)


def read_main(page: Page) -> str:
    """The words of the one main button, without its keycap."""
    [content] = page.tree.iter("main")
    [main] = [
        each for each in content.iter() if "button--main" in each.attrib.get("class", "").split()
    ]
    return words_of(main)


def test_an_attempt_that_goes_on_has_the_main_button_and_no_second_one(site: Site) -> None:
    page = site.open("alice").get("/")
    assert read_main(page) == "Resume Week one"
    address = f"/attempts/{site.things.attempt_id}"
    assert page.links.count(address) == 1
    assert "Resume reviewing" in page.words


def test_reviews_have_the_main_button_where_no_assignment_presses(site: Site) -> None:
    page = site.open("bob").get("/")
    assert read_main(page) == "Start reviewing"
    assert "20 new" in page.words


def test_a_button_that_reviews_one_course_says_so_and_asks_nothing_else(site: Site) -> None:
    bob, address = site.things.people["bob"], set_exam(site)
    with site.database.writing() as session:
        other = add_course(session, title="Geology", timezone="UTC", now=MORNING)
        version = publish(
            session, make_version(FACTS + 1), owner_id=site.things.people["tess"].id, now=MORNING
        )
        teach(session, course_id=other, version_id=version)
        enrol(session, course_id=other, account_id=bob.id, role="learner", now=MORNING)
        # Due in both courses, and in the other one alone.
        for fact in ("f1", f"f{FACTS + 1}"):
            remember(session, bob.id, fact, make_due())
        session.commit()
    client = site.open("bob")
    page = client.get("/")
    assert read_main(page) == "Review Astronomy"
    assert "its exam is in 12 days (14 March 2026)" in page.words
    course_id = int(address.split("/")[2])
    fields = {"what": str(course_id), "csrf_token": client.read_token()}
    assert "Asks only Astronomy" in client.follow(client.post("/review", fields)).words


def test_the_page_says_what_an_exam_would_show(site: Site) -> None:
    bob, address = site.things.people["bob"], set_exam(site)
    assert f"You have met none of its {FACTS} facts yet." in site.open("bob").get("/").words
    with site.database.writing() as session:
        remember(session, bob.id, "f1", make_due())
        session.commit()
    page = site.open("bob").get("/")
    assert "Astronomy: in 12 days (14 March 2026)" in page.words
    assert f"you would recall about 1 of its {FACTS} facts, 3%." in page.words
    assert f"{FACTS - 1} you have not met yet." in page.words
    assert address in page.links
    assert "Plan for it" in page.words


def test_on_the_day_of_an_exam_there_is_nothing_to_plan(site: Site) -> None:
    address = set_exam(site, MORNING.date())
    page = site.open("alice").get("/")
    assert "Astronomy: today" in page.words
    assert "Today you would recall" in page.words
    assert address not in page.links


def test_the_page_says_when_the_next_step_ends(site: Site) -> None:
    with site.database.writing() as session:
        remember(session, site.things.people["bob"].id, "f1", make_learning(MORNING + 8 * MINUTE))
        session.commit()
    words = site.open("bob").get("/").words
    assert "The next fact that you are learning comes again in 8 minutes." in words


def test_where_nothing_waits_the_page_says_what_comes_when(site: Site) -> None:
    set_exam(site)
    page = visit_today_when_all_is_done(site)
    assert "Nothing due. Next review" in page.words
    assert "Next assignment: Week one" in page.words
    assert "Exam of Astronomy in 12 days (14 March 2026)." in page.words


def test_where_nothing_waits_one_may_practise_or_review_ahead(site: Site) -> None:
    bob = site.things.people["bob"]
    with site.database.writing() as session:
        for number in range(1, FACTS + 1):
            remember(session, bob.id, f"f{number}", make_due(TODAY + 2))
        session.commit()
    client = site.open("bob")
    page = client.get("/")
    assert read_main(page) == "Practise"
    assert "due within 3 days" in page.words
    fields = {"what": "", "ahead": "3", "csrf_token": client.read_token()}
    assert "due within 3 days" in client.follow(client.post("/review", fields)).words
