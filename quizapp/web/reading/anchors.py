"""Where a paragraph stands on the article's page."""

import re

from flask import url_for

from quizapp.kinds.question import Source
from quizapp.storage.ids import VersionId


def section_anchor(section: str) -> str:
    """Return the id of a section's heading."""
    return "s-" + re.sub(r"\W+", "-", section.lower()).strip("-")


def paragraph_anchor(section: str, paragraph: int) -> str:
    """Return the id of a paragraph."""
    return f"{section_anchor(section)}-p-{paragraph}"


def passage_url(version_id: VersionId, source: Source) -> str:
    """Return the address of the paragraph that a question comes from, its quote marked."""
    return url_for(
        "reading.article",
        version_id=version_id,
        quote=source.quote,
        _anchor=paragraph_anchor(source.section, source.paragraph),
    )
