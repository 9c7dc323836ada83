"""Questions in a table, one a row, in the layout of the template.

The first row names the columns, in any order and case. Everything wrong is told at once, each by
its row, as a spreadsheet counts it, and its column. A question without an id gets one from its kind
and what it asks, so that the same row is the same question however often it is read.
"""

import hashlib
import re
from dataclasses import dataclass

from quizapp.errors import Problem
from quizapp.facts.article import Article
from quizapp.facts.fact_reader import IMPORTANCES
from quizapp.facts.folding import fold
from quizapp.facts.schema import suggest
from quizapp.facts.table_reader import Row, Sheet
from quizapp.facts.yaml_reader import Scalar
from quizapp.formats.question_rows import Parts, mend_blanks, read_parts, split_cell
from quizapp.formats.table_columns import (
    COLUMNS,
    COMMON,
    KIND_WORDS,
    NEEDED,
    OWN,
    find_kind,
    name_column,
    name_kind,
)
from quizapp.kinds.dates import parse_dates
from quizapp.kinds.question import (
    WRITTEN,
    FactKey,
    KindName,
    Question,
    QuestionKey,
    Source,
)

LONGEST_STEM = 1_000
LONGEST_NOTE = 120
MOST_TAGS, LONGEST_TAG = 20, 40
_DIFFICULTY = 0.5
"""Nothing is known of how hard a written question is."""
_ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,79}", re.ASCII)
_UNPRINTED = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_MOST_PROBLEMS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class TableQuestion:
    """A question and the row that it was read from."""

    line: int
    question: Question


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionTable:
    """The questions of a table, what is wrong with it, and what should be known of its reading."""

    entries: tuple[TableQuestion, ...]
    problems: tuple[Problem, ...]
    notes: tuple[str, ...] = ()


def read_question_table(sheet: Sheet, article: Article | None = None) -> QuestionTable:
    """Read the questions of a table; their quotes are looked up in the article if there is one."""
    return _TableReader(sheet, article).read()


