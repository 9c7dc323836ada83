"""Every page in each of its states is strict HTML5 and has what screen readers rely on."""

from collections import Counter
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

import pytest
from sqlalchemy import delete, select

from quizapp.formats.questions_json import question_from_dict
from quizapp.resources import find_folder
from quizapp.services.publishing import publish_pack
from quizapp.storage.content import list_facts
from quizapp.storage.courses import add_course, enrol, teach
from quizapp.storage.ids import VersionId
from quizapp.storage.tables import QuestionFactRow, QuestionRow
from tests.factories.answers import load_question, wrong_answer
from tests.factories.fact_packs import get_pack
from tests.factories.people import MORNING
from tests.support.client import Page, words_of
from tests.web.conftest import Site
from tests.web.routes import MATRIX, address_of
from tests.web.set_states import visit_comparison, visit_newer
from tests.web.states import STATES, go_on

LABELLED = {"input", "select", "textarea"}
JNIM = find_folder("questions") / "jnim"
NAMING = ("aria-labelledby", "aria-describedby", "for")


def find_ids(page: Page) -> Counter[str]:
    """Count the ids of a page."""
    return Counter(each.attrib["id"] for each in page.tree.iter() if "id" in each.attrib)


def find_unnamed(page: Page) -> list[str]:
    """Return the controls that have no label, no name of their own and no text."""
    labelled = {label.attrib["for"] for label in page.tree.iter("label") if "for" in label.attrib}
    wrapped = {field for label in page.tree.iter("label") for field in label.iter()}
    return [
        f"{each.tag} {each.attrib}"
        for each in page.tree.iter()
        if (each.tag in LABELLED and not is_hidden(each))
        if each not in wrapped and each.attrib.get("id") not in labelled
    ] + [
        f"{each.tag} {each.attrib}"
        for each in page.tree.iter()
        if each.tag in {"button", "a", "summary", "th", "h1", "h2", "h3"} and not words_of(each)
    ]


def is_hidden(field: Element) -> bool:
    return field.attrib.get("type") == "hidden" or "hidden" in field.attrib


def find_dangling(page: Page) -> list[str]:
    """Return the ids that the page refers to and does not have."""
    ids = find_ids(page)
    named = [
        name
        for each in page.tree.iter()
        for attribute in NAMING
        for name in each.attrib.get(attribute, "").split()
    ]
    jumps = [link.removeprefix("#") for link in page.links if link.startswith("#")]
    return [name for name in [*named, *jumps] if name not in ids]


def check(page: Page) -> None:
    """Assert what holds for every page."""
    headings = list(page.tree.iter("h1"))
    assert len(headings) == 1
    assert words_of(headings[0])
    assert page.title.removesuffix("· Quizapp").strip()
    assert page.links[0] == "#main"
    assert next(page.tree.iter("main")).attrib["id"] == "main"
    assert [name for name, count in find_ids(page).items() if count > 1] == []
    assert find_unnamed(page) == []
    assert find_dangling(page) == []
    assert "None" not in page.words


@pytest.mark.parametrize("state", STATES)
def test_a_page_is_strict_html_with_names_for_everything(site: Site, state: str) -> None:
    status, visit = STATES[state]
    page = visit(site)
    assert page.status == status
    check(page)


def test_a_page_beyond_the_last_is_the_last(site: Site) -> None:
    address = f"/courses/{site.things.course_id}/memories"
    page = site.open("tess").get(f"{address}?page=99")
    assert "Page 3 of 3 of facts" in page.words
    assert "f25 is option 1." in page.words


def test_every_template_of_a_page_is_among_the_states(site: Site) -> None:
    rendered: set[str] = set()
    get = site.app.jinja_env.get_or_select_template

    def note(name: str, *rest: object, **more: object) -> object:
        rendered.add(name)
        return get(name, *rest, **more)  # type: ignore[arg-type] # handed on as they came

    patch = pytest.MonkeyPatch()
    with patch.context() as patched:
        patched.setattr(site.app.jinja_env, "get_or_select_template", note)
        for route in MATRIX:
            method, endpoint = route.split()
            if method == "GET":
                for name in ("alice", "tess", None):
                    site.open(name).get(address_of(site, endpoint))
        # Pages of two versions of a set, which the site has only then.
        visit_comparison(site)
        visit_newer(site)
    folder = find_folder("templates")
    pages = {
        path.relative_to(folder).as_posix()
        for path in folder.glob("*/*.html")
        if path.parent.name not in {"macros", "partials", "kinds"}
    }
    assert {name for name in rendered if name in pages} == pages


