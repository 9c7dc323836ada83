"""A roster on the web: checked, mended, confirmed; links shown once; the file that comes back."""

from base64 import b64decode
from io import BytesIO
from urllib.parse import unquote

import pytest
from werkzeug.datastructures import FileStorage
from werkzeug.test import stream_encode_multipart

from tests.support.client import Client, Page
from tests.support.rows import read_rows
from tests.web.conftest import Site

GOOD = "new@example.org;Nadia;Lab\ncharlie@example.org\nbob@example.org"


@pytest.fixture
def tess(site: Site) -> Client:
    """Tess's browser, signed in."""
    return site.open("tess")


@pytest.fixture
def address(site: Site) -> str:
    """Where Tess adds learners."""
    return f"/courses/{site.things.course_id}/roster/import"


def upload(client: Client, address: str, content: bytes, text: str = "") -> Page:
    """Send a file as a browser does."""
    fields = {
        "csrf_token": client.read_token(),
        "text": text,
        "file": FileStorage(BytesIO(content), filename="roster.csv"),
    }
    stream, _, boundary = stream_encode_multipart(fields)
    return client.post(
        address, stream.read(), content_type=f"multipart/form-data; boundary={boundary}"
    )


def test_a_roster_is_checked_mended_and_confirmed(site: Site, tess: Client, address: str) -> None:
    before = read_rows(site.database)
    bad = tess.post_form(address, tess.get(address), text=f"{GOOD}\nnobody at home")
    assert bad.status == 422
    assert bad.title.startswith("Error: ")
    assert "Line 4, column 1: “nobody at home” is no e-mail address" in bad.words
    assert "#text" in bad.links
    assert [form.action for form in bad.forms() if "confirm" in form.action] == []
    assert bad.get_form(address).fields["text"] == f"{GOOD}\nnobody at home"
    good = tess.post_form(address, bad, text=GOOD)
    assert good.status == 200
    assert "1 new account, 1 student with an account, 1 in the course already" in good.words
    assert "New sections: Lab." in good.words
    assert good.get_form(f"{address}/confirm").fields["text"] == GOOD
    assert read_rows(site.database) == before
    done = tess.post_form(f"{address}/confirm", good)
    assert done.status == 200
    assert "2 students added. 1 in the course already." in done.words
    roster = tess.get(f"/courses/{site.things.course_id}/roster")
    assert "4 students in Astronomy" in roster.words


def test_the_links_are_shown_once_as_a_table_and_as_a_file_and_work(
    site: Site, tess: Client, address: str
) -> None:
    shown = tess.post_form(address, tess.get(address), text=GOOD)
    done = tess.post_form(f"{address}/confirm", shown)
    (data,) = [link for link in done.links if link.startswith("data:text/csv")]
    rows = b64decode(data.partition(",")[2]).decode("utf-8-sig").splitlines()
    assert rows[0] == "name,email,link"
    name, email, link = rows[1].split(",")
    assert (name, email) == ("Nadia", "new@example.org")
    assert link in done.words
    nobody, path = site.open(), link.removeprefix("http://localhost")
    password = "a password of her own"
    assert nobody.post_form(path, nobody.get(path), password=password).status == 303
    assert nobody.sign_in("new@example.org", password).status == 303
    again = tess.post_form(f"{address}/confirm", shown)
    assert again.status == 303
    page = tess.follow(again)
    assert "0 students added. 3 in the course already." in page.words
    assert "/set-password/" not in page.text


def test_what_is_confirmed_is_checked_again(site: Site, tess: Client, address: str) -> None:
    before = read_rows(site.database)
    fields = {"csrf_token": tess.read_token(), "text": f"{GOOD}\nnobody"}
    page = tess.post(f"{address}/confirm", fields)
    assert page.status == 422
    assert "Line 4, column 1" in page.words
    assert read_rows(site.database) == before


def test_a_file_counts_more_than_what_is_typed(tess: Client, address: str) -> None:
    page = upload(tess, address, b"\xef\xbb\xbfemail\nz@example.org", text="y@example.org")
    assert page.status == 200
    assert "z@example.org" in page.words
    assert "y@example.org" not in page.words


def test_a_file_of_windows_is_read_and_that_is_said(tess: Client, address: str) -> None:
    page = upload(tess, address, "z@example.org;Zoë".encode("cp1252"))
    assert page.status == 200
    assert "it was read as Windows-1252" in page.words
    assert "Zoë" in page.words


@pytest.mark.parametrize("content", [b"PK\x03\x04", "x".encode("utf-16"), b"\x81"])
def test_a_file_of_another_kind_is_refused(
    site: Site, tess: Client, address: str, content: bytes
) -> None:
    before = read_rows(site.database)
    page = upload(tess, address, content)
    assert page.status == 422
    assert "save the sheet as “CSV UTF-8”" in page.words
    assert read_rows(site.database) == before


def test_a_thousand_long_lines_fit(tess: Client, address: str) -> None:
    line = "{:04}." + "x" * 40 + "@students.example.org;" + "Some Long Name " * 5 + ";Lab;\n"
    text = "".join(line.format(number) for number in range(1000))
    assert upload(tess, address, text.encode()).status == 200
    assert tess.post_form(address, tess.get(address), text=text).status == 200


def test_markup_in_a_roster_is_shown_as_text(tess: Client, address: str) -> None:
    text = "x@example.org,<b>bold</b>,</textarea><script>alert(1)</script>"
    page = tess.post_form(address, tess.get(address), text=text)
    assert page.status == 200
    assert "<b>bold</b>" in page.words
    assert "<script>alert" not in page.text


def test_the_roster_comes_as_a_file(site: Site, tess: Client) -> None:
    page = tess.get(f"/courses/{site.things.course_id}/roster/export")
    assert page.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert page.headers["Content-Disposition"] == 'attachment; filename="roster-astronomy.csv"'
    assert page.headers["X-Content-Type-Options"] == "nosniff"
    assert "alice@example.org,Alice,,2026-03-02,2026-03-02" in unquote(page.text)
