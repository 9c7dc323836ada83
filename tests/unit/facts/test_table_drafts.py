"""A table of facts gives the entries that a draft keeps, and the names that they need."""

from quizapp.facts.article import read_article
from quizapp.facts.model import Entity
from quizapp.facts.predicates import list_shipped_predicates
from quizapp.facts.table_draft import FactTable, read_fact_table
from quizapp.facts.table_reader import read_csv
from quizapp.facts.values import EntityId

ARTICLE = read_article("# Elmtown\n\n## Day\n\nThe fair took place on 4 July 1999.\n")
FAIR = Entity(id=EntityId("fair"), type="event", name="the fair", aliases=("fair",))
HEAD = "subject,predicate,value,quote,section\n"
ROW = "the fair,date,4 July 1999,took place on 4 July 1999,day\n"


def read(text: str, *, named: str = "", known: dict[EntityId, Entity] | None = None) -> FactTable:
    """Read a table about the fair."""
    return read_fact_table(
        read_csv(text),
        named=read_csv(named) if named else None,
        known=known or {},
        predicates=list_shipped_predicates(),
        article=ARTICLE,
    )


def test_a_row_gives_the_entry_that_facts_yaml_would_have() -> None:
    table = read(HEAD + ROW, known={FAIR.id: FAIR})
    assert table.problems == ()
    (fact,) = table.facts
    (paragraph,) = ARTICLE.sections[0].paragraphs
    assert fact.line == 2
    assert fact.entry == {
        "id": "the_fair_date",
        "s": "fair",
        "p": "date",
        "v": "1999-07-04",
        "at": {
            "section": "Day",
            "para": "1",
            "quote": "took place on 4 July 1999",
            "hash": paragraph.digest,
        },
    }
    assert table.added == {}


def test_names_are_added_as_they_are_described_or_inferred() -> None:
    described = read(HEAD + ROW, named="name,type,aliases\nFair of Elmtown,event,the fair; fete\n")
    assert described.problems == ()
    assert described.added == {
        "fair_of_elmtown": {
            "name": "Fair of Elmtown",
            "type": "event",
            "aliases": ["the fair", "fete"],
        }
    }
    inferred = read(HEAD + ROW)
    assert list(inferred.added.values()) == [{"type": "event", "name": "the fair"}]


def test_one_problem_and_there_are_no_facts() -> None:
    table = read(HEAD + ROW + "the fair,date,soon,took place,\n", known={FAIR.id: FAIR})
    assert table.facts == ()
    assert {(each.line, each.column) for each in table.problems} == {(3, 3)}
    assert not table.problems[0].text.startswith("row")
    assert read(HEAD).problems[0].text.startswith("there is no fact in it")
