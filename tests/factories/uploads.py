"""An article that nobody tuned the rules on, and a draft of Tess's that was made of it."""

from pathlib import Path

from sqlalchemy.orm import Session

from quizapp.cli.handlers import HANDLERS
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
    run_jobs(database, HANDLERS, MORNING)
    return set_id
