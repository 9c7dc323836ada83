"""Pictures in questions: to those who may see their set, or are taught from it."""

from flask import Blueprint
from werkzeug.wrappers import Response

from quizapp.services.authoring.images import get_picture
from quizapp.web.access import get_current
from quizapp.web.extensions import db

bp = Blueprint("images", __name__)
_YEAR = 365 * 24 * 60 * 60


@bp.get("/images/<string:digest>")
def show(digest: str) -> Response:
    """Send a picture; its address is the digest of its bytes, so that it never changes."""
    found = get_picture(db.session(), get_current(), digest)
    response = Response(found.content, mimetype=found.mime)
    response.cache_control.private = True
    response.cache_control.max_age = _YEAR
    response.cache_control.immutable = True
    return response
