"""The pictures of a set's questions go with its topic folder, and with its copy."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from quizapp.errors import InvalidError, Problem
from quizapp.facts.pictures import (
    FOLDER,
    LARGEST_TOGETHER,
    MOST,
    digest_picture,
    find_mime,
    is_picture,
    list_faults,
    name_picture,
)
from quizapp.formats.own_questions import FILE, read_own_questions
from quizapp.formats.questions_json import question_from_dict
from quizapp.kinds.markup import list_images
from quizapp.kinds.question import WRITTEN, Question
from quizapp.storage.accounts import Account
from quizapp.storage.drafts import Draft
from quizapp.storage.ids import SetId
from quizapp.storage.images import (
    Image,
    add_images,
    copy_images,
    count_bytes,
    list_digests,
    load_images,
)


def list_used(questions: Iterable[Question]) -> dict[str, str]:
    """Return the digests of the pictures in questions, each with the key of the first one."""
    used: dict[str, str] = {}
    for question in questions:
        # The stem of a made question is no Markdown.
        for image in list_images(question.stem) if question.template == WRITTEN else ():
            if image.digest:
                used.setdefault(image.digest, question.id)
    return used


def read_pictures(files: Mapping[str, bytes], draft: Draft) -> dict[str, Image]:
    """Return the pictures of a topic folder by digest; `draft` is what was read from it.

    Raises:
        InvalidError: a file is none of the pictures of its questions, or one of these is missing;
            all problems are collected.
    """
    pictures = {name: content for name, content in files.items() if is_picture(name)}
    problems = list(list_faults(pictures)) or list(_compare(pictures, _list_used_by(draft)))
    if problems:
        raise InvalidError("The folder's pictures cannot be used.", tuple(problems))
    return {
        digest_picture(content): Image(mime=find_mime(content) or "", content=content)
        for content in pictures.values()
    }


def store_pictures(
    session: Session, person: Account, set_id: SetId, pictures: Mapping[str, Image], now: datetime
) -> None:
    """Store the pictures of a topic folder in a set, which keeps those that it has.

    Raises:
        InvalidError: the set would have too many, or too large ones together.
    """
    if not pictures:
        return
    known = list_digests(session, set_id)
    added = {digest: image for digest, image in pictures.items() if digest not in known}
    size = count_bytes(session, set_id) + sum(len(image.content) for image in added.values())
    if len(known) + len(added) > MOST or size > LARGEST_TOGETHER:
        most = f"{MOST:,} pictures and {LARGEST_TOGETHER // 1024**2} MB"
        text = f"{FOLDER}: with those of its former versions the set would have over {most}"
        problem = Problem(text=f"{text}; give the folder another id, for a new set")
        raise InvalidError("The folder's pictures are too large.", (problem,))
    add_images(session, set_id, added, by=person.id, now=now)


def add_used_pictures(
    session: Session, set_id: SetId, files: Mapping[str, bytes]
) -> dict[str, bytes]:
    """Return the files of a topic folder with those of the pictures that its questions use."""
    used = list_used(read_own_questions(files[FILE]).questions) if FILE in files else {}
    pictures = load_images(session, set_id, used) if used else {}
    named = {name_picture(digest, image.mime): image.content for digest, image in pictures.items()}
    return {**files, **named}


def copy_pictures(
    session: Session, person: Account, draft: Draft, copy_id: SetId, now: datetime
) -> None:
    """Let a copy of a draft have the pictures of its questions."""
    used = _list_used_by(draft)
    if used:
        copy_images(session, draft.set_id, copy_id, used, by=person.id, now=now)


def _list_used_by(draft: Draft) -> dict[str, str]:
    bodies = [one.body for one in draft.questions if one.body is not None]
    return list_used(map(question_from_dict, bodies))


def _compare(pictures: Mapping[str, bytes], used: Mapping[str, str]) -> Iterator[Problem]:
    """What is missing in a folder whose pictures are all sound, and what is too much."""
    names = {digest_picture(content): name for name, content in pictures.items()}
    for digest, key in used.items():
        if digest not in names:
            missing = f"{FOLDER}/{digest}.png (or .jpg, .gif, .webp)"
            remedy = f"add it, or take it out of the question {key} in {FILE}"
            yield Problem(text=f"{missing}: the file is missing; {remedy}")
    for digest, name in names.items():
        if digest not in used:
            yield Problem(text=f"{name}: no question in {FILE} shows it; delete the file")
