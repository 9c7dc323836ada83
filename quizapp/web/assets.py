"""Static files under an address that changes with their content, so that browsers keep them.

They are read and compressed once; all style sheets are sent as one, in the order of `SHEETS`.
"""

import gzip
import hashlib
import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from flask import Flask, abort, current_app, request, url_for
from werkzeug.wrappers import Response

from quizapp.resources import find_folder

# Of two rules that weigh the same the later one holds, so the order is part of the look.
SHEETS = (
    "tokens",
    "base",
    "header",
    "layout",
    "buttons",
    "option",
    "typed",
    "lines",
    "marked",
    "feedback",
    "source",
    "more",
    "progress",
    "tables",
    "figures",
    "charts",
    "forms",
    "errors",
    "article",
    "courses",
    "assignments",
    "importing",
    "attempt",
    "editor",
    "memories",
    "reports",
    "dialog",
    "desk",
    "offline",
    "print",
    "forced",
)
_SITE = "css/site.css"
_PARTS = {f"css/{name}.css" for name in SHEETS}
_YEAR = 365 * 24 * 60 * 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Asset:
    """What is sent for a file: its bytes as they are, or compressed by gzip."""

    mimetype: str
    plain: bytes
    packed: bytes


def init_assets(app: Flask) -> None:
    """Serve the static folder at `/static/DIGEST/...`, one digest for all its files.

    One digest, not one a file: so a module or a style sheet can name its neighbour.
    """
    assets = read_assets(find_folder("static"))
    digest = digest_files({path: asset.plain for path, asset in assets.items()})

    def static(version: str, filename: str) -> Response:
        if version != digest or filename not in assets:
            abort(404)
        return _send(assets[filename])

    app.add_url_rule("/static/<version>/<path:filename>", "static", static)

    # Where the app is mounted is all that the address of a file varies by.
    @lru_cache(maxsize=256)
    def find_address(root: str, path: str) -> str:
        del root
        return url_for("static", version=digest, filename=path)

    app.jinja_env.globals["static"] = lambda path: find_address(request.root_path, path)
    app.extensions["quizapp_digest"] = digest


def list_assets() -> list[str]:
    """Return the addresses of all static files that a page asks for."""
    digest = current_app.extensions["quizapp_digest"]
    paths = [path for path in read_assets(find_folder("static")) if path not in _PARTS]
    return [url_for("static", version=digest, filename=path) for path in paths]


@cache
def read_assets(folder: Path) -> Mapping[str, Asset]:
    """Return what is served, by its path under the folder: each file, and the joined sheets."""
    contents = read_files(folder)
    contents[_SITE] = b"".join(contents[f"css/{name}.css"] for name in SHEETS)
    return {path: _pack(path, content) for path, content in contents.items()}


def read_files(folder: Path) -> dict[str, bytes]:
    """Return what the files of a folder hold, by their path under it, in the order of these."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def digest_files(files: Mapping[str, bytes]) -> str:
    """Return 12 hex digits that change when a file or its path does."""
    digest = hashlib.sha256()
    for path, content in files.items():
        digest.update(path.encode())
        digest.update(content)
    return digest.hexdigest()[:12]


def _pack(path: str, content: bytes) -> Asset:
    mimetype = mimetypes.guess_type(path)[0] or "application/octet-stream"
    return Asset(mimetype=mimetype, plain=content, packed=gzip.compress(content, mtime=0))


def takes_gzip() -> bool:
    """Return whether the browser takes an answer that is compressed by gzip."""
    return request.accept_encodings.quality("gzip") > 0


def _send(asset: Asset) -> Response:
    packs = takes_gzip()
    response = Response(asset.packed if packs else asset.plain, mimetype=asset.mimetype)
    if packs:
        response.content_encoding = "gzip"
    response.vary.add("Accept-Encoding")
    response.cache_control.max_age = _YEAR
    response.cache_control.public = True
    response.cache_control.immutable = True
    return response
