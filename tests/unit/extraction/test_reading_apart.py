"""What reads a file in a process of its own: the same as here, and whatever ends it is told."""

import pickle
import sys
from io import BytesIO
from pathlib import Path

import pytest

from quizapp.errors import InvalidError
from quizapp.extraction import reading_apart
from quizapp.extraction.proposing import extract
from quizapp.extraction.reading import read_document
from quizapp.extraction.reading_apart import extract_apart
from tests.factories.uploads import CANAL


def test_an_article_comes_back_as_it_would_be_read_here() -> None:
    content = CANAL.read_bytes()
    assert extract_apart("canal.md", content) == extract(read_document("canal.md", content))


def test_a_refusal_comes_back_with_its_line() -> None:
    with pytest.raises(InvalidError) as caught:
        extract_apart("a.txt", b"one\n\n\0")
    (problem,) = caught.value.problems
    assert (problem.line, "NUL" in problem.text) == (3, True)


@pytest.mark.parametrize(
    ("program", "told", "logged"),
    [
        ("raise KeyError('deep inside')", "nobody foresaw", "KeyError"),
        ("import os; os.kill(os.getpid(), 9)", "too much time or memory", ""),
        ("import time; time.sleep(60)", "too much time or memory", ""),
    ],
)
def test_a_reader_that_fails_is_a_refusal_with_a_remedy(
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    program: str,
    told: str,
    logged: str,
) -> None:
    monkeypatch.setattr(reading_apart, "_WORKER", ("-c", program))
    monkeypatch.setattr(reading_apart, "PATIENCE", 2)
    with pytest.raises(InvalidError) as caught:
        extract_apart("a.txt", b"words")
    (problem,) = caught.value.problems
    assert told in problem.text
    assert "copy its text and paste it" in problem.text
    assert "deep inside" not in problem.text
    assert logged in caplog.text


@pytest.mark.skipif(sys.platform == "win32", reason="the system has no such limits")
def test_the_process_limits_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = (
        "import io, resource, sys; from quizapp.extraction import reading_worker as worker;"
        "sys.stdout = sys.stderr; worker._read = lambda name, content: sys.exit("
        "f'{resource.getrlimit(resource.RLIMIT_CPU)} {resource.getrlimit(resource.RLIMIT_AS)}');"
        "worker.main()"
    )
    seen: list[object] = []
    monkeypatch.setattr(reading_apart, "_WORKER", ("-c", shown))
    monkeypatch.setattr(reading_apart._LOG, "error", lambda *told: seen.append(told[-1]))
    with pytest.raises(InvalidError):
        extract_apart("a.txt", b"words")
    assert seen == ["(4, 4) (240000000, 240000000)"]


@pytest.mark.parametrize("named", [print, Path, pickle.loads])
def test_nothing_that_acts_is_taken_from_the_answer(named: object) -> None:
    with pytest.raises(pickle.UnpicklingError, match="is no value"):
        reading_apart._Values(BytesIO(pickle.dumps(named))).load()
