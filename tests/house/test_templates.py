"""Templates and style sheets keep the rules that the content policy and mirrored pages need.

The content policy refuses inline styles and scripts; logical properties mirror a page unasked.
"""

import re
from pathlib import Path

import pytest

from quizapp.resources import find_folder
from quizapp.web.assets import SHEETS

TEMPLATES = find_folder("templates")
STATIC = find_folder("static")
LONGEST_TEMPLATE = 120  # lines; every template stays under it


def list_templates() -> list[str]:
    """Return the path of every template, relative to the folder."""
    return sorted(path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*.html"))


def list_sheets() -> list[str]:
    """Return the name of every style sheet, without its ending."""
    return sorted(path.stem for path in (STATIC / "css").glob("*.css"))


def read(path: Path) -> str:
    """Return the text of a UTF-8 file."""
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", list_templates())
def test_a_template_has_no_inline_style(name: str) -> None:
    assert re.findall(r"\sstyle\s*=|<style\b", read(TEMPLATES / name), re.IGNORECASE) == []


@pytest.mark.parametrize("name", list_templates())
def test_a_template_has_no_inline_event_handler(name: str) -> None:
    assert re.findall(r"\son[a-z]+\s*=|javascript:", read(TEMPLATES / name), re.IGNORECASE) == []


@pytest.mark.parametrize("name", list_templates())
def test_a_template_has_no_inline_script(name: str) -> None:
    tags = re.findall(r"<script\b.*?</script>", read(TEMPLATES / name), re.DOTALL | re.IGNORECASE)
    pattern = r"<script type=\"module\" src=\"\{\{ static\('js/\w+\.js'\) \}\}\"></script>"
    assert [tag for tag in tags if not re.fullmatch(pattern, tag)] == []


@pytest.mark.parametrize("name", list_templates())
def test_a_template_is_short(name: str) -> None:
    assert len(read(TEMPLATES / name).splitlines()) < LONGEST_TEMPLATE


@pytest.mark.parametrize("name", list_sheets())
def test_a_style_sheet_knows_start_and_end_but_no_left_and_right(name: str) -> None:
    text = re.sub(r"/\*.*?\*/", "", read(STATIC / "css" / f"{name}.css"), flags=re.DOTALL)
    declarations = re.findall(r"^\s*([\w-]+\s*:[^;{}]+);", text, re.MULTILINE)
    assert declarations
    sided = re.compile(r"(?<![\w])(?:[\w-]+-)?(?:left|right)(?:-[\w-]+)?(?![\w])")
    assert [line for line in declarations if sided.search(line)] == []


def test_every_style_sheet_is_served_once() -> None:
    assert sorted(SHEETS) == list_sheets()
    assert "static('css/site.css')" in read(TEMPLATES / "base.html")


def test_every_icon_that_a_template_names_is_in_the_sprite() -> None:
    drawn = set(re.findall(r"<symbol id=\"([\w-]+)\"", read(STATIC / "img" / "icons.svg")))
    text = "".join(read(TEMPLATES / name) for name in list_templates())
    calls = re.findall(r"\bicon\((.*?)\)|icon_name=(\"[\w-]+\")", text)
    named = {word for call in calls for word in re.findall(r"\"([\w-]+)\"", "".join(call))}
    assert named - {"error"} <= drawn  # "error" is a condition in a call, not an icon
    assert "check-circle" in named


@pytest.mark.parametrize("path", sorted((STATIC / "js").glob("*.js")), ids=lambda path: path.name)
def test_every_script_is_loaded_by_some_template(path: Path) -> None:
    text = "".join(read(TEMPLATES / name) for name in list_templates())
    assert f"static('js/{path.name}')" in text
