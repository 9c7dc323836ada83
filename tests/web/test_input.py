"""What people and programs may send: more than was asked, too much, and nonsense."""

from collections.abc import Mapping
from urllib.parse import quote, urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quizapp.services.checking import check_database
from quizapp.web.sizes import SMALL, TAKES_FILES
from tests.support.client import Client
from tests.support.rows import Rows, read_rows
from tests.web.conftest import Site
from tests.web.routes import MATRIX, PEOPLE, actor_for, address_of, fields_for

POSTS = [route.split()[1] for route in MATRIX if route.startswith("POST")]
HUGE = "9" * 400
EXTRA = {
    "role": "admin",
    "grade": "4",
    "learner_id": "2",
    "account_id": "2",
    "user_id": "2",
    "fact_id": "9",
    "study_id": "99",
    "id": "77",
    "due": "2099-01-01",
    "due_at": "2099-01-01T00:00:00+00:00",
    "due_day": "800000",
    "at": "2001-01-01T00:00:00+00:00",
    "now": "2001-01-01T00:00:00+00:00",
    "score": "100",
    "fraction": "1",
    "right": "1",
    "guess": "0",
    "stability": "9999",
}
ODD_VALUES = {
    "missing": None,
    "empty": b"",
    "huge": HUGE.encode(),
    "beyond 64 bits": b"9223372036854775808",
    "largest of 64 bits": b"9223372036854775807",
    "negative": b"-1",
    "fraction": b"1.5",
    "word": b"none",
    "other digits": "٣".encode(),
    "superscript": "²".encode(),
    "zero byte": b"1\x00",
    "line break": b"1\r\nSet-Cookie: a=b",
    "no utf-8": b"\xff\xfe\x80",
    "surrogate": b"\xed\xa0\x80",
    "markup": b"<script>alert(1)</script>",
    "template": b"{{ 7 * 7 }}",
}
ODD_PARTS = (
    "0",
    "-1",
    "abc",
    "1.0",
    "9" * 9,
    "9" * 10,
    "9" * 18,
    "9" * 19,
    HUGE,
    "%00",
    "1%00",
    "%ff",
)
ODD_ADDRESSES = (
    "/review/{}",
    "/review/{}/summary",
    "/review/{}/answers/1",
    "/review/1/answers/{}",
    "/versions/{}",
    "/articles/{}",
    "/courses/{}/report",
    "/courses/{}/memories",
    "/courses/{}",
    "/courses/{}/edit",
    "/courses/{}/roster",
    "/courses/{}/roster/export",
    "/courses/{}/roster/import",
    "/sets/{}/import",
    "/courses/1/roster/{}/remove",
    "/courses/1/teachers/{}/remove",
    "/courses/1/sections/{}",
    "/set-password/{}",
    "/static/{}/js/swap.js",
    "/static/1/{}",
)
FORMS = {
    "student.answer": ("question_id", "fact_id", "reps", "shown_at", "key", "answer"),
    "student.undo": ("review_id",),
    "student.end": ("left_open",),
    "joining.submit": ("code",),
    "courses.create": ("title", "timezone", "exam_on"),
    "courses.save": ("title", "timezone", "exam_on"),
    "courses.add_set": ("version_id",),
    "codes.change": ("last_day", "action"),
    "teachers.add": ("email", "role"),
    "sections.create": ("title",),
    "sections.save": ("title",),
    "sections.move": ("section_id", "learner", "action"),
    "importing.preview": ("text",),
    "importing.confirm": ("text",),
    "set_importing.preview_new": ("title", "text", "key"),
    "set_importing.confirm_new": ("title", "text", "key"),
    "set_importing.preview": ("text", "named"),
    "set_importing.confirm": ("text", "edits"),
    "limits.limit": ("new_per_day", "reviews_per_day"),
    "settings.save": ("timezone", "theme", "rollover_hour", "retention", "monday"),
    "own_data.delete": ("password",),
    "account.submit_sign_in": ("email", "password"),
    "account.submit_password": ("password",),
}
# An answer moves a memory, and a deleted account has none.
MOVING = {"student.answer", "own_data.delete"}
# A page, a redirect, or a refusal that was foreseen.
EXPECTED = {200, 303, 400, 404, 409, 422, 429}
FIELDS = [(endpoint, name) for endpoint, names in FORMS.items() for name in names]


