"""How large a request may be: small, but for the few pages that take a file."""

from flask import Flask, request

SMALL = 64 * 1024
LARGE = 512 * 1024
# A thousand lines of a roster, in a file or typed.
TAKES_FILES = frozenset(
    {"importing.preview", "importing.confirm", "editing.add", "editing.save"}  # or a picture
)


def init_sizes(app: Flask) -> None:
    """Bound every request before anything reads its form."""
    app.config.update(MAX_CONTENT_LENGTH=SMALL, MAX_FORM_MEMORY_SIZE=SMALL)
    app.before_request(allow_files)


def allow_files() -> None:
    """Let more through where a file is expected."""
    if request.endpoint in TAKES_FILES:
        request.max_content_length = LARGE
        request.max_form_memory_size = LARGE
