"""What the commands read from the environment."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from quizapp.errors import InvalidError

if TYPE_CHECKING:
    from quizapp.services.articles.model_settings import ModelSettings
    from quizapp.storage.engine import Database

DATABASE = "QUIZAPP_DATABASE_URL"


def read_database() -> str:
    """Return the database's address.

    Raises:
        InvalidError: the variable is not set.
    """
    address = os.environ.get(DATABASE, "")
    if not address:
        raise InvalidError(
            f"{DATABASE} is not set; set it to sqlite:////FOLDER/quizapp.db or "
            "postgresql://USER@HOST/NAME"
        )
    return address


def read_model() -> "ModelSettings | None":
    """Return the language model that may propose facts, None if QUIZAPP_LLM_URL names none.

    Raises:
        InvalidError: QUIZAPP_LLM_URL, QUIZAPP_LLM_MODEL or QUIZAPP_LLM_KEY cannot be used.
    """
    from quizapp.services.articles.model_settings import read_model_settings

    return read_model_settings(os.environ)


@contextmanager
def opened() -> "Iterator[Database]":
    """Give the database, and close its connections afterwards.

    Raises:
        InvalidError: the variable is not set or holds no address.
    """
    from quizapp.storage.engine import open_database

    database = open_database(read_database())
    try:
        yield database
    finally:
        database.dispose()
