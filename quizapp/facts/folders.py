"""The files of a topic folder, as they are."""

from pathlib import Path

from quizapp.errors import InvalidError, NotFoundError, Problem
from quizapp.facts import pictures

MOST_FILES = 20
MOST_BYTES = 10_000_000


def read_files(folder: Path) -> dict[str, bytes]:
    """Return the files that stand in the folder itself, by name, and its pictures, `images/NAME`.

    Hidden ones are left out. Of a picture no more is read than tells that it is too large.

    Raises:
        NotFoundError: there is no such folder.
        InvalidError: it holds more, or more in one file, than a topic does; or cannot be read.
    """
    if not folder.is_dir():
        raise NotFoundError(f"there is no folder {folder}; give one that holds a facts.yaml")
    files = {file.name: _read(file) for file in _list_files(folder, MOST_FILES)}
    shown = folder / pictures.FOLDER
    if shown.is_dir():
        for file in _list_files(shown, pictures.MOST):
            files[f"{pictures.FOLDER}/{file.name}"] = _read_beginning(file)
    return files


def _list_files(folder: Path, most: int) -> list[Path]:
    files = sorted(
        file for file in folder.iterdir() if file.is_file() and not file.name.startswith(".")
    )
    if len(files) > most:
        raise _refuse(folder, f"more than {most:,} files; keep what belongs to the topic")
    return files


def _read(file: Path) -> bytes:
    try:
        if file.stat().st_size > MOST_BYTES:
            raise _refuse(file, f"larger than {MOST_BYTES:,} bytes; take it out of the folder")
        return file.read_bytes()
    except OSError as error:
        raise _refuse(file, f"cannot be read ({error.strerror})") from error


def _read_beginning(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            return opened.read(pictures.LARGEST + 1)
    except OSError as error:
        raise _refuse(file, f"cannot be read ({error.strerror})") from error


def _refuse(file: Path, text: str) -> InvalidError:
    return InvalidError(f"{file} cannot be used", (Problem(text=f"{file.name}: {text}"),))
