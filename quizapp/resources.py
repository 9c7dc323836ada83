"""Finds the folders that ship beside or inside the package: templates, static files, questions."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def find_folder(name: str) -> Path:
    """Return the shipped folder called `name`.

    A wheel carries the folders inside the package; a checkout and an editable install have them
    beside it. The one inside is looked for first.

    Raises:
        FileNotFoundError: the installation is incomplete; the message names both places.
    """
    for folder in (_PACKAGE / name, _PACKAGE.parent / name):
        if folder.is_dir():
            return folder
    raise FileNotFoundError(
        f"the folder {name!r} is neither in {_PACKAGE} nor in {_PACKAGE.parent}; "
        "install quizapp again from its wheel or its checkout"
    )
