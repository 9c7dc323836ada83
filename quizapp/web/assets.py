"""Static files under an address that changes with their content, so that browsers keep them."""

import hashlib
from functools import lru_cache
from pathlib import Path

from flask import Flask, abort, current_app, request, send_from_directory, url_for
from werkzeug.wrappers import Response

from quizapp.resources import find_folder

_YEAR = 365 * 24 * 60 * 60


def init_assets(app: Flask) -> None:
    """Serve the static folder at `/static/DIGEST/...`, one digest for all its files.

    One digest, not one a file: so a module or a style sheet can name its neighbour.
    """
    folder = find_folder("static")
    digest = digest_folder(folder)

    def static(version: str, filename: str) -> Response:
        if version != digest:
            abort(404)
        response = send_from_directory(folder, filename, max_age=_YEAR)
        response.cache_control.public = True
        response.cache_control.immutable = True
        return response

    app.add_url_rule("/static/<version>/<path:filename>", "static", static)

    # A page names some twenty files; where the app is mounted is all that their addresses vary by.
    @lru_cache(maxsize=256)
    def find_address(root: str, path: str) -> str:
        del root
        return url_for("static", version=digest, filename=path)

    app.jinja_env.globals["static"] = lambda path: find_address(request.root_path, path)
    app.extensions["quizapp_digest"] = digest


def list_assets() -> list[str]:
    """Return the addresses of all static files."""
    folder, digest = find_folder("static"), current_app.extensions["quizapp_digest"]
    names = [file.relative_to(folder).as_posix() for file in _list_files(folder)]
    return [url_for("static", version=digest, filename=name) for name in names]


def digest_folder(folder: Path) -> str:
    """Return 12 hex digits that change when any file of the folder does."""
    digest = hashlib.sha256()
    for file in _list_files(folder):
        digest.update(file.relative_to(folder).as_posix().encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


def _list_files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())