@pytest.fixture
def shipped(site: Site) -> VersionId:
    """The shipped topic, taught to Charlie by Theo."""
    charlie, theo = site.things.people["charlie"], site.things.people["theo"]
    pack = get_pack(JNIM)
    with site.database.writing() as session:
        version = publish_pack(session, pack, owner_id=theo.id, seed=0, now=MORNING)
        course = add_course(session, title="The Sahel", timezone="UTC", now=MORNING)
        teach(session, course_id=course, version_id=version)
        enrol(session, course_id=course, account_id=charlie.id, role="learner", now=MORNING)
        session.commit()
    return version


def test_the_shipped_article_is_strict_html_with_every_anchor_once(
    site: Site, shipped: VersionId
) -> None:
    page = site.open("charlie").get(f"/articles/{shipped}")
    assert page.status == 200
    check(page)


def test_every_fact_of_the_shipped_topic_leads_to_its_marked_passage(
    site: Site, shipped: VersionId
) -> None:
    theo = site.open("theo")
    number, facts, links = 1, 0, []
    while True:
        page = theo.get(f"/versions/{shipped}?page={number}")
        check(page)
        facts += page.text.count('class="card fact"')
        links += [link for link in page.links if link.startswith("/articles/") and "#" in link]
        if f"/versions/{shipped}?page={number + 1}" not in page.links:
            break
        number += 1
    assert len(links) == facts > 20
    for link in sorted(set(links)):
        article = theo.get(link)
        place = next(each for each in article.tree.iter() if each.attrib.get("id") == anchor(link))
        assert [words_of(mark) for mark in place.iter("mark")], link


def anchor(link: str) -> str:
    return link.partition("#")[2]


def test_a_learner_of_the_shipped_topic_meets_strict_pages(site: Site, shipped: VersionId) -> None:
    del shipped
    charlie = site.open("charlie")
    page = charlie.follow(charlie.post_form("/review", charlie.get("/")))
    for _ in range(20):
        check(page)
        study = urlsplit(page.path).path
        if "Flashcard" in page.words:
            answered = charlie.uncover(page)
        form = charlie.get_answer_form(page)
        question = load_question(site.database, int(form.fields["question_id"]))
        fields = {**form.fields, "answer": wrong_answer(question)}
        done = charlie.follow(charlie.post(form.action, fields))
        if "Flashcard" not in page.words:
            answered = done
        check(answered)
        assert [words_of(mark) for mark in answered.tree.iter("mark")]
        page = go_on(charlie, done, study)


@pytest.mark.parametrize("kind", ["", "ordering", "select_all"])
def test_every_fact_stands_above_its_own_passage(site: Site, shipped: VersionId, kind: str) -> None:
    quotes = {f"fact-{fact.id}": fact.at.quote for fact in get_pack(JNIM).facts}
    page = site.open("theo").get(f"/versions/{shipped}?kind={kind}")
    cards = [each for each in page.tree.iter("section") if each.attrib.get("id") in quotes]
    assert len(cards) > 2
    for card in cards:
        shown = words_of(next(card.iter("blockquote")))
        assert shown == " ".join(quotes[card.attrib["id"]].split())
        assert "asks for this fact and others" not in words_of(card)


def test_the_passage_of_a_question_of_several_facts_is_named_as_such(
    site: Site, shipped: VersionId
) -> None:
    with site.database.writing() as session:
        facts, _ = list_facts(session, shipped, search="", kind="ordering", offset=0, most=15)
        asking = {fact.key: [question_from_dict(one) for one in fact.questions] for fact in facts}
        key, questions = next(
            (key, questions)
            for key, questions in asking.items()
            if any(one.kind == "ordering" and one.facts[0] != key for one in questions)
        )
        alone = [one.id for one in questions if one.facts[0] == key]
        gone = select(QuestionRow.id).where(QuestionRow.key.in_(alone))
        session.execute(delete(QuestionFactRow).where(QuestionFactRow.question_id.in_(gone)))
        session.commit()
    page = site.open("theo").get(f"/versions/{shipped}?kind=ordering")
    cards = [each for each in page.tree.iter("section") if "id" in each.attrib]
    told = [each.attrib["id"] for each in cards if "this fact and others:" in words_of(each)]
    assert told == [f"fact-{key}"]
