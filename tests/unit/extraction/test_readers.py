"""Five sorts of file become one sort of article, whose offsets are slices of its text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.extraction.blocks import Block
from quizapp.extraction.reading import read_document
from quizapp.extraction.writing import Document, write_document
from quizapp.facts.folding import fold_space
from tests.unit.extraction.hostile import WORD, draw, make_docx, make_links, make_pdf

STYLES = (
    f'<w:styles xmlns:w="{WORD}"><w:style w:styleId="Titel"><w:name w:val="Title"/></w:style>'
    '<w:style w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style></w:styles>'
)


def paragraph(words: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>"


def read(name: str, content: str | bytes) -> Document:
    return read_document(name, content.encode() if isinstance(content, str) else content)


def list_damage(document: Document) -> list[str]:
    return [problem.rule for problem in document.damage]


TEXT = "Ash League\n\nIt was small.\nIt grew.\n\nMembers\n\n- Ann: chair\n- Bob\n  Baker\n"
WIKI = "= Ash League =\nIt was small. It grew.\n\n== Members ==\n* Ann: chair\n* Bob Baker\n"
MARKDOWN = (
    "# Ash *League*\n\nIt was [small](https://a.test).\nIt **grew**.\n\n"
    "## Members\n\n1. Ann: chair\n2. Bob Baker\n"
)
HTML = (
    "<!DOCTYPE html><html><head><title>x</title><style>p{}</style></head><body><nav>Home</nav>"
    "<main><h1>Ash League</h1><p>It was <b>small</b>.\nIt grew.<sup>[1]</sup></p><h2>Members</h2>"
    "<ul><li>Ann: chair<li><p>Bob Baker</p></ul></main><footer>Bye</footer>"
)
DOCX = make_docx(
    paragraph("Ash League", '<w:pStyle w:val="Titel"/>')
    + paragraph("It was small. It grew.")
    + paragraph("Members", '<w:pStyle w:val="berschrift1"/>')
    + paragraph("Ann: chair", '<w:numPr><w:numId w:val="1"/></w:numPr>')
    + paragraph("Bob Baker", '<w:numPr><w:numId w:val="1"/></w:numPr>'),
    parts={"word/styles.xml": STYLES},
)
SAME = "# Ash League\n\nIt was small. It grew.\n\n## Members\n\n- Ann: chair\n- Bob Baker\n"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", TEXT),
        ("a.txt", WIKI),
        ("a.txt", TEXT.encode("utf-16")),
        ("a.txt", "\ufeff" + TEXT.replace("\n", "\r\n")),
        ("a.md", MARKDOWN),
        ("a.html", HTML),
        ("a.htm", HTML.encode().replace(b"<title>", b'<meta charset="latin1"><title>')),
        ("a.docx", DOCX),
    ],
)
def test_every_sort_of_file_becomes_the_same_article(name: str, content: str | bytes) -> None:
    document = read(name, content)
    assert document.text == SAME
    assert [section.title for section in document.article.sections] == ["Introduction", "Members"]


def test_a_pdf_gives_its_headings_by_their_size_and_joins_its_lines() -> None:
    words = b"BT /F1 20 Tf 50 750 Td (Ash League) Tj ET\n" + draw("It was a lit-", "tle group.")
    document = read("a.pdf", make_pdf(words.replace(b"50 750 Td (It", b"50 700 Td (It")))
    assert document.text == "# Ash League\n\nIt was a little group.\n"
    assert list_damage(document) == ["read-from-pdf", "joined-word"]


def test_what_stands_on_every_page_of_a_pdf_is_left_out() -> None:
    document = read(
        "a.pdf", make_pdf(draw("Yearbook of 1900", "Some words of text.", "7"), pages=2)
    )
    assert "Yearbook" not in document.text
    assert document.text.count("Some words") == 2
    assert "page-line" in list_damage(document)


@pytest.mark.parametrize(
    ("name", "content", "rule"),
    [
        ("a.txt", "some words alone, without a title.", "no-title"),
        ("a.md", "Before it.\n\n# Title\n\nAfter it.", "text-before-title"),
        ("a.md", "# T\n\n## A\n\nOne.\n\n## A\n\nTwo.", "same-heading"),
        ("a.md", "# T\n\nSee ![a map](b.png) here.", "picture"),
        ("a.md", "# T\n\nSome <br> words.\n\n<div>\nx\n</div>", "html"),
        ("a.html", "<h1>T</h1><p>See <img src=x> here.", "picture"),
        ("a.txt", "T\n\nIt is so.[12] It is.", "note-mark"),
        ("a.txt", "T\n\nIt\x07 is so.", "control-character"),
        ("a.txt", "T\n\nIt \u202eis so.", "direction-mark"),
        ("a.txt", "T\n\nAllies: , , , Ann.", "lost-names"),
        (
            "a.docx",
            make_docx(paragraph("Hi.") + "<w:p><w:del><w:t>x</w:t></w:del></w:p>"),
            "tracked-change",
        ),
        ("a.docx", make_docx(paragraph("Hi.") + "<w:p><w:r><w:drawing/></w:r></w:p>"), "picture"),
        ("a.docx", make_docx(paragraph("Hi.") + "<w:p><w:footnoteReference/></w:p>"), "footnote"),
    ],
)
def test_what_is_lost_or_changed_is_reported(name: str, content: str | bytes, rule: str) -> None:
    document = read(name, content)
    assert rule in list_damage(document)
    assert all(problem.remedy and problem.text for problem in document.damage)


def test_what_is_left_out_is_counted_in_plain_words() -> None:
    document = read("a.txt", "T\n\nIt is so.[1] It was.[2] It\x07 is.")
    assert [problem.text for problem in document.damage] == [
        "2 marks of a note are left out",
        "1 control character is left out",
    ]


def test_an_undamaged_article_has_nothing_to_report() -> None:
    assert read("a.md", SAME).damage == ()


def test_a_link_to_follow_is_no_danger_in_a_word_document() -> None:
    links = make_links("https://a.test", "hyperlink")
    assert (
        "Hello there."
        in read("a.docx", make_docx(parts={"word/_rels/document.xml.rels": links})).text
    )


def test_words_struck_from_a_word_document_are_not_read() -> None:
    body = "<w:p><w:r><w:t>It is </w:t></w:r><w:del><w:r><w:t>not </w:t></w:r></w:del></w:p>"
    assert "not" not in read("a.docx", make_docx(body)).text


@pytest.mark.parametrize("name", ["a.md", "a.html", "a.docx"])
def test_a_table_of_two_columns_becomes_labels_with_values(name: str) -> None:
    cells = [("Founded", "1900"), ("Seat", "Oslo")]
    cell = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    rows = "".join(f"<w:tr>{cell.format(one)}{cell.format(two)}</w:tr>" for one, two in cells)
    contents: dict[str, str | bytes] = {
        "a.md": "# T\n\n| Founded | 1900 |\n|---|---|\n| Seat | Oslo |\n",
        "a.html": "<h1>T</h1><table><tr><th>Founded</th><td>1900</td></tr>"
        "<tr><th>Seat:</th><td>Oslo</td></tr></table>",
        "a.docx": make_docx(f"<w:tbl>{rows}</w:tbl>"),
    }
    assert "- Founded: 1900\n- Seat: Oslo\n" in read(name, contents[name]).text


WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1
)
LINES = WORDS.map(fold_space).filter(bool)
BLOCKS = st.lists(
    st.one_of(
        LINES.map(lambda text: Block(text=text)),
        LINES.map(lambda text: Block(text=text, level=2)),
        st.lists(LINES, min_size=1, max_size=3).map(lambda items: Block(items=tuple(items))),
        st.sampled_from(
            ["# a", "1. b", "- c", "> d", "```", "---", "===", "<div>", "[a]: b", "***", "+", "~~~"]
        ).map(lambda text: Block(text=text)),
    ),
    max_size=6,
)


@given(BLOCKS)
def test_every_block_stays_one_paragraph_and_every_offset_is_true(blocks: list[Block]) -> None:
    document = write_document(blocks, "Title")
    paragraphs = [one for section in document.article.sections for one in section.paragraphs]
    assert len(paragraphs) == sum(not block.level for block in blocks)
    for one in paragraphs:
        assert fold_space(document.text[one.start : one.end]) == one.text
        assert len(one.text) == one.end - one.start