class _TableReader:
    """Reads the rows of one table; `places` are the columns by their names."""

    def __init__(self, sheet: Sheet, article: Article | None) -> None:
        self.columns = [
            Scalar(line=cell.line, column=cell.column, text=name_column(cell.text))
            for cell in sheet.columns
        ]
        self.names = {
            cell.text: named.text for cell, named in zip(sheet.columns, self.columns, strict=True)
        }
        self.places: dict[str, int] = {}
        self.sheet = sheet
        self.article = article
        self.problems: list[Problem] = []
        self.notes: list[str] = []
        self.lines: dict[str, int] = {}

    def read(self) -> QuestionTable:
        """Return the questions; with a problem in a row, that row gives none."""
        self._check_columns()
        found = [self._read_row(row) for row in self.sheet.rows] if not self.problems else []
        if not self.sheet.rows and not self.problems:
            self._keep(0, 0, "there is no question in it; write one in each row")
        problems = sorted(self.problems, key=lambda each: (each.line, each.column))
        return QuestionTable(
            entries=tuple(each for each in found if each is not None),
            problems=tuple(problems[:_MOST_PROBLEMS]),
            notes=tuple(self.notes),
        )

    def _check_columns(self) -> None:
        for cell in self.columns:
            if cell.text in self.places:
                text = f"the column “{cell.text}” stands there twice; keep one"
                self._keep(cell.line, cell.column, text)
            elif cell.text and cell.text not in COLUMNS:
                text = f"unknown column “{cell.text[:60]}”; {suggest(cell.text, COLUMNS)}"
                self._keep(cell.line, cell.column, text)
            elif cell.text:
                self.places[cell.text] = cell.column
        line = self.columns[0].line
        for name in NEEDED:
            if name not in self.places:
                self._keep(line, 0, f"the column “{name}” is missing; add it")

    def _keep(self, line: int, column: int, text: str) -> None:
        self.problems.append(Problem(line=line, column=column, text=text))

    def _read_row(self, row: Row) -> TableQuestion | None:
        named = {self.names[name]: cell for name, cell in row.cells.items()}
        row = Row(line=row.line, column=0, cells=named)
        before = len(self.problems)
        self._check_letters(row)
        kind = self._read_kind(row)
        if kind is None:
            return None
        self._check_own(row, kind)
        stem = self._text(row, "question", LONGEST_STEM)
        if not stem:
            self._report(row, "question", "empty; write what is asked")
        parts = read_parts(kind, row, lambda column, text: self._report(row, column, text))
        if parts is None or not stem:
            return None
        question = self._make(row, kind, stem, parts)
        self._check_key(row, question)
        if len(self.problems) > before:
            return None
        return TableQuestion(line=row.line, question=question)

    def _report(self, row: Row, column: str, text: str) -> None:
        self._keep(row.line, self.places.get(column, 0), f"{column}: {text}")

    def _check_letters(self, row: Row) -> None:
        for name, cell in row.cells.items():
            found = _UNPRINTED.search(cell.text)
            if found is not None:
                text = f"holds the character U+{ord(found[0]):04X}, which cannot be shown"
                self._report(row, name, f"{text}; type the cell anew")

    def _read_kind(self, row: Row) -> KindName | None:
        cell = row.cells.get("kind")
        found = None if cell is None else find_kind(cell.text)
        if cell is None:
            self._report(row, "kind", f"empty; {suggest('', tuple(KIND_WORDS))}")
        elif found is None:
            text = f"unknown kind “{cell.text[:60]}”; {suggest(fold(cell.text), tuple(KIND_WORDS))}"
            self._report(row, "kind", text)
        return found

    def _check_own(self, row: Row, kind: KindName) -> None:
        for name in row.cells:
            if name not in (*COMMON, *OWN[kind]):
                text = f"a {name_kind(kind)} question has none; remove it or change the kind"
                self._report(row, name, text)

    def _text(self, row: Row, column: str, most: int = LONGEST_NOTE) -> str:
        cell = row.cells.get(column)
        text = "" if cell is None else cell.text
        if len(text) > most:
            self._report(row, column, f"more than {most:,} characters; shorten it")
        return text

    def _make(self, row: Row, kind: KindName, stem: str, parts: Parts) -> Question:
        if kind == "cloze":
            stem = mend_blanks(stem)
        key = self._text(row, "id") or make_key(kind, stem, parts)
        feedback = self._text(row, "explanation", 4 * LONGEST_STEM) or parts.told
        return Question(
            id=QuestionKey(key),
            kind=kind,
            facts=(FactKey(key),),
            template=WRITTEN,
            stem=stem,
            options=parts.options,
            answer=parts.answer,
            accept=parts.accept,
            unit=parts.unit,
            tolerance=parts.tolerance,
            pairs=parts.pairs,
            order=parts.order,
            feedback=feedback,
            hedge=self._text(row, "hedge") or None,
            said=split_cell(self._text(row, "according to", 4 * LONGEST_NOTE)),
            as_of=self._read_day(row),
            source=self._find_source(row, feedback),
            importance=self._read_importance(row),
            difficulty=_DIFFICULTY,
            guess=parts.guess,
            tags=self._read_tags(row),
        )

    def _read_tags(self, row: Row) -> tuple[str, ...]:
        tags = split_cell(self._text(row, "tags", MOST_TAGS * LONGEST_TAG))
        if len(tags) > MOST_TAGS or any(len(tag) > LONGEST_TAG for tag in tags):
            words = f"at most {MOST_TAGS} tags of at most {LONGEST_TAG} characters each"
            self._report(row, "tags", f"too many or too long; write {words}")
        return tuple(dict.fromkeys(tags))

    def _read_day(self, row: Row) -> str | None:
        text = self._text(row, "as of")
        dates = parse_dates(text)
        if text and not dates:
            self._report(row, "as of", "no date; write one such as 2 March 2017, 2017-03 or 2017")
        elif len(dates) > 1:
            words = f"may be two days; write {dates[0].iso} or {dates[1].iso}"
            self._report(row, "as of", words)
        return dates[0].iso if dates else None

    def _read_importance(self, row: Row) -> int:
        text = fold(self._text(row, "importance"))
        if text and text not in IMPORTANCES:
            known = ", ".join(IMPORTANCES)
            self._report(row, "importance", f"“{text[:60]}” is none; write one of {known}")
        return IMPORTANCES.get(text, 2)

    def _find_source(self, row: Row, feedback: str) -> Source:
        """The place of the quote in the article, else the words of whoever wrote the question."""
        quote = self._text(row, "quote", 4 * LONGEST_STEM)
        title = self._text(row, "section", 2 * LONGEST_NOTE)
        sections = [
            section
            for section in (self.article.sections if self.article is not None else ())
            if not title or fold(section.title) == fold(title)
        ]
        for section in sections:
            for paragraph in section.paragraphs:
                if quote and quote in paragraph.text:
                    return Source(section=section.title, paragraph=paragraph.number, quote=quote)
        if quote and self.article is not None:
            where = f"the section “{title}” of the article" if title else "the article"
            self.notes.append(
                f"Row {row.line}: the quote is not in {where}, so it counts as yours."
            )
        return Source(section=title, paragraph=0, quote=quote or feedback)

    def _check_key(self, row: Row, question: Question) -> None:
        key = question.id
        if "id" in row.cells and _ID.fullmatch(key) is None:
            words = "small letters, digits, hyphens and underscores, at most 80"
            self._report(row, "id", f"“{key[:60]}” is no id; write {words}")
        if key in self.lines:
            column = "id" if "id" in row.cells else "question"
            text = (
                f"the same as in row {self.lines[key]}; remove one, or give each an id of its own"
            )
            self._report(row, column, text)
        self.lines.setdefault(key, row.line)


def make_key(kind: KindName, stem: str, parts: Parts) -> str:
    """Return a stable id of a question: the same for the same kind, stem and things to arrange."""
    items = sorted(parts.order or [prompt for prompt, _ in parts.pairs or ()])
    text = "\n".join((kind, fold(stem), *map(fold, items)))
    return f"own-{kind.replace('_', '-')}-{hashlib.sha256(text.encode()).hexdigest()[:12]}"
