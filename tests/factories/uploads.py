"""An article that nobody tuned the rules on, and a draft of Tess's that was made of it."""

from pathlib import Path
from unittest.mock import patch

from sqlalchemy.orm import Session

from quizapp.cli.handlers import HANDLERS
from quizapp.extraction.proposing import Extraction, extract
from quizapp.extraction.reading import read_document
from quizapp.services.authoring.uploading import NewArticle, begin_from_article
from quizapp.storage.accounts import Account
from quizapp.storage.engine import Database
from quizapp.storage.ids import SetId
from tests.factories.people import MORNING
from tests.support.jobs import run_jobs

CANAL = Path(__file__).parent / "articles" / "canal.md"


def begin_canal(session: Session, person: Account, name: str = "canal.md") -> SetId:
    """Upload the article for a new set."""
    article = NewArticle(name=name, content=CANAL.read_bytes())
    return begin_from_article(session, person, article, title="", now=MORNING)


def build_canal(database: Database, person: Account) -> SetId:
    """Upload the article and let the job read it."""
    with database.writing() as session:
        set_id = begin_canal(session, person)
        session.commit()
    # Here, since a process for each of many tests takes longer than all that they look at.
    with patch("quizapp.services.authoring.uploading.extract_apart", _extract_here):
        run_jobs(database, HANDLERS, MORNING)
    return set_id


def _extract_here(name: str, content: bytes) -> Extraction:
    return extract(read_document(name, content))
