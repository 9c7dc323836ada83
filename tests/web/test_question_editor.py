"""The question editor: every kind, without scripts, with what is found in it, saved by itself."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from typing import Literal
from xml.etree.ElementTree import Element

import pytest
from sqlalchemy import text
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from quizapp.kinds.question import WRITTEN, FactKey, KindName, Question, QuestionKey, Source
from quizapp.services.authoring.drafting import begin_set, get_draft
from quizapp.services.authoring.packing import gather_questions, inspect_draft
from quizapp.services.authoring.questions import put_question
from quizapp.services.authoring.releasing import publish_draft
from quizapp.services.authoring.sharing import share_set
from quizapp.services.authoring.sheet_writing import write_sheet
from quizapp.storage.courses import add_course, enrol, teach
from quizapp.storage.drafts import find_draft
from quizapp.storage.ids import SetId
from tests.factories.desk import make_picture
from tests.factories.kinds import ALL, make_kind
from tests.factories.people import MORNING
from tests.support.client import Client, Page, words_of
from tests.web.conftest import Site
from tests.web.test_pages import check


def base_of(site: Site) -> str:
    return f"/sets/{site.things.set_id}"


def fields_of(question: Question) -> dict[str, str]:
    """What the editor sends for a question; of several right options the first alone."""
    sheet = write_sheet(question)
    fields = {
        name: str(getattr(sheet, name)) for name in sheet.__dataclass_fields__ if name != "rows"
    }
    for place, row in enumerate(sheet.rows):
        fields |= {
            f"rows-{place}-text": row.text,
            f"rows-{place}-match": row.match,
            f"rows-{place}-feedback": row.feedback,
        }
        if row.right:
            fields.setdefault("right", str(place))
    return fields


def make_written(kind: KindName) -> Question:
    """A question of a kind as somebody writes it, of one fact."""
    question = make_kind(kind)
    return replace(
        question,
        id=QuestionKey(f"own-{kind}"),
        facts=(FactKey(f"own-{kind}"),),
        template=WRITTEN,
        stem=f"{question.stem}\n\n- a *list*",
        source=Source(section="", paragraph=0, quote="the quoted words"),
    )


def send(client: Client, page: Page, url: str, **fields: str) -> Page:
    """Press a button of the editor with these fields changed."""
    return client.post_form(url, page, **fields)


def write(site: Site, client: Client, fields: Mapping[str, str]) -> Page:
    url = f"{base_of(site)}/questions/new"
    page = client.get(f"{url}?kind={fields['kind']}")
    return send(client, page, url, **fields)


def list_elements(part: Element) -> list[tuple[str, str, str]]:
    """The elements of a question by name, class and text; keys and levels of headings aside."""
    found = []
    for each in part.iter():
        tag = "h" if each.tag in ("h1", "h2") else str(each.tag)
        if tag != "kbd" and "aria-describedby" not in each.attrib.get("class", ""):
            found.append((tag, each.attrib.get("class", ""), (each.text or "").strip()))
    return sorted(found)


def find_question(part: Element) -> Element:
    return next(each for each in part.iter() if each.attrib.get("class", "") == "question")


def find_part(page: Page, name: str) -> Element:
    return next(each for each in page.tree.iter() if each.attrib.get("data-part") == name)


@pytest.mark.parametrize("kind", ALL)
def test_the_preview_is_what_a_learner_sees_once_it_is_published(
    kind: KindName, site: Site
) -> None:
    tess, charlie = site.things.people["tess"], site.things.people["charlie"]
    with site.database.writing() as session:
        set_id = begin_set(session, tess, title="Own questions", now=MORNING)
        put_question(session, tess, set_id, make_written(kind), now=MORNING)
        version = publish_draft(session, tess, set_id, note="", now=MORNING)
        course = add_course(session, title="Own", timezone="UTC", now=MORNING)
        teach(session, course_id=course, version_id=version)
        enrol(session, course_id=course, account_id=charlie.id, role="learner", now=MORNING)
        session.commit()
    learner = site.open("charlie")
    asked = learner.follow(learner.post_form("/review", learner.get("/")))
    editor = site.open("tess")
    url = f"/sets/{set_id}/questions/own-{kind}"
    page = editor.get(url)
    if kind != "select_all":  # whose ticks the tests' browser does not send along
        page = send(editor, page, url, act="preview")
    assert page.status == 200
    check(page)
    shown = find_question(find_part(page, "ask"))
    seen = next(each for each in asked.tree.iter() if each.attrib.get("class") == "question")
    assert list_elements(shown) == list_elements(seen)
    assert "a list" in words_of(seen)
    told = words_of(find_part(page, "tell"))
    assert make_written(kind).feedback in told
    assert "the quoted words" in told


@pytest.mark.parametrize("kind", ALL)
def test_a_question_of_each_kind_is_written_and_stands_in_the_editor_again(
    kind: KindName, site: Site
) -> None:
    tess, wanted = site.open("tess"), make_written(kind)
    saved = write(site, tess, fields_of(wanted))
    assert saved.status == 303
    page = tess.follow(saved)
    check(page)
    assert "The question is saved." in page.words
    key = page.path.rsplit("/", 1)[1]
    with site.database.reading() as session:
        draft = find_draft(session, SetId(site.things.set_id))
        assert draft is not None
        (row,) = [one for one in draft.questions if one.key == key]
    assert (row.origin, row.state) == ("written", "accepted")
    assert row.body is not None
    assert row.body["facts"] == [key]
    assert row.body["stem"] == wanted.stem
    assert page.get_form(page.path).fields["stem"] == wanted.stem


def test_problems_stand_beside_their_fields_and_nothing_is_stored(site: Site) -> None:
    tess = site.open("tess")
    fields = fields_of(make_written("choice")) | {"stem": "", "rows-2-text": ""}
    fields["rows-2-feedback"] = "It says nothing."
    before = count_rows(site, "draft_question")
    page = write(site, tess, fields)
    assert page.status == 422
    check(page)
    assert page.title.startswith("Error: New question")
    assert {"#stem", "#rows-2-text"} <= set(page.links)
    fields_by_id = {each.attrib.get("id"): each for each in page.tree.iter()}
    for name in ("stem", "rows-2-text"):
        field = fields_by_id[name]
        assert field.attrib["aria-invalid"] == "true"
        assert f"error-{name}" in field.attrib["aria-describedby"].split()
    assert "aria-invalid" not in fields_by_id["rows-1-text"].attrib
    assert count_rows(site, "draft_question") == before


def test_a_statement_that_is_neither_true_nor_false_is_told_beside_its_choice(site: Site) -> None:
    tess = site.open("tess")
    page = write(site, tess, fields_of(make_written("true_false")) | {"answer": ""})
    assert page.status == 422
    check(page)
    choice = next(each for each in page.tree.iter("fieldset") if each.attrib.get("id") == "answer")
    assert "Say whether the statement is true or false." in words_of(choice)


def count_rows(site: Site, table: str) -> int:
    with site.database.reading() as session:
        return int(session.execute(text(f"select count(*) from {table}")).scalar_one())


def list_advice(page: Page) -> dict[str, str]:
    return {
        each.attrib["data-advice"]: words_of(each)
        for each in page.tree.iter()
        if each.attrib.get("data-advice") and words_of(each)
    }


def test_what_the_linter_finds_is_advice_beside_the_field_and_keeps_nothing_from_being_stored(
    site: Site,
) -> None:
    tess = site.open("tess")
    fields = fields_of(make_written("choice")) | {"stem": "What is it not", "said": "Herschel"}
    page = write(site, tess, {**fields, "act": "preview"})
    assert page.status == 200
    advice = list_advice(page)
    assert set(advice) == {"stem", "said", "rows"}
    assert "Herschel" in advice["said"]
    assert {"#stem", "#said"} <= set(page.links)
    assert write(site, tess, fields).status == 303


def test_rows_are_moved_added_and_removed_without_scripts(site: Site) -> None:
    tess, url = site.open("tess"), f"{base_of(site)}/questions/new"
    fields, before = fields_of(make_written("choice")), count_rows(site, "draft_question")

    def press(act: str) -> tuple[list[str], str, str]:
        page = write(site, tess, {**fields, "act": act})
        assert page.status == 200
        form = page.get_form(url)
        texts = [
            form.fields[f"rows-{at}-text"] for at in range(5) if f"rows-{at}-text" in form.fields
        ]
        focus = next(each for each in page.tree.iter() if "autofocus" in each.attrib)
        return texts, form.fields.get("right", ""), focus.attrib.get("id") or focus.attrib["value"]

    zero, one, two, three = (f"f1 option {at}" for at in range(4))
    assert press("up-1") == ([one, zero, two, three], "0", "up-0")
    assert press("down-1") == ([zero, two, one, three], "2", "down-2")
    assert press("remove-0") == ([one, two, three], "0", "rows-0-text")
    assert press("add") == ([zero, one, two, three, ""], "1", "rows-4-text")
    assert count_rows(site, "draft_question") == before


def keep(site: Site, client: Client, **fields: str) -> dict[str, str]:
    token = client.read_token()
    page = client.post_json(f"{base_of(site)}/editor/keep", {"csrf_token": token, **fields})
    assert page.status == 200
    found: dict[str, str] = json.loads(page.text)
    return found


def test_what_is_typed_is_saved_by_itself_and_comes_back_until_it_is_discarded(site: Site) -> None:
    tess, url = site.open("tess"), f"{base_of(site)}/questions/new?kind=flashcard"
    said = keep(site, tess, kind="flashcard", key="", stem="Half a quest")
    assert said["words"] == "Saved by itself at 08:00."
    page = tess.get(url)
    check(page)
    assert "saved by itself at 08:00" in page.words
    action = f"{base_of(site)}/questions/new"
    assert page.get_form(action).fields["stem"] == "Half a quest"
    assert "Half a quest" not in tess.get(f"{base_of(site)}/questions/new?kind=choice").words
    done = tess.post_form(f"{base_of(site)}/editor/discard", page)
    page = tess.follow(done)
    assert page.get_form(action).fields["stem"] == ""
    assert count_rows(site, "editor_save") == 0


def test_a_stored_question_needs_no_saving_by_itself_any_more(site: Site) -> None:
    tess, url = site.open("tess"), f"{base_of(site)}/questions/{site.things.question_key}"
    fields = {"kind": "choice", "key": site.things.question_key}
    keep(site, tess, **fields, stem="Another stem?")
    page = tess.get(url)
    assert page.get_form(url).fields["stem"] == "Another stem?"
    sent = {"rows-0-text": "A", "rows-1-text": "B", "right": "0", "feedback": "So it is."}
    assert send(tess, page, url, **sent).status == 303
    assert count_rows(site, "editor_save") == 0


def test_of_several_windows_the_newest_wins_and_is_told(site: Site) -> None:
    tess = site.open("tess")
    fields = {"kind": "flashcard", "key": ""}
    first = keep(site, tess, **fields, stem="One")
    site.clock.advance(timedelta(minutes=1))
    other = keep(site, tess, **fields, stem="Two")
    assert "Another window" in other["words"]
    site.clock.advance(timedelta(minutes=1))
    assert (
        "Another window" not in keep(site, tess, **fields, stem="Two!", seen=other["seen"])["words"]
    )
    assert "Another window" in keep(site, tess, **fields, stem="One!", seen=first["seen"])["words"]


def test_a_question_that_changed_meanwhile_is_stored_and_its_author_told(site: Site) -> None:
    tess, url = site.open("tess"), f"{base_of(site)}/questions/{site.things.question_key}"
    one, other = tess.get(url), tess.get(url)
    assert "elsewhere" not in tess.follow(send(tess, one, url, stem="First?")).words
    assert "elsewhere" in tess.follow(send(tess, other, url, stem="Second?")).words
    assert tess.get(url).get_form(url).fields["stem"] == "Second?"


def share(site: Site, name: str, may: Literal["read", "edit"]) -> Client:
    tess, set_id = site.things.people["tess"], SetId(site.things.set_id)
    with site.database.writing() as session:
        share_set(session, tess, set_id, email=site.email(name), may=may, now=MORNING)
        session.commit()
    return site.open(name)


def list_answers(site: Site, client: Client) -> Iterator[int]:
    base, key = base_of(site), site.things.question_key
    token = {"csrf_token": client.read_token()}
    fields = token | fields_of(make_written("choice")) | {"key": key}
    yield client.get(f"{base}/questions/{key}").status
    yield client.get(f"{base}/questions/new").status
    yield client.post(f"{base}/editor/preview", fields).status
    yield client.post(f"{base}/questions/{key}", fields).status
    yield client.post(f"{base}/editor/keep", fields).status


def test_a_colleague_reads_or_edits_as_it_was_shared(site: Site) -> None:
    reader = site.open("kim")
    assert list(list_answers(site, reader)) == [200, 403, 200, 403, 403]
    page = reader.get(f"{base_of(site)}/questions/{site.things.question_key}")
    check(page)
    assert "As a learner sees it" in page.words
    assert not any("/questions/" in form.action for form in page.forms())
    editor = share(site, "theo", "edit")
    assert list(list_answers(site, editor)) == [200, 200, 200, 303, 200]
    with site.database.reading() as session:
        rows = session.execute(text("select account_id, action from set_change order by id"))
        assert list(rows)[-1] == (site.things.people["theo"].id, "edited question")
    # What somebody left in their editor is theirs alone.
    assert "not stored" not in reader.get(page.path).words


def test_a_question_made_from_facts_is_edited_and_keeps_its_key(site: Site) -> None:
    tess = site.things.people["tess"]
    with site.database.reading() as session:
        _, draft = get_draft(session, tess, SetId(site.things.set_id))
    made = gather_questions(draft, inspect_draft(draft).pack, frozenset()).items
    question = next(each.question for each in made if each.question.kind == "choice")
    browser, url = site.open("tess"), f"{base_of(site)}/questions/{question.id}"
    page = browser.get(url)
    assert page.get_form(url).fields["stem"] == question.stem
    assert "Made from the facts" in page.words
    assert send(browser, page, url, stem="A better stem?").location == url
    with site.database.reading() as session:
        _, draft = get_draft(session, tess, SetId(site.things.set_id))
    row = next(one for one in draft.questions if one.key == question.id)
    assert (row.origin, row.body is not None and row.body["facts"]) == (
        "edited",
        [str(fact) for fact in question.facts],
    )


def add_picture(site: Site, content: bytes, words: str = "A blue square") -> Page:
    tess, url = site.open("tess"), f"{base_of(site)}/questions/new"
    form = tess.get(f"{url}?kind=flashcard").get_form(url)
    fields = {**form.fields, "stem": "What is it?", "picture_text": words, "act": "picture"}
    files = {"picture": FileStorage(BytesIO(content), "a.png")}
    boundary, body = encode_multipart({**fields, **files})
    return tess.post(url, body, content_type=f"multipart/form-data; boundary={boundary}")


def test_a_picture_is_written_below_the_question_and_sent_to_be_kept(site: Site) -> None:
    page = add_picture(site, make_picture(9))
    check(page)
    url = f"{base_of(site)}/questions/new"
    stem = page.get_form(url).fields["stem"]
    assert stem.startswith("What is it?\n\n![A blue square](image:")
    tess = site.open("tess")
    fields = {"kind": "flashcard", "stem": stem, "answer": "A square", "feedback": "It is blue."}
    page = tess.follow(write(site, tess, fields))
    image, _ = [each for each in page.tree.iter("img") if each.attrib["class"] == "stem-image"]
    assert image.attrib["alt"] == "A blue square"
    sent = tess.get(image.attrib["src"])
    assert sent.body == make_picture(9)
    assert sent.headers["Content-Type"] == "image/png"
    assert sent.headers["X-Content-Type-Options"] == "nosniff"
    assert "immutable" in sent.headers["Cache-Control"]
    assert "private" in sent.headers["Cache-Control"]


@pytest.mark.parametrize(
    ("content", "words", "problem"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "A map", "PNG, JPEG, WebP or GIF"),
        (b"", "A map", "PNG, JPEG, WebP or GIF"),
        (b"\x89PNG\r\n\x1a\n" + bytes(410 * 1024), "A map", "over 400 kB"),
        (make_picture(3), " ", "what the picture shows"),
    ],
)
def test_what_is_no_picture_is_refused_beside_its_field(
    site: Site, content: bytes, words: str, problem: str
) -> None:
    page = add_picture(site, content, words)
    check(page)
    assert problem in page.words
    assert "#picture_text" in page.links
    assert page.get_form(f"{base_of(site)}/questions/new").fields["stem"] == "What is it?"
    assert count_rows(site, "set_image") == 1


def test_a_picture_is_seen_by_those_who_are_asked_its_set(site: Site) -> None:
    address, tess = f"/images/{site.things.digest}", site.things.people["tess"]
    alice = site.open("alice")
    assert alice.get(address).status == 404
    with site.database.writing() as session:
        version = publish_draft(session, tess, SetId(site.things.set_id), note="", now=MORNING)
        teach(session, course_id=site.things.course_id, version_id=version)
        session.commit()
    assert alice.get(address).status == 200
    assert site.open("charlie").get(address).status == 404
