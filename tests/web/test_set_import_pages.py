"""A table on the web: checked, mended, confirmed; templates; what a preview shows."""

from io import BytesIO

import pytest
from werkzeug.datastructures import FileStorage
from werkzeug.test import stream_encode_multipart

from quizapp.formats.table_templates import QUESTIONS, write_csv_template, write_workbook_template
from tests.support.client import Client, Page
from tests.support.rows import read_rows
from tests.web.conftest import Site

GOOD = write_csv_template(QUESTIONS).removeprefix("\ufeff")
BAD = "kind,question,answer\ncard,What is red?,Mars\ncard,What is blue?,\nnone,What?,x"
NEW = "/sets/import"


@pytest.fixture
def tess(site: Site) -> Client:
    """Tess's browser, signed in."""
    return site.open("tess")


@pytest.fixture
def address(site: Site) -> str:
    """Where Tess imports into her draft."""
    return f"/sets/{site.things.set_id}/import"


def upload(client: Client, address: str, name: str, content: bytes, **fields: str) -> Page:
    """Send a file as a browser does."""
    sent = {
        **client.get(address).get_form(address).fields,
        **fields,
        "file": FileStorage(BytesIO(content), filename=name),
    }
    stream, _, boundary = stream_encode_multipart(sent)
    with stream:
        body = stream.read()
    return client.post(address, body, content_type=f"multipart/form-data; boundary={boundary}")


def test_a_table_is_checked_mended_and_confirmed(site: Site, tess: Client, address: str) -> None:
    before = read_rows(site.database)
    bad = tess.post_form(address, tess.get(address), text=BAD)
    assert bad.status == 422
    assert bad.title.startswith("Error: ")
    assert "Row 3, column C: answer: empty; write the right answer." in bad.words
    assert "Row 4, column A: kind: unknown kind “none”" in bad.words
    assert {"#row-3", "#row-4"} <= set(bad.links)
    assert bad.get_form(address).fields["text"] == BAD
    assert [form.action for form in bad.forms() if "confirm" in form.action] == []
    good = tess.post_form(address, bad, text=GOOD)
    assert good.status == 200
    assert "9 new questions, 0 replaced, 0 unchanged." in good.words
    assert read_rows(site.database) == before
    done = tess.post_form(f"{address}/confirm", good)
    assert done.status == 303
    assert "9 new questions, 0 replaced." in tess.follow(done).words
    again = tess.post_form(f"{address}/confirm", good)
    assert "0 new questions, 0 replaced. 9 unchanged." in tess.follow(again).words


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.csv", GOOD.encode()), ("a.xlsx", write_workbook_template(QUESTIONS))],
)
def test_a_file_is_shown_row_by_row_as_students_will_see_it(
    tess: Client, address: str, name: str, content: bytes
) -> None:
    page = upload(tess, address, name, content, text="what is typed does not count")
    assert page.status == 200
    assert "9 new questions" in page.words
    for words in (
        "Row 2: Which planet is nearest to the Sun?",
        "Right: Saturn; Uranus",
        "Venus: Venus is the second planet from the Sun.",
        "Right: 6780 kilometres",
    ):
        assert words in page.words
    assert "#shown-10" in page.links


def test_an_import_is_undone_on_the_page_of_the_next(
    site: Site, tess: Client, address: str
) -> None:
    before = read_rows(site.database, ["draft_question", "draft_fact", "draft_entity"])
    assert "Undo the import" not in tess.get(address).words
    shown = tess.post_form(address, tess.get(address), text=GOOD)
    done = tess.follow(tess.post_form(f"{address}/confirm", shown))
    assert "“Import a table” can undo this." in done.words
    assert address in done.links
    done = tess.get(address)
    assert "9 new questions, 0 replaced. Nothing was changed since." in done.words
    undone = tess.follow(tess.post_form(f"{address}/undo", done))
    assert "The import was undone." in undone.words
    assert "Undo the import" not in undone.words
    assert read_rows(site.database, list(before)) == before
    assert tess.post_form(f"{address}/undo", done).status == 409


