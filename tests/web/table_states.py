"""The pages of importing a table into a set, in each of their states."""

from quizapp.formats.table_templates import QUESTIONS, write_csv_template
from tests.support.client import Page
from tests.web.conftest import Site
from tests.web.course_states import Visit, visit_as

BAD = "kind,question,answer,wrong 1\nchoice,Which?,,\nlist,,,x\ncard,What is “أحمر”?,,"


def find_address(site: Site) -> str:
    """Return where a table is imported into Tess's draft."""
    return f"/sets/{site.things.set_id}/import"


def import_as_tess(text: str, *, new: bool = False, title: str = "Planets") -> Visit:
    """Send a table to Tess's draft, or as a new set."""

    def visit(site: Site) -> Page:
        address = "/sets/import" if new else find_address(site)
        tess = site.open("tess")
        fields = {"text": text, "title": title} if new else {"text": text}
        return tess.post_form(address, tess.get(address), **fields)

    return visit


def visit_imported(site: Site) -> Page:
    address, tess = find_address(site), site.open("tess")
    shown = tess.post_form(address, tess.get(address), text=write_csv_template(QUESTIONS))
    return tess.follow(tess.post_form(f"{address}/confirm", shown))


TABLE_STATES: dict[str, tuple[int, Visit]] = {
    "import a table": (200, lambda site: visit_as("tess", find_address(site))(site)),
    "import a new set": (200, visit_as("tess", "/sets/import")),
    "import a new set, no title": (422, import_as_tess(BAD, new=True, title="")),
    "import a table of every kind": (
        200,
        import_as_tess(write_csv_template(QUESTIONS), new=True),
    ),
    "import a table with problems": (422, import_as_tess(BAD)),
    "import a table that is none": (422, import_as_tess('kind,"question')),
    "import a table, done": (200, visit_imported),
}