def encode(fields: Mapping[str, str], name: str, value: bytes | None) -> bytes:
    """Return the body of a form in which one field has these bytes, or is missing."""
    rest = urlencode({key: text for key, text in fields.items() if key != name}).encode()
    return rest if value is None else rest + b"&" + name.encode() + b"=" + quote(value).encode()


def without_keys(rows: Rows) -> Rows:
    """Return the rows without the random keys of answers and sessions."""
    return {
        name: [tuple(each for each in row if not is_random(each)) for row in found]
        for name, found in rows.items()
    }


def is_random(value: object) -> bool:
    return isinstance(value, str) and len(value) in {22, 64}


def answer_with(site: Site, extra: Mapping[str, str]) -> None:
    alice = site.open("alice")
    form = alice.get_answer_form(alice.get(site.study))
    fields = {**extra, **form.fields, "answer": "1"}
    assert alice.post(form.action, fields).status == 303


def test_fields_that_were_not_asked_for_are_ignored(site: Site, second_site: Site) -> None:
    answer_with(site, EXTRA)
    answer_with(second_site, {})
    assert without_keys(read_rows(site.database)) == without_keys(read_rows(second_site.database))
    assert check_database(site.database).clean


@pytest.mark.parametrize("endpoint", [each for each in POSTS if each not in MOVING])
def test_no_form_gives_a_role_or_moves_a_memory(site: Site, endpoint: str) -> None:
    fields, person = fields_for(site, endpoint), site.open(actor_for(endpoint))
    before = read_rows(site.database, ["account"])
    page = person.post(
        address_of(site, endpoint), {**EXTRA, **fields, "csrf_token": person.read_token()}
    )
    assert page.status == MATRIX[f"POST {endpoint}"][PEOPLE.index(actor_for(endpoint))]
    after = read_rows(site.database, ["account"])
    assert {row[:4] for row in after["account"]} == {row[:4] for row in before["account"]}
    assert check_database(site.database).clean


