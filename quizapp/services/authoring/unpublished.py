"""What stands in a draft alone: neither in the newest version of its set nor in a folder."""

from collections.abc import Iterator
from dataclasses import replace
from typing import TypeAlias

from quizapp.services.authoring.folder import read_folder, write_folder
from quizapp.storage.drafts import Draft, DraftQuestion

Part: TypeAlias = tuple[str, str]
_DROPPED = "dropped"


def list_unpublished(
    draft: Draft, version: Draft | None, folder: Draft, asked: frozenset[str]
) -> tuple[str, ...]:
    """Name what would be lost if the folder took the place of the draft.

    That is what the draft has, or has no more, unlike the folder and the newest version, which asks
    the questions with the keys `asked`. What was dropped before it was published is no loss.
    """
    kept, held, theirs = _list_parts(draft), _list_parts(_accept_all(draft)), _list_parts(folder)
    published = {} if version is None else _list_parts(version)
    lost = {
        part: " ".join(part).strip()
        for part, content in held.items()
        if content not in (published.get(part), theirs.get(part))
    }
    for part, content in published.items():
        if content != _DROPPED and part in theirs and part not in kept:
            lost.setdefault(part, " ".join(("no", *part)))
    lost |= {
        ("question", one.key): f"question {one.key} accepted"
        for one in draft.questions
        if one.state == "accepted" and one.body is None and one.key not in asked
        if theirs.get(("question", one.key)) == _DROPPED
    }
    return tuple(lost.values())


def _accept_all(draft: Draft) -> Draft:
    """Return the draft with all accepted that is not decided yet."""
    return replace(
        draft,
        facts=tuple(
            replace(one, state="accepted") if one.state == "proposed" else one
            for one in draft.facts
        ),
        questions=tuple(
            replace(one, state="accepted") if one.state == "proposed" else one
            for one in draft.questions
        ),
    )


def _list_parts(draft: Draft) -> dict[Part, object]:
    """Return the parts of a draft as its folder says them."""
    questions = tuple(map(_drop_edited, draft.questions))
    files = write_folder(replace(draft, questions=questions))
    return dict(_gather(read_folder(files, draft.set_id, draft.changed_at)))


def _drop_edited(one: DraftQuestion) -> DraftQuestion:
    edited = one.origin == "edited" and one.state == "dropped"
    return replace(one, origin="made", body=None) if edited else one


def _gather(read: Draft) -> Iterator[tuple[Part, object]]:
    yield ("title", ""), read.title
    yield ("source", ""), read.source
    yield ("article", ""), read.article
    yield ("predicates", ""), read.predicates
    for name, text in read.files.items():
        yield ("file", name), text
    for entity in read.entities:
        yield ("name", entity.key), entity.body
    for fact in read.facts:
        yield ("fact", fact.key), fact.body
    for question in read.questions:
        yield ("question", question.key), question.body or _DROPPED