def test_a_new_set_is_made_once_of_a_table(site: Site, tess: Client) -> None:
    assert NEW in tess.get("/sets/new").links
    start = tess.get(NEW)
    untitled = tess.post_form(NEW, start, text=GOOD)
    assert (untitled.status, untitled.title[:7]) == (422, "Error: ")
    assert "Enter a title." in untitled.words
    before = read_rows(site.database)
    shown = tess.post_form(NEW, untitled, text=GOOD, title="Planets")
    assert shown.status == 200
    assert read_rows(site.database) == before
    done = [tess.post_form(f"{NEW}/confirm", shown) for _ in range(2)]
    assert [page.status for page in done] == [303, 303]
    assert done[0].location == done[1].location
    assert "Planets" in tess.follow(done[0]).words
    other = tess.post_form(NEW, tess.get(NEW), text=GOOD, title="Planets")
    assert tess.post_form(f"{NEW}/confirm", other).location != done[0].location


def test_a_draft_that_changed_meanwhile_is_shown_anew(tess: Client, address: str) -> None:
    head = "kind,question,answer\n"
    first = tess.post_form(address, tess.get(address), text=f"{head}card,One?,1")
    second = tess.post_form(address, tess.get(address), text=f"{head}card,Two?,2")
    assert tess.post_form(f"{address}/confirm", first).status == 303
    page = tess.post_form(f"{address}/confirm", second)
    assert page.status == 409
    assert "Somebody changed this draft meanwhile" in page.words
    assert tess.post_form(f"{address}/confirm", page).status == 303


def test_what_is_confirmed_is_checked_again(site: Site, tess: Client, address: str) -> None:
    before = read_rows(site.database)
    fields = {"csrf_token": tess.read_token(), "text": BAD, "edits": "0"}
    page = tess.post(f"{address}/confirm", fields)
    assert page.status == 422
    assert "Row 3, column C" in page.words
    assert read_rows(site.database) == before


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.pdf", b"%PDF-1.7", "Only .csv and .xlsx are read; save the table as one of them."),
        ("a.xlsx", b"%PDF-1.7", "Not readable as an XLSX workbook; save it again as .xlsx."),
        ("a.csv", b"kind,question\n\x81,\x8d", "neither in UTF-8 nor in Windows-1252"),
        ("a.csv", b"", "The file is empty; choose another one."),
        ("a.csv", b"x" * 2_000_001, "Larger than 2,000,000 bytes; split the table."),
    ],
)
def test_a_file_of_another_kind_is_refused(
    site: Site, tess: Client, address: str, name: str, content: bytes, words: str
) -> None:
    before = read_rows(site.database)
    page = upload(tess, address, name, content)
    assert page.status == 422
    assert words in page.words
    assert "#text" in page.links
    assert read_rows(site.database) == before


def test_a_file_of_windows_is_read_and_that_is_said(tess: Client, address: str) -> None:
    page = upload(tess, address, "a.csv", "kind,question,answer\ncard,Où?,là".encode("cp1252"))
    assert page.status == 200
    assert "it was read as Windows-1252" in page.words
    assert "Où?" in page.words


def test_only_the_first_hundred_of_very_many_rows_are_shown(tess: Client, address: str) -> None:
    rows = "\n".join(f"card,Question {number}?,a" for number in range(4_999))
    page = tess.post_form(address, tess.get(address), text=f"kind,question,answer\n{rows}")
    assert page.status == 200
    assert "4,999 new questions" in page.words
    assert "And 4,899 more questions like these." in page.words
    assert len(page.text) < 1_000_000


def test_markup_in_a_table_is_shown_as_text(tess: Client, address: str) -> None:
    text = "kind,question,answer\ncard,<b>bold</b>?,</textarea><script>alert(1)</script>"
    page = tess.post_form(address, tess.get(address), text=text)
    assert page.status == 200
    assert "<b>bold</b>?" in page.words
    assert "<script>alert" not in page.text
    bad = tess.post_form(address, tess.get(address), text=f"{text}\ncard,<i>x</i>,")
    assert bad.status == 422
    assert "<i>x" not in bad.text


@pytest.mark.parametrize("what", ["questions", "facts"])
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_template_comes_as_a_file(tess: Client, what: str, ending: str) -> None:
    page = tess.get(f"{NEW}/template/{what}.{ending}")
    assert page.status == 200
    assert f'filename="{what}.{ending}"' in page.headers["Content-Disposition"]
    assert f"{NEW}/template/{what}.{ending}" in tess.get(NEW).links


def test_there_is_no_other_template(tess: Client) -> None:
    assert tess.get(f"{NEW}/template/people.csv").status == 404
    assert tess.get(f"{NEW}/template/facts.pdf").status == 404
