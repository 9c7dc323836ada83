"""Reviews without a network: questions loaded ahead, answers kept by the browser and sent later."""

import gzip
import json
from functools import cache

from flask import Blueprint, Response, jsonify, render_template, request, url_for
from flask.typing import ResponseReturnValue

from quizapp.errors import BusyError, ConflictError, QuizappError
from quizapp.resources import find_folder
from quizapp.services.reviewing.keeping import store_kept
from quizapp.services.reviewing.packing import pack_study
from quizapp.storage.ids import StudyId
from quizapp.web.access import get_current, read_now
from quizapp.web.assets import digest_files, list_assets, read_files, takes_gzip
from quizapp.web.extensions import db
from quizapp.web.student.offline_pages import write_pack
from quizapp.web.student.offline_reading import read_body, read_kept, read_key

bp = Blueprint("offline", __name__)
_TRIES = 3
_EFFORT = 5  # of 9
_ICONS = (("icon.svg", "any"), ("icon-192.png", "192x192"), ("icon-512.png", "512x512"))


@bp.get("/review/<long_id:study_id>/pack")
def pack(study_id: int) -> ResponseReturnValue:
    """Give the questions that wait, to be asked without a network."""
    account, now = get_current(), read_now()
    found = pack_study(db.session(), account, StudyId(study_id), now)
    return _compress(jsonify(write_pack(found, account, now)))


@bp.post("/review/kept")
def keep() -> ResponseReturnValue:
    """Store the answers that the browser kept, each by itself, and say what became of each."""
    account_id, entries = read_body(request.get_data())
    if account_id != get_current().id:
        raise ConflictError("These answers are another person's; they are not stored.")
    return jsonify(answers=[_store(entry) for entry in entries])


@bp.get("/offline")
def shell() -> ResponseReturnValue:
    """Give the page that asks what was loaded ahead; it is the same for everybody."""
    return render_template("student/offline.html")


@bp.get("/service-worker.js")
def worker() -> ResponseReturnValue:
    """Give the script that answers for the server; at the root, since it may answer below alone.

    It changes with the files that it keeps, so that a browser takes the new ones.
    """
    files = list_assets()
    known = {
        "version": _digest_all(),
        "page": url_for("offline.shell"),
        "home": url_for("student.today"),
        "files": files,
    }
    source = next(each for each in files if each.endswith("js/offline/worker.js"))
    text = f"self.quizapp = {json.dumps(known)};\nimportScripts({json.dumps(source)});\n"
    return Response(text, content_type="text/javascript; charset=utf-8")


@bp.get("/manifest.webmanifest")
def manifest() -> ResponseReturnValue:
    """Tell browsers how to install the application."""
    icons = {each.rpartition("/")[2]: each for each in list_assets()}
    text = json.dumps(
        {
            "name": "Quizapp",
            "short_name": "Quizapp",
            "id": url_for("student.today"),
            "start_url": url_for("student.today"),
            "scope": url_for("student.today"),
            "display": "standalone",
            "background_color": "#f8f6f1",
            "theme_color": "#3a3f9e",
            "icons": [{"src": icons[name], "sizes": sizes} for name, sizes in _ICONS],
        }
    )
    return Response(text, content_type="application/manifest+json")


def _compress(response: Response) -> Response:
    """Compress an answer, if the browser takes it so: a pack is a twelfth of its size then."""
    response.vary.add("Accept-Encoding")
    if takes_gzip():
        response.data = gzip.compress(response.get_data(), _EFFORT)
        response.content_encoding = "gzip"
    return response


@cache
def _digest_all() -> str:
    files = {**read_files(find_folder("static")), **read_files(find_folder("templates"))}
    return digest_files(files)


def _store(entry: object) -> dict[str, str | None]:
    """Store one answer in a transaction of its own; a bad one does not stop the others."""
    key = read_key(entry)
    try:
        before = _store_patiently(entry)
    except BusyError:
        db.session.rollback()
        return {"key": key, "state": "later"}
    except QuizappError as refusal:
        db.session.rollback()
        text = str(refusal)
        return {"key": key, "state": "refused", "reason": f"{text[:1].upper()}{text[1:]}"}
    return {"key": key, "state": "saved before" if before else "saved"}


def _store_patiently(entry: object) -> bool:
    """Store an answer and tell whether it was before; whoever meets another waits for them."""
    kept = read_kept(entry)
    for tries_left in reversed(range(_TRIES)):
        try:
            stored = store_kept(db.session(), get_current(), kept, read_now())
        except BusyError:
            db.session.rollback()
            if not tries_left:
                raise
        else:
            db.session.commit()
            return stored.before
    raise AssertionError
