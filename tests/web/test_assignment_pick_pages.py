"""The page on which picked questions get their points and their places."""

import pytest

from quizapp.storage.assignments import Pick, list_picks
from quizapp.storage.ids import AssignmentId
from tests.support.client import Client, Page
from tests.web.assigning_states import pick_questions
from tests.web.conftest import Site


@pytest.fixture
def tess(site: Site) -> Client:
    """Tess's browser, signed in."""
    return site.open("tess")


@pytest.fixture
def address(site: Site) -> str:
    """The address of the questions of an assignment that nobody has begun."""
    return f"/teaching/assignments/{pick_questions(site)}/questions"


def read_picks(site: Site, address: str) -> tuple[Pick, ...]:
    with site.database.reading() as session:
        return list_picks(session, AssignmentId(int(address.split("/")[3])))


def send(tess: Client, address: str, page: Page, **fields: str) -> Page:
    return tess.post_form(address, page, **{k.replace("_", "-", 2): v for k, v in fields.items()})


def test_points_are_stored_as_they_are_typed(site: Site, tess: Client, address: str) -> None:
    before, page = read_picks(site, address), tess.get(address)
    done = tess.follow(send(tess, address, page, picks_0_points="2,5", picks_2_points="0.5"))
    assert "The questions are saved." in done.words
    assert [each.points for each in read_picks(site, address)] == [2.5, 1.0, 0.5]
    assert [each.question_id for each in read_picks(site, address)] == [
        each.question_id for each in before
    ]
    assert done.get_form(address).fields["picks-0-points"] == "2.5"


def test_a_question_is_moved_along_with_what_was_typed(
    site: Site, tess: Client, address: str
) -> None:
    one, two, three = (each.question_id for each in read_picks(site, address))
    page = tess.get(address)
    moved = send(tess, address, page, move=f"up-{three}", picks_2_points="3")
    assert moved.location.endswith(f"/questions#question-{three}")
    found = read_picks(site, address)
    assert [each.question_id for each in found] == [one, three, two]
    assert [each.points for each in found] == [1.0, 3.0, 1.0]
    for beyond in (f"up-{one}", f"down-{two}", "up-999", "sideways"):
        send(tess, address, tess.get(address), move=beyond)
    assert read_picks(site, address) == found
    send(tess, address, tess.get(address), move=f"down-{one}")
    assert [each.question_id for each in read_picks(site, address)] == [three, one, two]


@pytest.mark.parametrize("points", ["", "0", "-1", "1001", "many", "nan"])
def test_points_that_cannot_be_are_refused_beside_their_field(
    site: Site, tess: Client, address: str, points: str
) -> None:
    before, page = read_picks(site, address), tess.get(address)
    refused = send(tess, address, page, picks_1_points=points, move=f"up-{before[1].question_id}")
    assert refused.status == 422
    assert refused.title.startswith("Error: ")
    assert "#picks-1-points" in refused.links
    assert refused.words.count("points above 0 and at most 1000") == 2
    assert refused.get_form(address).fields["picks-1-points"] == points
    assert read_picks(site, address) == before


def test_a_stale_page_changes_nothing_and_shows_what_stands(
    site: Site, tess: Client, address: str
) -> None:
    page = tess.get(address)
    send(tess, address, page, picks_0_points="2")
    stale = send(tess, address, page, picks_0_points="7")
    assert stale.status == 409
    assert "was changed meanwhile" in stale.words
    assert stale.get_form(address).fields["picks-0-points"] == "2"
    assert read_picks(site, address)[0].points == 2.0


def test_once_somebody_began_points_are_shown_and_stay(site: Site, tess: Client) -> None:
    begun = f"/teaching/assignments/{site.things.assignment_id}/questions"
    page = tess.get(begun)
    assert "their order and points stay as they are" in page.words
    assert not any(form.action == begun for form in page.forms())
    sent = {"csrf_token": tess.read_token(), "edits": "0"}
    for place, each in enumerate(read_picks(site, begun)):
        sent |= {f"picks-{place}-question_id": str(each.question_id), f"picks-{place}-points": "9"}
    refused = tess.post(begun, sent)
    assert refused.status == 409
    assert "have begun" in refused.words
    assert {each.points for each in read_picks(site, begun)} == {1.0}
