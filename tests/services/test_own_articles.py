"""An article is read by a job into a draft, and people decide on what was found in it."""

import pytest
from sqlalchemy import text

from quizapp.cli.handlers import HANDLERS
from quizapp.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError
from quizapp.services.articles.model_settings import ModelSettings
from quizapp.services.authoring.drafting import get_draft
from quizapp.services.authoring.entries import Entry
from quizapp.services.authoring.marking import Mark, fill_value, guess_entry
from quizapp.services.authoring.reviewing import make_blank
from quizapp.services.authoring.uploading import (
    READ_JOB,
    NewArticle,
    begin_from_article,
    cancel_reading,
    look_at_reading,
    make_reader,
    upload_article,
)
from quizapp.storage.drafts import Draft
from quizapp.storage.engine import Database
from quizapp.storage.ids import SetId
from quizapp.storage.tables.content import JsonObject
from tests.factories.people import MORNING, World, build_world
from tests.factories.uploads import CANAL, begin_canal, build_canal
from tests.support.jobs import run_jobs
from tests.support.model_server import Answer, Reply, say_facts, serving_model

KEPT = "SELECT count(*) FROM article_upload WHERE content IS NOT NULL"


def draft_of(database: Database, world: World, set_id: SetId) -> Draft:
    with database.reading() as session:
        return get_draft(session, world.tess, set_id)[1]


def count_kept(database: Database) -> int:
    with database.reading() as session:
        return session.scalar(text(KEPT)) or 0


def begin(database: Database, world: World, name: str, content: bytes) -> SetId:
    article = NewArticle(name=name, content=content)
    with database.writing() as session:
        set_id = begin_from_article(session, world.tess, article, title="", now=MORNING)
        session.commit()
    return set_id


def test_an_article_comes_into_the_draft_and_its_file_goes(database: Database) -> None:
    world = build_world(database)
    with database.writing() as session:
        set_id = begin_canal(session, world.tess)
        session.commit()
    assert count_kept(database) == 1
    assert draft_of(database, world, set_id).facts == ()
    run_jobs(database, HANDLERS, MORNING)
    draft = draft_of(database, world, set_id)
    assert (draft.title, draft.source["title"]) == ("canal", "The Merrow Canal")
    assert draft.article.startswith("# The Merrow Canal")
    assert {(fact.state, fact.origin) for fact in draft.facts} == {("proposed", "rule")}
    assert any("is taken to be" in reason for fact in draft.facts for reason in fact.reasons)
    assert any("s" not in fact.body for fact in draft.facts)
    assert any(entity.suggestions for entity in draft.entities)
    assert count_kept(database) == 0
    with database.reading() as session:
        state = look_at_reading(session, world.tess, set_id)
    assert state.upload is not None
    assert state.upload.outcome["facts"] == len(draft.facts)


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("canal.pdf", b"%PDF-1.4 and nothing more", "the PDF is broken"),
        ("canal.docx", b"PK\x03\x04 and nothing more", ""),
        ("canal.txt", b"Canal\n\n" + b"x" * 20_000, "line 3: a line has more than"),
        ("canal.html", b"<html>" + b"<div>" * 2_000, ""),
    ],
)
def test_what_cannot_be_read_leaves_nothing(
    database: Database, name: str, content: bytes, told: str
) -> None:
    world = build_world(database)
    set_id = begin(database, world, name, content)
    run_jobs(database, HANDLERS, MORNING)
    with database.reading() as session:
        state = look_at_reading(session, world.tess, set_id)
    assert state.upload is not None
    assert told in str(state.upload.outcome["refused"])
    draft = draft_of(database, world, set_id)
    assert (draft.facts, draft.entities, draft.article) == ((), (), "# canal\n")
    assert count_kept(database) == 0


@pytest.mark.parametrize(
    ("name", "content"), [("canal.exe", b"MZ"), ("canal.txt", b" \n"), ("canal.pdf", b"MZ\x90")]
)
def test_a_file_of_another_sort_or_without_words_is_refused_at_once(
    database: Database, name: str, content: bytes
) -> None:
    world = build_world(database)
    with pytest.raises(InvalidError):
        begin(database, world, name, content)


def test_reading_can_be_cancelled_and_begun_again(database: Database) -> None:
    world = build_world(database)
    set_id = begin(database, world, "canal.md", CANAL.read_bytes())
    again = NewArticle(name="canal.md", content=CANAL.read_bytes())
    with database.writing() as session:
        with pytest.raises(ConflictError, match="being read"):
            upload_article(session, world.tess, set_id, again, MORNING)
        cancel_reading(session, world.tess, set_id, MORNING)
        session.commit()
    run_jobs(database, HANDLERS, MORNING)
    assert draft_of(database, world, set_id).facts == ()
    assert count_kept(database) == 0
    with database.writing() as session:
        with pytest.raises(ConflictError, match="No article"):
            cancel_reading(session, world.tess, set_id, MORNING)
        upload_article(session, world.tess, set_id, again, MORNING)
        session.commit()
    run_jobs(database, HANDLERS, MORNING)
    assert draft_of(database, world, set_id).facts
    with database.writing() as session, pytest.raises(InvalidError, match="new set"):
        upload_article(session, world.tess, set_id, again, MORNING)


def test_others_neither_see_nor_give_an_article(database: Database) -> None:
    world = build_world(database)
    set_id = build_canal(database, world.tess)
    article = NewArticle(name="canal.md", content=b"# Canal")
    share = "INSERT INTO set_share VALUES (:s, :a, 'read', '2026-03-02 08:00:00', NULL)"
    with database.writing() as session:
        with pytest.raises(NotFoundError):
            look_at_reading(session, world.bob, set_id)
        with pytest.raises(NotFoundError):
            upload_article(session, world.bob, set_id, article, MORNING)
        session.execute(text(share), {"s": set_id, "a": world.bob.id})
        assert look_at_reading(session, world.bob, set_id).details.may == "read"
        with pytest.raises(ForbiddenError):
            cancel_reading(session, world.bob, set_id, MORNING)


