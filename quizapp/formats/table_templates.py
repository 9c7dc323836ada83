"""The tables that are offered to be filled in: headings, examples, and how to fill in each column.

The table of questions imports as it is, so that it shows what comes of each row.
"""

from collections.abc import Mapping, Sequence

from quizapp.facts.table_reader import FACT_COLUMNS
from quizapp.formats.csv_table import write_table
from quizapp.formats.table_columns import COLUMNS, MOST_WRONG, OWN, name_kind

QUESTIONS, FACTS, HELP = "Questions", "Facts", "How to fill in"
_SHOWN = tuple(
    name
    for name in COLUMNS
    if not name.startswith(("wrong", "why")) or int(name.rpartition(" ")[2]) <= 4  # noqa: PLR2004
)
"""The columns of the template; more wrong options may be added."""
_EXAMPLES: Sequence[Mapping[str, str]] = (
    {
        "kind": "choice",
        "question": "Which planet is nearest to the Sun?",
        "answer": "Mercury",
        "wrong 1": "Venus",
        "why 1": "Venus is the second planet from the Sun.",
        "wrong 2": "Mars",
        "wrong 3": "Jupiter",
        "explanation": "Mercury goes round the Sun in 88 days, nearer than any other planet.",
        "importance": "3",
        "tags": "planets",
        "id": "nearest-planet",
    },
    {
        "kind": "select all",
        "question": "Which of these planets have rings (select all that apply)?",
        "answer": "Saturn | Uranus",
        "wrong 1": "Venus",
        "wrong 2": "Mars",
        "explanation": "All four giant planets have rings: Jupiter, Saturn, Uranus and Neptune.",
    },
    {
        "kind": "true or false",
        "question": "The Moon shines by its own light.",
        "answer": "false",
        "explanation": "The Moon reflects the light of the Sun.",
    },
    {
        "kind": "cloze",
        "question": "The largest moon of Saturn is _____.",
        "answer": "Titan",
        "accept": "Saturn VI",
        "explanation": "Titan is larger than the planet Mercury.",
    },
    {
        "kind": "numeric",
        "question": "According to NASA, about how many kilometres wide is Mars?",
        "answer": "6780",
        "tolerance": "20",
        "unit": "kilometres",
        "hedge": "about",
        "according to": "NASA",
        "explanation": "NASA gives the diameter of Mars as about 6,780 kilometres.",
    },
    {
        "kind": "date",
        "question": "On what date did people first walk on the Moon?",
        "answer": "21 July 1969",
        "explanation": "Neil Armstrong stepped on the Moon on 21 July 1969, by universal time.",
        "section": "Landing",
        "quote": "Armstrong stepped onto the surface at 02:56 UTC on 21 July 1969.",
    },
    {
        "kind": "ordering",
        "question": "In which order do these planets follow each other, from the Sun outwards?",
        "order": "Mercury | Venus | Earth | Mars",
        "explanation": "Mercury, Venus, Earth and Mars are the four inner planets.",
    },
    {
        "kind": "matching",
        "question": "Match each moon with its planet.",
        "pairs": "Titan = Saturn | Io = Jupiter | Phobos = Mars",
        "wrong 1": "Uranus",
        "explanation": "Titan belongs to Saturn, Io to Jupiter and Phobos to Mars.",
    },
    {
        "kind": "flashcard",
        "question": "What is a light-year?",
        "answer": "The distance that light travels in a year",
        "as of": "2026",
        "explanation": "A light-year is a distance, about 9.46 million million kilometres.",
    },
)
_QUESTION_HELP: Mapping[str, str] = {
    "kind": "One of: choice, select all, true or false, cloze, numeric, date, ordering, matching, "
    "flashcard. Always needed.",
    "question": "What is asked, or the statement. In a cloze _____ stands where the answer "
    "belongs. Markdown, such as *emphasis* and lists, may be used. Always needed.",
    "answer": "The right answer. For “select all” every right option, parted by |. For “true or "
    "false” the word true or false.",
    "wrong 1": f"A wrong option, up to “wrong {MOST_WRONG}”. For “matching” a match that is left "
    "over.",
    "accept": "Other spellings that count as right in a cloze, parted by |.",
    "tolerance": "How far a number may be from the answer; empty means not at all.",
    "unit": "What is counted or measured, such as people or kilometres.",
    "order": "The items in the right order, parted by |.",
    "pairs": "Pairs to match, parted by |; in each the item, an equals sign and its match.",
    "explanation": "What is said after answering: why the answer is right.",
    "why 1": "What is said to whoever chose the option “wrong 1”.",
    "hedge": "How sure the source is, such as about, at least or estimate. Say it in the question, "
    "too.",
    "according to": "Who says so, if it is not certain; several parted by |.",
    "as of": "The date that the answer holds for, such as 2026-03-01, 2026-03 or 2026.",
    "section": "The heading of the article under which the answer stands.",
    "quote": "The exact words of the article, or of another source, that prove the answer.",
    "importance": "1, 2 or 3; 3 is learned first. Empty means 2.",
    "tags": "Words to find the question by, parted by |.",
    "id": "A name that stays the same, in small letters and digits with hyphens. A row with the id "
    "of a question that is there replaces it. Empty means that kind and question tell which it is.",
}
_FACT_HELP: Mapping[str, str] = {
    "subject": "Who or what the fact is about. Always needed.",
    "predicate": "What is said of it, one of the predicates of the program. Always needed.",
    "value": "A name, figure, date or text; several names parted by ;. Always needed.",
    "unit": "The unit of a figure, in the plural.",
    "qualifier": "Words such as at least, about, estimate or closed, parted by ;.",
    "of": "What the figure is of.",
    "as of": "The date that the fact holds for.",
    "from": "Since when it holds.",
    "to": "Until when it held.",
    "according to": "Who says so; several parted by ;.",
    "section": "The heading under which the quote stands.",
    "quote": "The exact words of the article. Always needed.",
    "id": "A name that stays the same; a row with the id of a fact that is there replaces it.",
    "importance": "1, 2 or 3; 3 is learned first.",
    "conflicts": "Ids of facts that say otherwise, parted by ;.",
    "supersedes": "Ids of older facts that this one replaces, parted by ;.",
    "note": "A note for yourself.",
}


