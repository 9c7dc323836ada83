"""How large a request may be: small, but for the few pages that take a file."""

from flask import Flask, request

SMALL = 64 * 1024
LARGE = 512 * 1024
# Two million characters of a table, of which many may take three bytes.
HUGE = 7 * 1024 * 1024
ARTICLE = 10_500_000
TAKES_FILES = {
    # A thousand lines of a roster, in a file or typed.
    "importing.preview": LARGE,
    "importing.confirm": LARGE,
    # Or a picture.
    "editing.add": LARGE,
    "editing.save": LARGE,
    # An article in a file of ten million bytes, or pasted.
    "articles.create": ARTICLE,
    "articles.add": ARTICLE,
    "set_importing.preview": HUGE,
    "set_importing.confirm": HUGE,
    "set_importing.preview_new": HUGE,
    "set_importing.confirm_new": HUGE,
}


def init_sizes(app: Flask) -> None:
    """Bound every request before anything reads its form."""
    app.config.update(MAX_CONTENT_LENGTH=SMALL, MAX_FORM_MEMORY_SIZE=SMALL)
    app.before_request(allow_files)


def write_most() -> str:
    """Return how large this request may be, in words."""
    most = request.max_content_length or SMALL
    return f"{most // 1_000_000} MB" if most >= 1_000_000 else f"{most // 1_000} kB"  # noqa: PLR2004


def allow_files() -> None:
    """Let more through where a file is expected."""
    most = TAKES_FILES.get(request.endpoint or "")
    if most is not None:
        request.max_content_length = request.max_form_memory_size = most
