"""Hostile files come in by the upload page: each gets clear words, and nothing of it is stored."""

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import IO

import pytest
from werkzeug.datastructures import FileStorage
from werkzeug.test import stream_encode_multipart

from quizapp.cli.settings import DATABASE
from quizapp.extraction.limits import MOST_BYTES
from tests.support.apps import Apps
from tests.support.client import Page
from tests.support.rows import Rows, read_rows
from tests.unit.extraction.hostile import REFUSED, SLOW
from tests.web.conftest import Furnished, Site, run_site

ROOT = Path(__file__).parents[2]
NEW = "/sets/from-article"
MOST_SECONDS, MOST_MEMORY = 5.0, 256_000_000
PATIENCE = 60.0
WORKER = (sys.executable, "-m", "tests.support.reading_worker")
# What a new set is before anything is read into it, the upload's own record, and its job.
BEGUN = {"question_set", "set_draft", "set_change", "article_upload", "job"}
EMPTY = re.compile(r"# [^\n]{1,200}\n")
LONGEST_CELL = 1_000
INSIDE = re.compile(r"Traceback|Error\b(?!:)|Exception|\.py\b|/(?:tmp|etc|usr|home)/|wrong here")
CASES = [pytest.param(case, marks=pytest.mark.slow if case in SLOW else ()) for case in REFUSED]
LATIN_1 = "# Caf\u00e9\n".encode("latin-1")
NAMES = {
    "../../etc/passwd.txt": "passwd.txt",
    "..\\..\\boot.txt": "boot.txt",
    "/etc/cron.d/x.txt": "x.txt",
    "one\0two.txt": "onetwo.txt",
    "bell\x07 and \x1b[31mred.txt": "bell and [31mred.txt",
    "exe.\u202etxt.html": "exe.txt.html",
    "<script>alert(1)<b>.txt": "<script>alert(1)<b>.txt",
    "{{ 7 * 7 }}.txt": "{{ 7 * 7 }}.txt",
    f"{'long' * 1250}.txt": f"{'long' * 49}.txt",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Hall:
    """A site with a worker in a process of its own, and what that says of its work."""

    site: Site
    told: IO[str]

    def upload(self, name: str, content: bytes) -> Page:
        """Send a file for a new set as Tess's browser does."""
        tess = self.site.open("tess")
        file = FileStorage(BytesIO(content), filename=name)
        stream, _, boundary = stream_encode_multipart(
            {**tess.get(NEW).get_form(NEW).fields, "file": file}
        )
        with stream:
            kind = f"multipart/form-data; boundary={boundary}"
            return tess.post(NEW, stream.read(), content_type=kind)

    def await_end(self, page: Page) -> tuple[Page, dict[str, float]]:
        """Return the page of the article when it is no longer being read, and what that took."""
        took = json.loads(self.told.readline())
        tess, end = self.site.open("tess"), time.monotonic() + PATIENCE
        while "is being read" in (shown := tess.follow(page)).words:
            assert time.monotonic() < end, "the article is still being read"
            time.sleep(0.02)
        return shown, took


@pytest.fixture(scope="module")
def hall(apps: Apps, furnished: Furnished) -> Iterator[Hall]:
    """One site and one worker for all files, as an installation has them."""
    with run_site(apps, furnished) as site:
        address = site.database.url.render_as_string(hide_password=False)
        with subprocess.Popen(
            WORKER,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            env={**os.environ, DATABASE: address},
        ) as worker:
            assert worker.stdin is not None
            assert worker.stdout is not None
            yield Hall(site=site, told=worker.stdout)
            worker.stdin.close()


def list_changed(before: Rows, after: Rows) -> dict[str, list[tuple[object, ...]]]:
    """Return the rows that are new or different, and say so if one is gone."""
    changed = {
        table: [row for row in rows if row not in before[table]]
        for table, rows in after.items()
        if rows != before[table]
    }
    assert all(len(after[table]) >= len(before[table]) for table in before)
    return changed


def check_words(page: Page, words: str) -> None:
    """The page says what is wrong, what to do, and nothing of the inside of the program."""
    assert words in page.words
    assert re.search(r"(?:was not read|cannot be read): .+; .+\.", page.words)
    assert INSIDE.search(page.words) is None


@pytest.mark.parametrize("case", CASES)
def test_a_hostile_upload_gets_clear_words_and_leaves_nothing(hall: Hall, case: str) -> None:
    name, make, words = REFUSED[case]
    content, before = make(), read_rows(hall.site.database)
    sent = hall.upload(name, content)
    if sent.status != 303:
        assert read_rows(hall.site.database) == before
        check_refused_at_once(sent, content, words)
        return
    page, took = hall.await_end(sent)
    print(case, took, page.words, sep="\n")  # noqa: T201 - what was measured
    assert page.status == 200
    check_words(page, words)
    assert "Nothing of it is stored." in page.words
    assert "Read the article" in page.words
    assert took["processor"] < MOST_SECONDS
    assert max(took["worker"], took["reader"]) < MOST_MEMORY
    check_nothing_is_kept(before, read_rows(hall.site.database))


def check_refused_at_once(page: Page, content: bytes, words: str) -> None:
    """What the request itself refuses stores nothing at all."""
    if len(content) > MOST_BYTES:
        assert page.status == 413
        assert "This page takes at most 10 MB at once. Go back, and give a smaller" in page.words
        return
    assert page.status == 422
    assert page.title.startswith("Error: ")
    check_words(page, words)


def check_nothing_is_kept(before: Rows, after: Rows) -> None:
    """An empty set was begun; of the file there is nothing but its name and why it was refused."""
    changed = list_changed(before, after)
    assert set(changed) == BEGUN
    assert all(len(rows) == 1 for table, rows in changed.items() if table != "set_change")
    (draft,) = changed["set_draft"]
    assert any(isinstance(cell, str) and EMPTY.fullmatch(cell) for cell in draft)
    cells = [cell for rows in changed.values() for row in rows for cell in row]
    assert all(len(repr(cell)) < LONGEST_CELL for cell in cells)
    assert not any(isinstance(cell, bytes) for cell in cells)


@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
def test_a_hostile_name_is_kept_without_what_is_hostile(hall: Hall, name: str) -> None:
    before = read_rows(hall.site.database)
    page, _ = hall.await_end(hall.upload(name, LATIN_1))
    check_words(page, f"{NAMES[name]} was not read: line 1: its letters are stored")
    check_nothing_is_kept(before, read_rows(hall.site.database))