def write_csv_template(what: str) -> str:
    """Return the table `QUESTIONS` or `FACTS` as CSV; that of facts has its headings alone."""
    return write_table(_list_rows(what))


def write_workbook_template(what: str) -> bytes:
    """Return the table `QUESTIONS` or `FACTS` as a workbook, with a sheet on how to fill it in."""
    # The library takes as long to import as all else here; only a workbook needs it.
    from quizapp.formats.sheets import write_sheets  # noqa: PLC0415

    table, words = _list_rows(what), list_help(what)
    return write_sheets({what: table, HELP: words}, widths=(16, 60, 24))


def list_help(what: str) -> list[tuple[str, str, str]]:
    """Return what to write into each column, and for which kinds, beneath a row of headings."""
    texts = _QUESTION_HELP if what == QUESTIONS else _FACT_HELP
    rows = [
        (name, words, _list_kinds(name) if what == QUESTIONS else "")
        for name, words in texts.items()
    ]
    return [("column", "what to write", "for the kinds"), *rows]


def _list_rows(what: str) -> list[tuple[str, ...]]:
    if what == FACTS:
        return [FACT_COLUMNS]
    rows = [tuple(example.get(name, "") for name in _SHOWN) for example in _EXAMPLES]
    return [_SHOWN, *rows]


def _list_kinds(column: str) -> str:
    kinds = [name_kind(kind) for kind, columns in OWN.items() if column in columns]
    return ", ".join(kinds) or "all"
