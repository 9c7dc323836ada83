"""The pages of the question editor in each of their states, and how to get there."""

from tests.support.client import Page
from tests.web.conftest import Site
from tests.web.course_states import Visit

NEW = "questions/new?kind="


def visit_editor(site: Site, path: str = "", **fields: str) -> Page:
    """Open an editor, that of the set's own question if none is named, or press a button there."""
    tess, base = site.open("tess"), f"/sets/{site.things.set_id}"
    page = tess.get(f"{base}/{path or f'questions/{site.things.question_key}'}")
    if not fields:
        return page
    form = next(form for form in page.forms() if "/questions/" in form.action)
    return tess.post(form.action, {**form.fields, **fields})


def visit_restored(site: Site) -> Page:
    tess, base = site.open("tess"), f"/sets/{site.things.set_id}"
    token = tess.read_token()
    fields = {
        "csrf_token": token,
        "kind": "numeric",
        "key": "",
        "stem": "How many",
        "unit": "moons",
    }
    tess.post_json(f"{base}/editor/keep", fields)
    return tess.get(f"{base}/{NEW}numeric")


EDITOR_STATES: dict[str, tuple[int, Visit]] = {
    "kinds of question": (200, lambda site: visit_editor(site, "questions/new")),
    "question editor": (200, visit_editor),
    "question editor, new": (200, lambda site: visit_editor(site, f"{NEW}cloze")),
    "question editor, restored": (200, visit_restored),
    "question editor, refused": (422, lambda site: visit_editor(site, f"{NEW}date", act="save")),
    "question editor, previewed": (200, lambda site: visit_editor(site, act="preview")),
    "question editor, a row more": (
        200,
        lambda site: visit_editor(site, f"{NEW}matching", act="add"),
    ),
    "question editor, no picture": (200, lambda site: visit_editor(site, act="picture")),
}
