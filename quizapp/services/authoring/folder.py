"""A draft and the files of its topic folder: each is written from the other."""

from collections.abc import Iterator, Mapping
from datetime import datetime

import yaml

from quizapp.errors import InvalidError, Problem
from quizapp.facts.origin_reader import ARTICLE_FILE, FORMAT
from quizapp.facts.pictures import is_picture
from quizapp.facts.plain import read_plain
from quizapp.facts.yaml_reader import read_yaml
from quizapp.formats.own_questions import FILE as QUESTIONS_FILE
from quizapp.formats.own_questions import OwnQuestions, read_own_questions, write_own_questions
from quizapp.formats.questions_json import question_from_dict, question_to_dict
from quizapp.kinds.question import QuestionKey
from quizapp.storage.drafts import Draft, DraftEntity, DraftFact, DraftQuestion
from quizapp.storage.ids import SetId
from quizapp.storage.tables.content import JsonObject

FACTS_FILE = "facts.yaml"
_WIDTH = 110


def write_folder(draft: Draft, unasked: frozenset[str] = frozenset()) -> dict[str, bytes]:
    """Return the files of the draft's accepted parts; the same draft gives the same bytes.

    `unasked` are keys of made questions that are not asked, besides those that were dropped.
    """
    files = {name: text.encode() for name, text in draft.files.items()}
    files[ARTICLE_FILE] = draft.article.encode()
    files[FACTS_FILE] = _dump(list_document(draft)).encode()
    own = _gather_own(draft, unasked)
    if own != OwnQuestions():
        files[QUESTIONS_FILE] = write_own_questions(own)
    return files


def list_document(draft: Draft, states: frozenset[str] = frozenset({"accepted"})) -> JsonObject:
    """Return facts.yaml as plain data, with the facts in these states."""
    document: JsonObject = {
        "format": FORMAT,
        "title": draft.title,
        "source": {**draft.source, "article": ARTICLE_FILE},
        "entities": {entity.key: entity.body for entity in draft.entities},
    }
    if draft.predicates:
        document["predicates"] = draft.predicates
    document["facts"] = [
        {"id": fact.key, **fact.body} for fact in draft.facts if fact.state in states
    ]
    return document


def read_folder(files: Mapping[str, bytes], set_id: SetId, now: datetime) -> Draft:
    """Return the draft that these files are; all their facts are accepted.

    Pictures are not looked at: they belong to the set, and not to a draft or version of it.

    Raises:
        InvalidError: a file is missing or cannot be read; the problems say where and why.
    """
    document = _read_document(_read_text(files, FACTS_FILE))
    own = read_own_questions(files.get(QUESTIONS_FILE, write_own_questions(OwnQuestions())))
    source = {key: one for key, one in _table(document, "source").items() if key != "article"}
    others = files.keys() - {ARTICLE_FILE, FACTS_FILE, QUESTIONS_FILE}
    return Draft(
        set_id=set_id,
        title=str(document.get("title") or source.get("title") or ""),
        source=source,
        article=_read_text(files, ARTICLE_FILE),
        predicates=_table(document, "predicates"),
        files={name: _read_text(files, name) for name in sorted(others) if not is_picture(name)},
        seed=0,
        changed_at=now,
        entities=tuple(
            DraftEntity(key=key, position=position, body=_as_object(body))
            for position, (key, body) in enumerate(_table(document, "entities").items())
        ),
        facts=tuple(_list_facts(document, now)),
        questions=tuple(_list_questions(own, now)),
    )


def _dump(document: JsonObject) -> str:
    return yaml.safe_dump(document, sort_keys=False, allow_unicode=True, width=_WIDTH)


def _gather_own(draft: Draft, unasked: frozenset[str]) -> OwnQuestions:
    bodies = [
        one.body
        for one in draft.questions
        if one.state == "accepted" and one.origin != "made" and one.body is not None
    ]
    dropped = unasked | {
        one.key for one in draft.questions if one.state == "dropped" and one.origin == "made"
    }
    return OwnQuestions(
        questions=tuple(question_from_dict(body) for body in bodies),
        dropped=tuple(QuestionKey(key) for key in sorted(dropped)),
    )


def _list_facts(document: JsonObject, now: datetime) -> Iterator[DraftFact]:
    entries = document.get("facts") or []
    if not isinstance(entries, list):
        raise _refuse("facts must be a list; begin each with `- id:`")
    for position, entry in enumerate(entries):
        body = _as_object(entry)
        key = str(body.pop("id", ""))
        if not key:
            raise _refuse(f"fact {position + 1}: the key 'id' is missing; add it")
        yield DraftFact(
            key=key, position=position, state="accepted", body=body, origin="file", decided_at=now
        )


def _list_questions(own: OwnQuestions, now: datetime) -> Iterator[DraftQuestion]:
    for position, question in enumerate(own.questions):
        yield DraftQuestion(
            key=question.id,
            position=position,
            state="accepted",
            origin="written",
            body={**question_to_dict(question)},
            decided_at=now,
        )
    for position, key in enumerate(own.dropped):
        yield DraftQuestion(
            key=key, position=position, state="dropped", origin="made", decided_at=now
        )


def _read_text(files: Mapping[str, bytes], name: str) -> str:
    if name not in files:
        raise InvalidError(f"the folder has no {name}", (Problem(text=f"add the file {name}"),))
    try:
        return files[name].decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        problem = Problem(text=f"{name} is not UTF-8; save the file as UTF-8")
        raise InvalidError(f"{name} cannot be read", (problem,)) from error


def _read_document(text: str) -> JsonObject:
    return _as_object(read_plain(read_yaml(text)))


def _table(document: JsonObject, key: str) -> JsonObject:
    return _as_object(document.get(key) or {})


def _as_object(plain: object) -> JsonObject:
    if not isinstance(plain, dict):
        raise _refuse("a mapping is expected; write `key: value` entries")
    return {str(key): one for key, one in plain.items()}


def _refuse(text: str) -> InvalidError:
    return InvalidError(f"{FACTS_FILE} cannot be used", (Problem(text=text),))