def test_marked_words_tell_subject_figures_and_date(database: Database) -> None:
    world = build_world(database)
    draft = draft_of(database, world, build_canal(database, world.tess))
    titles = [line[3:] for line in draft.article.splitlines() if line.startswith("## ")]
    quote = "Port Ellen had a population of 2,300 in 1801."
    mark = Mark(section=titles.index("Traffic") + 1, paragraph=3, quote=quote)
    entry = guess_entry(draft, mark)
    assert (entry.subject, entry.quote, entry.section) == ("Port Ellen", quote, "Traffic")
    for predicate, name, value in (
        ("population", "number", "2300"),
        ("population", "as_of", "1801"),
        ("founded_on", "date", "1801"),
    ):
        from_words = guess_entry(draft, mark)
        filled = fill_value(draft, type(entry)(predicate=predicate, quote=from_words.quote))
        assert getattr(filled, name) == value
    with pytest.raises(NotFoundError):
        guess_entry(draft, Mark(section=1, paragraph=1, quote="words that nobody wrote"))


REEF = """# Skarholm Lighthouse

According to the Royal Air Force, 12 soldiers were killed. The tower was not hit by the bombs.
Its first chairwoman may have been Marit Dale. The lighthouse is built of granite.
At least 212 sailors drowned between 1800 and 1850. It covers 0.7 square kilometres in 1990.
Einar Tveit wrote that the keeper slept.
"""


@pytest.mark.parametrize(
    ("quote", "subject", "said", "status", "doubts"),
    [
        ("12 soldiers were killed", "", "Royal Air Force", "claim", ""),
        ("The tower was not hit by the bombs.", "", "", "stated", "denied"),
        ("first chairwoman may have been Marit Dale", "", "", "considered", "less than certain"),
        ("The lighthouse is built of granite.", "Skarholm Lighthouse", "", "stated", ""),
        ("the keeper slept", "", "Einar Tveit", "reported", ""),
    ],
)
def test_marked_words_keep_who_says_so_and_how_sure_it_is(
    database: Database, quote: str, subject: str, said: str, status: str, doubts: str
) -> None:
    world = build_world(database)
    set_id = begin(database, world, "reef.md", REEF.encode())
    run_jobs(database, HANDLERS, MORNING)
    draft = draft_of(database, world, set_id)
    entry = guess_entry(draft, Mark(section=0, paragraph=1, quote=quote))
    assert (entry.subject, entry.said, entry.status) == (subject, said, status)
    reasons = " ".join(make_blank(draft, entry).reasons)
    assert doubts in reasons
    assert bool(doubts) == bool(reasons)


@pytest.mark.parametrize(
    ("predicate", "quote", "number", "unit", "as_of"),
    [
        (
            "killed",
            "At least 212 sailors drowned between 1800 and 1850.",
            "212",
            "sailors",
            "",
        ),
        ("area", "It covers 0.7 square kilometres in 1990.", "0.7", "square kilometres", "1990"),
    ],
)
def test_figures_come_with_their_whole_unit_and_no_end_of_a_time(
    database: Database, predicate: str, quote: str, number: str, unit: str, as_of: str
) -> None:
    world = build_world(database)
    draft = draft_of(database, world, begin(database, world, "reef.md", REEF.encode()))
    filled = fill_value(draft, Entry(predicate=predicate, quote=quote))
    assert (filled.number, filled.unit, filled.as_of) == (number, unit, as_of)


ELM = b"# Elm House\n\nAnn Bell was born in Leeds. The Ash League had Ann Bell at its head.\n"


def read_with_model(database: Database, answer: Answer) -> tuple[Draft, JsonObject]:
    """Let rules and a model read an article, and return the draft and how it ended."""
    world = build_world(database)
    article = NewArticle(name="elm.md", content=ELM, use_model=True)
    with database.writing() as session:
        set_id = begin_from_article(session, world.tess, article, title="", now=MORNING)
        session.commit()
    with serving_model(answer) as server:
        settings = ModelSettings(url=server.url, pauses=())
        run_jobs(database, {READ_JOB: make_reader(lambda: settings)}, MORNING)
    with database.reading() as session:
        upload = look_at_reading(session, world.tess, set_id).upload
    assert upload is not None
    return draft_of(database, world, set_id), upload.outcome


def test_a_model_proposes_what_the_text_proves_and_the_rest_is_told(database: Database) -> None:
    said: dict[str, object] = {
        "subject": "Ash League",
        "predicate": "leader",
        "value": "Ann Bell",
        "quote": "The Ash League had Ann Bell at its head.",
    }
    invented = {**said, "quote": "Ann Bell was born in York."}
    draft, outcome = read_with_model(database, lambda _: say_facts(said, invented))
    by_model = [fact for fact in draft.facts if fact.origin == "model"]
    assert [(fact.state, fact.body["p"]) for fact in by_model] == [("proposed", "leader")]
    assert all(fact.provenance and fact.provenance["answer"] for fact in by_model)
    dropped = outcome["model_dropped"]
    assert isinstance(dropped, list)
    assert len(dropped) == 1


def test_what_rules_found_stays_where_no_model_answers(database: Database) -> None:
    draft, outcome = read_with_model(database, lambda _: Reply(status=500))
    assert "cannot serve" in str(outcome["model"])
    assert {fact.origin for fact in draft.facts} == {"rule"}