@pytest.mark.parametrize("endpoint", POSTS)
@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data"])
def test_a_form_that_is_too_large_is_refused(site: Site, endpoint: str, kind: str) -> None:
    person = site.open(actor_for(endpoint))
    token = person.read_token()
    much = "y" * (1100 * TAKES_FILES.get(endpoint, SMALL) // 1024)
    content_type, body = kind, urlencode({"csrf_token": token, "x": much}).encode()
    if kind.startswith("multipart"):
        head = b'--b\r\nContent-Disposition: form-data; name="x"; filename="x"\r\n\r\n'
        content_type, body = f"{kind}; boundary=b", head + much.encode() + b"\r\n--b--\r\n"
    before = read_rows(site.database)
    page = person.post(address_of(site, endpoint), body, content_type=content_type)
    assert page.status == 413
    assert page.title.startswith("That is too large")
    assert read_rows(site.database) == before


@pytest.mark.parametrize(("endpoint", "name"), FIELDS, ids=str)
def test_an_odd_field_is_refused_or_taken_but_never_unexpected(
    site: Site, endpoint: str, name: str
) -> None:
    address, fields = address_of(site, endpoint), fields_for(site, endpoint)
    fields["csrf_token"] = site.open(actor_for(endpoint)).read_token()
    before = read_rows(site.database, ["memory"])
    for case, value in ODD_VALUES.items():
        page = site.open(actor_for(endpoint)).post(address, encode(fields, name, value))
        assert page.status in EXPECTED, case
        if page.status != 303:
            assert page.tree is not None
            assert b"<script>alert" not in page.body
            assert "49" not in page.title
    assert check_database(site.database).clean
    if endpoint != "student.undo" and name not in {"shown_at", "key", "question_id"}:
        assert read_rows(site.database, ["memory"]) == before
    assert site.open("alice").get("/keys").status == 200


@pytest.mark.parametrize("template", ODD_ADDRESSES)
@pytest.mark.parametrize("name", ["alice", "tess"])
def test_an_odd_address_is_not_found(site: Site, name: str, template: str) -> None:
    client = site.open(name)
    for part in ODD_PARTS:
        page = client.get(template.format(part))
        assert page.status == 404, part
        assert page.tree is not None


@pytest.mark.postgres
def test_odd_addresses_and_fields_are_refused_on_postgresql_too(postgres_site: Site) -> None:
    for name in ("alice", "tess"):
        client = postgres_site.open(name)
        for template in ODD_ADDRESSES:
            for part in ODD_PARTS:
                assert client.get(template.format(part)).status == 404, template
    forms = {each: fields_for(postgres_site, each) for each in FORMS if each != "student.end"}
    for endpoint, name in FIELDS:
        token = postgres_site.open(actor_for(endpoint)).read_token()
        for case, value in ODD_VALUES.items() if endpoint in forms else ():
            person = postgres_site.open(actor_for(endpoint))
            fields = {**forms[endpoint], "csrf_token": token}
            page = person.post(address_of(postgres_site, endpoint), encode(fields, name, value))
            assert page.status in EXPECTED, (endpoint, name, case)
    tess, address = postgres_site.open("tess"), address_of(postgres_site, "instructor.show_set")
    assert tess.get(f"{address}?q=%00").status == 400
    assert check_database(postgres_site.database).clean


@pytest.mark.parametrize("template", ["/review/{}/answer", "/review/{}/undo", "/review/{}/end"])
def test_a_form_to_an_odd_address_is_not_found(site: Site, alice: Client, template: str) -> None:
    fields = {**fields_for(site, "student.answer"), "review_id": "4711"}
    fields["csrf_token"] = alice.read_token()
    before = read_rows(site.database)
    for part in ODD_PARTS:
        page = alice.post(template.format(part), fields)
        assert page.status == 404, part
    assert read_rows(site.database) == before


@pytest.mark.parametrize("name", ["page", "q", "kind"])
def test_an_odd_filter_shows_a_page(site: Site, name: str) -> None:
    tess, address = site.open("tess"), address_of(site, "instructor.show_set")
    for value in [*ODD_VALUES.values(), b"10000", b"%", b"_", b"\\", b"' OR 1=1 --"]:
        page = tess.get(f"{address}?{name}={quote(value or b'')}")
        assert page.status == (400 if value and b"\x00" in value else 200), value
        assert page.tree is not None
        assert b"<script>alert" not in page.body


@pytest.mark.parametrize("quote_", ["", " ", "the quoted words", "<b>", HUGE, "%00", "%ff"])
def test_an_odd_quote_shows_the_article(site: Site, alice: Client, quote_: str) -> None:
    address = address_of(site, "reading.article")
    page = alice.get(f"{address}?quote={quote_.replace('<', '%3C').replace(' ', '%20')}")
    assert page.status == (400 if quote_ == "%00" else 200)
    marks = ["".join(mark.itertext()) for mark in page.tree.iter("mark")]
    assert marks == (["the quoted words"] if quote_ == "the quoted words" else [])


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("application/json", b'{"answer": "1"}'),
        ("multipart/form-data", b"no boundary"),
        ("multipart/form-data; boundary=b", b"--b\r\nContent-Disposition: form-data; na"),
        ("application/x-www-form-urlencoded; charset=utf-16", b"a=\xff"),
        ("text/plain", b"answer=1"),
        ("", b"answer=1"),
        ("application/x-www-form-urlencoded", b"&".join(b"a=1" for _ in range(3000))),
    ],
)
def test_a_body_of_another_kind_is_refused(
    site: Site, alice: Client, content_type: str, body: bytes
) -> None:
    before = read_rows(site.database)
    page = alice.post(f"{site.study}/answer", body, content_type=content_type)
    assert page.status in {400, 413}
    assert read_rows(site.database) == before


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    sent=st.dictionaries(
        st.sampled_from(FORMS["student.answer"]), st.text(max_size=80) | st.integers().map(str)
    )
)
def test_whatever_is_sent_as_an_answer_is_answered(site: Site, sent: dict[str, str]) -> None:
    alice = site.open("alice")
    form = alice.get_answer_form(alice.get(site.study))
    body = urlencode({**form.fields, **sent}, errors="surrogatepass").encode()
    page = alice.post(form.action, body)
    assert page.status in {303, 400, 404, 409, 422}
    assert check_database(site.database).clean
