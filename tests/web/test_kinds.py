"""Every kind of question on the review pages: asked, refused with nothing lost, and marked."""

from collections.abc import Callable
from urllib.parse import urlencode

import pytest

from quizapp.kinds.question import KindName
from quizapp.services.checking import check_database
from quizapp.storage.courses import add_course, enrol, teach
from quizapp.storage.publishing import publish
from tests.factories.answers import right_answer, wrong_answer
from tests.factories.kinds import ALL, EVENTS, make_kind, make_kind_version
from tests.factories.people import MORNING
from tests.support.client import Client, Form, Page, words_of
from tests.web.conftest import Site
from tests.web.test_pages import check
from tests.web.test_statements import ANSWER, PAGE, counting

MARKED: tuple[KindName, ...] = tuple(kind for kind in ALL if kind != "flashcard")
SEVERAL: tuple[KindName, ...] = ("select_all", "ordering", "matching")
# What the fields of a kind send that it cannot take.
REFUSED: dict[KindName, dict[str, str]] = {
    "choice": {"answer": "9"},
    "true_false": {"answer": "perhaps"},
    "select_all": {"answer": "9"},
    "cloze": {"answer": "x" * 201},
    "numeric": {"answer": "some <b>few</b>"},
    "date": {"answer": "spring of 1781"},
    "ordering": {"place_0": "2", "place_1": "2", "place_2": "3"},
    "matching": {"match_0": "1", "match_1": "1", "match_2": ""},
}
Asker = Callable[[KindName], tuple[Client, Page]]


@pytest.fixture
def ask(site: Site) -> Asker:
    """Bring Charlie before a question of a kind."""

    def ask_one(kind: KindName) -> tuple[Client, Page]:
        charlie, theo = site.things.people["charlie"], site.things.people["theo"]
        with site.database.writing() as session:
            version = publish(session, make_kind_version(kind), owner_id=theo.id, now=MORNING)
            course = add_course(session, title="Kinds", timezone="UTC", now=MORNING)
            teach(session, course_id=course, version_id=version)
            enrol(session, course_id=course, account_id=charlie.id, role="learner", now=MORNING)
            session.commit()
        client = site.open("charlie")
        return client, client.follow(client.post_form("/review", client.get("/")))

    return ask_one


def form_of(client: Client, page: Page) -> Form:
    return client.get_answer_form(page)


def hidden(form: Form) -> dict[str, str]:
    """Return what a form sends whatever is chosen in it."""
    names = ("csrf_token", "question_id", "fact_id", "reps", "shown_at", "key")
    return {name: form.fields[name] for name in names}


@pytest.mark.parametrize("kind", ALL)
def test_a_question_is_strict_html_and_keeps_its_key_to_itself(kind: KindName, ask: Asker) -> None:
    _, page = ask(kind)
    assert page.status == 200
    check(page)
    question = make_kind(kind)
    assert question.stem.split("_____", maxsplit=1)[0] in page.words
    if kind != "true_false":  # whose feedback is the statement itself
        assert question.feedback not in page.text
    assert question.source.quote not in page.text
    if kind in {"cloze", "numeric", "date", "flashcard"}:
        assert question.answer not in page.text


@pytest.mark.parametrize("kind", MARKED)
@pytest.mark.parametrize("right", [True, False])
def test_an_answer_is_marked_in_words(
    kind: KindName, ask: Asker, site: Site, *, right: bool
) -> None:
    client, page = ask(kind)
    form, question = form_of(client, page), make_kind(kind)
    value = right_answer(question) if right else wrong_answer(question)
    with counting(site) as statements:
        done = client.post(form.action, {**hidden(form), "answer": value})
    assert len(statements) <= ANSWER
    with counting(site) as statements:
        result = client.follow(done)
    assert len(statements) <= PAGE
    check(result)
    assert result.title.startswith("Correct" if right else "Not quite")
    assert question.feedback in result.words
    assert check_database(site.database).clean


@pytest.mark.parametrize("kind", MARKED)
def test_not_knowing_shows_the_answer(kind: KindName, ask: Asker) -> None:
    client, page = ask(kind)
    form = next(form for form in page.forms() if form.choices == ("dont_know",))
    result = client.follow(client.post(form.action, {**form.fields, "answer": "dont_know"}))
    check(result)
    assert result.title.startswith("Here is the answer")
    assert "Your answer" not in result.words


@pytest.mark.parametrize("kind", MARKED)
def test_what_cannot_be_taken_is_refused_and_stands_again(kind: KindName, ask: Asker) -> None:
    client, page = ask(kind)
    form = form_of(client, page)
    again = client.post(form.action, {**hidden(form), **REFUSED[kind]})
    assert again.status == 422
    check(again)
    assert again.title.startswith("Error: ")
    assert "There is a problem" in again.words
    if kind in {"cloze", "numeric", "date", "ordering", "matching"}:
        standing = form_of(client, again).fields
        assert {name: standing[name] for name in REFUSED[kind]} == REFUSED[kind]
        assert 'aria-invalid="true"' in again.text
    target = next(link for link in again.links if link.startswith("#") and link != "#main")
    field = next(each for each in again.tree.iter() if each.attrib.get("id") == target[1:])
    assert field.tag in {"input", "select"}


def test_ticks_of_a_refused_form_stand_again(ask: Asker) -> None:
    client, page = ask("select_all")
    form = form_of(client, page)
    body = urlencode([*hidden(form).items(), ("answer", "0"), ("answer", "3"), ("answer", "9")])
    again = client.post(form.action, body.encode())
    assert again.status == 422
    boxes = [each for each in again.tree.iter("input") if each.attrib["type"] == "checkbox"]
    assert {box.attrib["value"] for box in boxes if "checked" in box.attrib} == {"0", "3"}


def test_ticks_come_as_a_browser_sends_them(ask: Asker) -> None:
    client, page = ask("select_all")
    form = form_of(client, page)
    body = urlencode([*hidden(form).items(), *(("answer", each) for each in "024")])
    assert client.follow(client.post(form.action, body.encode())).title.startswith("Correct")


@pytest.mark.parametrize("kind", SEVERAL)
def test_a_question_on_several_facts_says_which_one_it_counts_for(
    kind: KindName, ask: Asker
) -> None:
    client, page = ask(kind)
    form, question = form_of(client, page), make_kind(kind)
    done = client.post(form.action, {**hidden(form), "answer": right_answer(question)})
    parts = ("Luna", "Io", "Titan") if kind == "select_all" else EVENTS
    words = client.follow(done).words
    assert "which counts as remembered." in words
    assert any(f"This review was of one part, “{part}”" in words for part in parts)


def test_a_fact_that_the_question_does_not_ask_for_is_not_found(ask: Asker, site: Site) -> None:
    client, page = ask("choice")
    form = form_of(client, page)
    for fact in ("1", "999999"):
        sent = {**hidden(form), "answer": "1", "fact_id": fact}
        assert client.post(form.action, sent).status == 404
    assert check_database(site.database).clean


def test_a_blank_is_a_field_in_its_sentence_and_is_called_so(ask: Asker) -> None:
    client, page = ask("cloze")
    heading = next(page.tree.iter("h1"))
    field = next(heading.iter("input"))
    assert words_of(heading) == "The planet blank was found in Bath."
    assert field.attrib["maxlength"] == "200"
    assert "size" not in field.attrib
    form = form_of(client, page)
    result = client.follow(client.post(form.action, {**hidden(form), "answer": "uranos"}))
    assert "Spellings that are taken: Uranus , George's Star , Ouranos ." in result.words
    assert "_____" in "".join(next(result.tree.iter("h1")).itertext())
