"""The page of a learner's progress: what it holds, how heavy it is, and what it keeps to itself."""

from xml.etree.ElementTree import Element

import pytest

from tests.support.client import Page, words_of
from tests.web.conftest import FACTS, Site
from tests.web.progress_states import TIMES, live_half_a_year

HEAVIEST = 60_000
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def lived(site: Site) -> Page:
    """The page after half a year."""
    live_half_a_year(site)
    return site.open("bob").get("/progress")


def find_pictures(page: Page) -> list[Element]:
    return [each for each in page.tree.iter(f"{SVG}svg") if each.attrib.get("role") == "img"]


def test_every_chart_has_a_sentence_above_it_and_a_table_below_it(lived: Page) -> None:
    charts = [each for each in lived.tree.iter() if "chart" in each.attrib.get("class", "").split()]
    assert len(charts) == len(find_pictures(lived)) == 6
    parents = {child: parent for parent in lived.tree.iter() for child in parent}
    for chart in charts:
        around = list(parents[chart])
        place = around.index(chart)
        assert words_of(around[place - 1]).endswith(".")
        [table] = [list(each.iter("table")) for each in around[place:] if each.tag == "details"]
        assert len(list(table[0].iter("tr"))) > 3


def test_a_picture_says_in_words_what_it_finds(lived: Page) -> None:
    for picture in find_pictures(lived):
        description = words_of(next(picture.iter(f"{SVG}desc")))
        assert description.removesuffix("The table has the figures.").strip() in lived.words
        assert words_of(next(picture.iter(f"{SVG}title"))) in lived.words


def test_the_page_stays_light_after_half_a_year(lived: Page) -> None:
    assert f"{TIMES * FACTS} reviews so far" in lived.words
    assert 20_000 < len(lived.body) < HEAVIEST


def test_the_exam_is_among_the_charts_only_where_there_is_one(site: Site) -> None:
    assert "Exam:" not in site.open("alice").get("/progress").words
    live_half_a_year(site)
    assert "Exam: Astronomy" in site.open("bob").get("/progress").words


def test_a_learner_without_reviews_is_told_where_to_begin(site: Site) -> None:
    page = site.open("bob").get("/progress")
    assert "your progress begins with your first review" in page.words
    assert find_pictures(page) == []
    assert page.links.count("/") > 1


def test_a_learner_finds_the_page_beside_the_first_one(site: Site) -> None:
    links = site.open("alice").get("/").links
    assert links.index("/progress") == links.index("/practice") + 1
    assert "/progress" not in site.open("tess").get("/sets").links
