"""Markup of the charts: every text is escaped once, by this room and by nobody after it."""

import re
from xml.etree import ElementTree as ET

import pytest
from jinja2 import Environment

from quizapp.charts import Bar, Caption, Line, Svg, draw_bars, draw_calendar, draw_lines
from quizapp.charts.markup import write_element, write_number, write_path, write_text
from tests.factories.people import MORNING
from tests.factories.pictures import CAPTION

NASTY = "</title><script>alert('1 & 2')</script>\""
HOSTILE = Caption(key="a", title=NASTY, description=NASTY)


def draw_hostile() -> list[Svg]:
    """Every chart, with a hostile text wherever one can stand."""
    line = Line(name=NASTY, look="full", points=[(0, 0.5), (1, 0.6)])
    return [
        draw_bars(HOSTILE, [Bar(label=NASTY, value=1, other=2)], unit=NASTY, names=(NASTY, NASTY)),
        draw_lines(HOSTILE, [line], unit=NASTY, labels=[(0, NASTY)], write=lambda _: NASTY),
        draw_calendar(HOSTILE, first=MORNING.date(), counts=[1]),
    ]


@pytest.mark.parametrize("picture", draw_hostile())
def test_no_text_of_a_chart_becomes_markup(picture: Svg) -> None:
    tree = ET.fromstring(picture)
    assert {each.tag for each in tree.iter()} <= {
        *("svg", "title", "desc", "text", "line", "rect", "path", "circle"),
    }
    assert [each.text for each in tree[:2]] == [NASTY, NASTY]


@pytest.mark.parametrize("picture", draw_hostile())
def test_a_chart_is_an_image_with_a_name_and_no_style_of_its_own(picture: Svg) -> None:
    tree = ET.fromstring(picture)
    assert (tree.attrib["role"], tree.attrib["aria-labelledby"]) == ("img", "a-title a-description")
    assert [(each.tag, each.attrib["id"]) for each in tree[:2]] == [
        ("title", "a-title"),
        ("desc", "a-description"),
    ]
    named = {name for each in tree.iter() for name in each.attrib}
    assert named.isdisjoint({"style", "fill", "stroke", "font-size", "text-anchor"})
    assert not re.search(r"\son\w+=", picture.replace(NASTY, ""))


def test_a_template_takes_a_chart_as_it_stands_and_escapes_anything_else() -> None:
    page = Environment(autoescape=True).from_string("{{ chart }}{{ text }}")
    picture = draw_bars(CAPTION, [Bar(label="a", value=1)], unit="Facts")
    assert page.render(chart=picture, text="<b>") == f"{picture}&lt;b&gt;"


def test_an_attribute_cannot_end_early() -> None:
    assert write_element("g", {"class": '"><x y="'}) == '<g class="&quot;&gt;&lt;x y=&quot;"/>'


def test_coordinates_have_one_decimal_at_most() -> None:
    assert [write_number(value) for value in (3.0, 2.25, 1 / 3, 10)] == ["3", "2.2", "0.3", "10"]
    assert write_path([(0, 1.25), (2, 3)]) == "M0,1.2 2,3"


def test_a_text_carries_its_classes() -> None:
    text = write_text("5 < 6", 1, 2, "chart__label--end")
    assert text == '<text class="chart__label chart__label--end" x="1" y="2">5 &lt; 6</text>'
