"""The files of a topic folder, as they are."""

from pathlib import Path

from quizapp.errors import InvalidError, NotFoundError, Problem

MOST_FILES = 20
MOST_BYTES = 10_000_000


def read_files(folder: Path) -> dict[str, bytes]:
    """Return the files that stand in the folder itself, by name; hidden ones are left out.

    Raises:
        NotFoundError: there is no such folder.
        InvalidError: it holds more, or more in one file, than a topic does; or cannot be read.
    """
    if not folder.is_dir():
        raise NotFoundError(f"there is no folder {folder}; give one that holds a facts.yaml")
    files = sorted(
        file for file in folder.iterdir() if file.is_file() and not file.name.startswith(".")
    )
    if len(files) > MOST_FILES:
        raise _refuse(folder, f"more than {MOST_FILES} files; keep what belongs to the topic")
    return {file.name: _read(file) for file in files}


def _read(file: Path) -> bytes:
    try:
        if file.stat().st_size > MOST_BYTES:
            raise _refuse(file, f"larger than {MOST_BYTES:,} bytes; take it out of the folder")
        return file.read_bytes()
    except OSError as error:
        raise _refuse(file, f"cannot be read ({error.strerror})") from error


def _refuse(file: Path, text: str) -> InvalidError:
    return InvalidError(f"{file} cannot be used", (Problem(text=text),))
