"""Files that are given to be kept, named after what they hold."""

import re
from typing import Final

from werkzeug.wrappers import Response

CSV: Final = "text/csv; charset=utf-8"
JSON: Final = "application/json"
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_UNFIT_FOR_NAMES = re.compile(r"[^A-Za-z0-9]+")


def send_file(what: str, title: str, ending: str, content: bytes | str, mimetype: str) -> Response:
    """Return a file to be kept: gradebook-title-of-the-course.csv."""
    name = _UNFIT_FOR_NAMES.sub("-", title).strip("-").lower() or "course"
    headers = {"Content-Disposition": f'attachment; filename="{what}-{name}.{ending}"'}
    return Response(content, content_type=mimetype, headers=headers)
