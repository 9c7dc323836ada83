"""The settings and what follows from them on every page."""

from datetime import timedelta

import pytest

from quizapp.web.account.settings_forms import WEEKDAYS
from tests.support.client import Client, Page
from tests.support.rows import read_rows
from tests.web.conftest import Site
from tests.web.states import find_question, save_settings, study_to_the_end

LEARNERS = ("rollover_hour", "new_per_day", "reviews_per_day", "retention", "two_buttons")


def read_root(page: Page) -> dict[str, str]:
    return dict(page.tree.attrib)


def read_fields(page: Page) -> dict[str, str]:
    return dict(page.get_form("/settings").fields)


def set_limits(client: Client, new: str, reviews: str) -> Page:
    fields = {"new_per_day": new, "reviews_per_day": reviews}
    return client.post_form("/today/limits", client.get("/"), **fields)


def test_the_settings_that_were_saved_are_shown(alice: Client) -> None:
    changes = {
        "timezone": "Asia/Kolkata",
        "theme": "light",
        "rollover_hour": "0",
        "new_per_day": "7",
        "reviews_per_day": "70",
        "retention": "85",
        "sunday": "l",
        "saturday": "f",
    }
    done = save_settings(alice, **changes)
    assert "Your settings are saved." in alice.follow(done).words
    shown = read_fields(alice.get("/settings"))
    assert {name: shown[name] for name in changes} == changes
    assert {shown[day] for day in WEEKDAYS[:5]} == {"n"}


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("timezone", "Mars", "Enter a time zone from the list"),
        ("timezone", "", "Enter a time zone, such as"),
        ("theme", "sepia", "Choose colours."),
        ("rollover_hour", "24", "A day begins at: enter a whole number from 0 to 23."),
        ("new_per_day", "", "New facts a day: enter a whole number from 0 to 9,999."),
        ("reviews_per_day", "-1", "Reviews a day: enter a whole number from 0 to 9,999."),
        ("retention", "79", "enter a whole number from 80 to 95."),
        ("retention", "0.9", "enter a whole number from 80 to 95."),
        ("monday", "nf", "Monday: choose."),
    ],
)
def test_what_cannot_be_is_named_and_nothing_is_stored(
    site: Site, alice: Client, field: str, value: str, words: str
) -> None:
    before = read_rows(site.database, ["account"])
    page = save_settings(alice, **{field: value})
    assert page.status == 422
    assert page.title.startswith("Error: ")
    assert page.words.count(words) == 2  # in the summary, and beside the field
    assert f"#{field}" in page.links
    assert read_rows(site.database, ["account"]) == before


def test_an_instructor_has_no_settings_of_a_learner(site: Site) -> None:
    tess = site.open("tess")
    page = tess.get("/settings")
    assert set(read_fields(page)) == {"csrf_token", "timezone", "theme"}
    assert "How you study" not in page.words
    before = read_rows(site.database, ["account"])["account"]
    done = save_settings(tess, theme="dark", rollover_hour="9", new_per_day="1", retention="80")
    assert done.status == 303
    (change,) = set(read_rows(site.database, ["account"])["account"]) - set(before)
    (former,) = [row for row in before if row[0] == change[0]]
    assert [new for old, new in zip(former, change, strict=True) if old != new] == ["dark"]


def test_the_account_menu_leads_to_the_settings(site: Site) -> None:
    for name in ("alice", "tess"):
        assert "/settings" in site.open(name).get("/keys").links
    assert "/settings" not in site.open().get("/keys").links


def test_the_colours_are_those_that_were_chosen_on_every_page(site: Site, alice: Client) -> None:
    for theme, wanted in (("dark", "dark"), ("light", "light"), ("system", None)):
        save_settings(alice, theme=theme)
        for path in ("/", "/keys", site.study, "/nothing"):
            assert read_root(alice.get(path)).get("data-theme") == wanted
    assert "data-theme" not in read_root(site.open().get("/sign-in"))


def test_pages_say_that_single_keys_are_off(alice: Client) -> None:
    assert "data-keys" not in read_root(alice.get("/"))
    save_settings(alice, single_keys=None)
    page = alice.get("/keys")
    assert read_root(page)["data-keys"] == "off"
    assert "Single keys are off in your settings" in page.words
    assert "Turn single keys off" not in page.text
    save_settings(alice)
    assert "data-keys" not in read_root(alice.get("/keys"))


def test_a_flashcard_has_two_buttons_if_one_wants(site: Site) -> None:
    alice, page = find_question(site, card=True)
    assert alice.get_answer_form(page).choices == ("1", "2", "3", "4")
    save_settings(alice, two_buttons="y")
    form = alice.get_answer_form(alice.get(page.path))
    assert form.choices == ("1", "3")
    assert alice.post(form.action, {**form.fields, "answer": "3"}).status == 303


@pytest.mark.parametrize(
    ("zone", "hour", "at"),
    [
        # By these the next day has begun before the reviews of this one.
        ("Pacific/Kiritimati", "4", 15),
        ("Pacific/Kiritimati", "4", 22),
        ("Asia/Tokyo", "0", 16),
        ("UTC", "0", 26),
        # By these this day is not over, or not even begun.
        ("UTC", "23", 15),
        ("Pacific/Pago_Pago", "23", 8),
    ],
)
def test_no_new_zone_or_hour_makes_anything_due_early(
    site: Site, zone: str, hour: str, at: int
) -> None:
    alice = site.open("alice")
    site.clock.advance(timedelta(hours=at - 8))
    save_settings(alice, new_per_day="3")
    study_to_the_end(alice, alice.follow(alice.post_form("/review", alice.get("/"))).path)
    assert "Nothing due." in alice.get("/").words
    save_settings(alice, timezone=zone, rollover_hour=hour, new_per_day="0")
    assert "Nothing due." in alice.get("/").words
    site.clock.advance(timedelta(days=3))
    assert "Nothing due." not in alice.get("/").words


def test_limits_hold_for_today_only(site: Site, alice: Client) -> None:
    assert "Today only" not in alice.get("/").words
    page = alice.follow(set_limits(alice, "2", "1"))
    assert "Today only: at most 2 new facts and 1 review." in page.words
    assert "Usually 20 new facts and 200 reviews a day." in page.words
    assert page.get_form("/today/limits").fields["new_per_day"] == "2"
    assert " New 1 " in page.words  # one was met before
    site.clock.advance(timedelta(days=1))
    page = alice.get("/")
    assert "Today only" not in page.words
    assert " New 20 " in page.words
    assert page.get_form("/today/limits").fields["new_per_day"] == "20"


def test_limits_of_today_can_be_lifted(alice: Client) -> None:
    alice.follow(set_limits(alice, "0", "0"))
    page = alice.follow(alice.post_form("/today/limits/lift", alice.get("/")))
    assert "Your usual limits hold again." in page.words
    assert "Today only" not in page.words
    assert " New 19 " in page.words


def test_limits_that_cannot_be_are_named(site: Site, alice: Client) -> None:
    page = set_limits(alice, "many", "1")
    assert page.status == 422
    assert page.title.startswith("Error: Today")
    assert page.words.count("New facts today: enter a whole number from 0 to 9,999.") == 2
    assert read_rows(site.database, ["day_limit"]) == {"day_limit": []}
