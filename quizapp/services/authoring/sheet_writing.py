"""A question written into the fields of its editor."""

from quizapp.generation.drafts import rate_difficulty
from quizapp.kinds.question import Question
from quizapp.services.authoring.sheets import Row, Sheet

_WITHOUT_ANSWER = ("choice", "select_all", "ordering", "matching")


def write_sheet(question: Question) -> Sheet:
    """Return the sheet that reads as the question."""
    usual = rate_difficulty(question.kind, near=0.0, importance=question.importance)
    return Sheet(
        kind=question.kind,
        stem=question.stem,
        answer="" if question.kind in _WITHOUT_ANSWER else question.answer,
        accept="\n".join(question.accept),
        unit=question.unit or "",
        tolerance=question.tolerance or "",
        feedback=question.feedback,
        place=write_place(question.source.section, question.source.paragraph),
        quote=question.source.quote,
        hedge=question.hedge or "",
        said="\n".join(question.said),
        as_of=question.as_of or "",
        tags=", ".join(question.tags),
        importance=str(question.importance),
        difficulty="" if question.difficulty == usual else f"{100 * question.difficulty:g}",
        rows=_list_rows(question),
    )


def write_place(section: str, paragraph: int) -> str:
    """Return a place in the article as the editor names it, "" if it is none."""
    return f"{paragraph}:{section}" if paragraph else ""


def _list_rows(question: Question) -> tuple[Row, ...]:
    if question.kind == "ordering":
        return tuple(Row(text=text) for text in question.order or ())
    if question.kind == "matching":
        pairs = [Row(text=prompt, match=match) for prompt, match in question.pairs or ()]
        left = [Row(match=one.text, feedback=one.feedback or "") for one in question.options]
        return (*pairs, *left)
    return tuple(
        Row(text=one.text, right=one.correct, feedback=one.feedback or "")
        for one in question.options
    )
