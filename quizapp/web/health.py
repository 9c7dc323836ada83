"""Whether the server lives and whether it can serve."""

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from quizapp.services.health import examine
from quizapp.web.extensions import READ, db

bp = Blueprint("health", __name__)


@bp.get("/healthz")
def alive() -> ResponseReturnValue:
    """Tell that this process answers."""
    return jsonify(status="alive")


@bp.get("/readyz")
def ready() -> ResponseReturnValue:
    """Tell whether the database can be reached and has this program's schema."""
    health = examine(db.engines[READ])
    body = {"status": "ready" if health.ready else "not ready", "database": health.database}
    if health.sqlite:
        body["sqlite"] = health.sqlite
    if health.warning:
        body["warning"] = health.warning
    return jsonify(body), 200 if health.ready else 503
