"""An article is read into sections and counted paragraphs, or refused with the line."""

import hashlib

import pytest

from quizapp.errors import InvalidError
from quizapp.facts.article import Locator, read_article

TEXT = (
    "# The well\n\nAn opening of\ntwo   lines.\n\n## Water\n\nIt is deep.\n\n- cold\n- clear\n\n"
    "### Frost\n\nIt froze.\r\n\r\nThen it thawed.\n"
)


def test_text_before_the_first_section_is_the_introduction() -> None:
    article = read_article(TEXT)
    assert article.title == "The well"
    assert [section.title for section in article.sections] == ["Introduction", "Water", "Frost"]
    assert [section.level for section in article.sections] == [1, 2, 3]


def test_paragraphs_are_counted_within_their_own_section_and_a_list_is_one() -> None:
    article = read_article(TEXT)
    water, frost = article.find_section("Water"), article.find_section("Frost")
    assert water is not None
    assert frost is not None
    assert [one.text for one in water.paragraphs] == ["It is deep.", "- cold - clear"]
    assert [one.number for one in frost.paragraphs] == [1, 2]


def test_white_space_is_folded_but_offsets_point_into_the_file() -> None:
    article = read_article(TEXT)
    for section in article.sections:
        for paragraph in section.paragraphs:
            assert " ".join(TEXT[paragraph.start : paragraph.end].split()) == paragraph.text
    opening = article.find_paragraph("Introduction", 1)
    assert opening is not None
    assert opening.text == "An opening of two lines."
    assert opening.digest == hashlib.sha256(b"An opening of two lines.").hexdigest()[:12]


def test_a_quote_is_located_in_its_paragraph_and_nowhere_else() -> None:
    article = read_article(TEXT)
    span = article.locate(Locator(section="Water", paragraph=1, quote="is deep"))
    assert span is not None
    assert span.paragraph.text[span.start : span.end] == "is deep"
    assert article.locate(Locator(section="Water", paragraph=2, quote="is deep")) is None
    assert article.locate(Locator(section="Water", paragraph=0, quote="cold")) is None
    assert article.locate(Locator(section="Wine", paragraph=1, quote="is deep")) is None
    found = article.find_quote("froze")
    assert found is not None
    assert found[0].title == "Frost"


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("", 1, "no title"),
        ("Words first.\n\n# Title\n", 1, "no title"),
        ("## Section\n\n# Title\n", 1, "no title"),
        ("# One\n\nText.\n\n# Two\n", 5, "second title"),
        ("# One\n\n## A\n\nText.\n\n## a\n", 7, "same as the one of line 3"),
        ("# One\n\n## Introduction\n", 3, "same as the one of line 1"),
        ("# One\n\n##\n\nText.\n", 3, "without words"),
    ],
)
def test_an_article_that_cannot_be_cited_is_refused_at_its_line(
    text: str, line: int, words: str
) -> None:
    with pytest.raises(InvalidError) as caught:
        read_article(text)
    problem = caught.value.problems[0]
    assert problem.line == line
    assert words in problem.text
