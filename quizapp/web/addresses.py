"""Numbers in addresses, bounded by what the columns of the databases can be asked for.

A longer number is no address of ours, so it is not found; a database would raise.
"""

import re

from flask import Flask
from werkzeug.routing import IntegerConverter

_SHORT = re.compile(r"[0-9]{1,9}")
_LONG = re.compile(r"[0-9]{1,18}")


class ShortId(IntegerConverter):
    """`<id:...>`: a number that 32 bits hold."""

    regex = r"\d{1,9}"


class LongId(IntegerConverter):
    """`<long_id:...>`: a number that 64 bits hold, for what learners make all day."""

    regex = r"\d{1,18}"


def init_addresses(app: Flask) -> None:
    """Make both kinds of number known to the routes."""
    app.url_map.converters.update(id=ShortId, long_id=LongId)


def read_id(text: str) -> int:
    """Return the number that a form sent for a row; what cannot be one is 0, which no row has."""
    return int(text) if _SHORT.fullmatch(text) else 0


def read_long_id(text: str) -> int:
    """Return the same for what learners make all day."""
    return int(text) if _LONG.fullmatch(text) else 0
