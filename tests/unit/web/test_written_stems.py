"""The stems of questions as markup: plain from facts, Markdown from people, and never more."""

from dataclasses import replace

import pytest
from flask import Flask

from quizapp.kinds.markup import StemImage, list_images, strip_below, strip_markup
from quizapp.kinds.question import WRITTEN
from quizapp.web.images import bp
from quizapp.web.kinds.controls import TypedControl, show_control
from quizapp.web.kinds.given import Given
from quizapp.web.kinds.stems import Stem, show_stem
from quizapp.web.words import write_bidi, write_stem_line
from tests.factories.kinds import make_kind

DIGEST = "0123456789abcdef" * 4


def show(text: str, *, written: bool = True) -> Stem:
    question = make_kind("flashcard")
    template = WRITTEN if written else question.template
    return show_stem(replace(question, stem=text, template=template))


def test_a_stem_made_from_facts_is_shown_as_it_was() -> None:
    text = "What do *you*, <b>Alice</b>, call\n\n- جماعة?"
    assert show(text, written=False) == Stem(heading=write_bidi(text))


def test_the_first_paragraph_is_the_question_and_the_rest_stands_below() -> None:
    stem = show("Which *planet* is **it**?\n\n- a\n- b\n\n> said so\n\n1. `x`")
    assert stem.heading == "Which <em>planet</em> is <strong>it</strong>?"
    assert stem.below == (
        "<ul><li>a</li><li>b</li></ul><blockquote><p>said so</p></blockquote>"
        "<ol><li><code>x</code></li></ol>"
    )


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<script>alert(1)</script>?", "&lt;script&gt;alert(1)&lt;/script&gt;?"),
        ("[a](javascript:alert(1))?", "[a](javascript:alert(1))?"),
        ("[a](data:text/html,x)?", "[a](data:text/html,x)?"),
        ("![a](https://example.org/a.png)?", "a?"),
        ("![a](file:///etc/passwd)?", "![a](file:///etc/passwd)?"),
        ('[a](https://example.org/"onclick=1)?', 'rel="noopener noreferrer nofollow"'),
        ("# A heading?", "# A heading?"),
        ("A & B?", "A &amp; B?"),
    ],
)
def test_nothing_that_runs_or_leads_astray_comes_through(text: str, shown: str) -> None:
    heading = show(text).heading
    assert shown in heading
    assert "<script" not in heading
    assert '"onclick' not in heading


def test_a_link_names_its_address_and_gives_nothing_away() -> None:
    assert show("See [this](https://example.org/?a=1&b=2)?").heading == (
        'See <a href="https://example.org/?a=1&amp;b=2" rel="noopener noreferrer nofollow">'
        "this</a>?"
    )


def test_a_picture_of_the_set_is_shown_with_its_words() -> None:
    app = Flask(__name__)
    app.register_blueprint(bp)
    with app.test_request_context():
        below = show(f"Which?\n\n![A <map>](image:{DIGEST})").below
    assert f'<img class="stem-image" src="/images/{DIGEST}" alt="A &lt;map&gt;">' in below


def test_the_blank_of_a_cloze_is_no_emphasis() -> None:
    question = replace(
        make_kind("cloze"), template=WRITTEN, stem="The *planet* (_____) was _found_ in Bath."
    )
    control = show_control(question, (), given=Given())
    assert isinstance(control, TypedControl)
    assert control.before == "The <em>planet</em> ("
    assert control.after == ") was <em>found</em> in Bath."


def test_runs_of_arabic_are_isolated_in_what_people_write() -> None:
    assert show("Was *جماعة* there?").heading == (
        'Was <em><bdi lang="ar" dir="rtl">جماعة</bdi></em> there?'
    )


def test_in_a_list_a_stem_is_its_words() -> None:
    text = f"Which *planet* is _____?\n\n![A map](image:{DIGEST})"
    assert strip_markup(text) == "Which planet is _____? A map"
    assert strip_below(text) == "Which planet is _____?"
    assert write_stem_line(text) == "Which planet is _____? A map"
    assert write_stem_line("Plain, 2 > 1?") == "Plain, 2 &gt; 1?"
    assert list_images(text) == (StemImage(text="A map", digest=DIGEST),)
