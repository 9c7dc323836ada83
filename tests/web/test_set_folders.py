"""The topic folder of a set, downloaded as a ZIP file."""

from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

from quizapp.kinds.question import WRITTEN
from quizapp.services.authoring.questions import put_question
from quizapp.services.authoring.releasing import publish_draft
from quizapp.storage.ids import SetId
from tests.factories.desk import make_picture, write_own_question
from tests.factories.people import MORNING
from tests.web.conftest import Site


def test_a_folder_has_the_pictures_of_its_questions_and_the_same_bytes_each_time(
    site: Site,
) -> None:
    set_id, tess = SetId(site.things.set_id), site.things.people["tess"]
    client, address = site.open("tess"), f"/sets/{set_id}/folder"
    with ZipFile(BytesIO(client.get(address).body)) as folder:
        assert folder.namelist() == ["article.md", "facts.yaml", "questions.json"]
    stem = f"What is it?\n\n![A square](image:{site.things.digest})"
    shown = replace(write_own_question(), template=WRITTEN, stem=stem)
    with site.database.writing() as session:
        put_question(session, tess, set_id, shown, now=MORNING)
        session.commit()
    sent = client.get(address).body
    with ZipFile(BytesIO(sent)) as folder:
        name = f"images/{site.things.digest}.png"
        assert [each for each in folder.namelist() if "/" in each] == [name]
        assert folder.read(name) == make_picture()
    assert client.get(address).body == sent


def test_the_page_of_a_set_says_what_its_folder_holds(site: Site) -> None:
    set_id, tess = SetId(site.things.set_id), site.things.people["tess"]
    client, address = site.open("tess"), f"/sets/{set_id}"
    assert "the folder holds what is accepted in the draft" in client.get(address).text
    with site.database.writing() as session:
        publish_draft(session, tess, set_id, note="", now=MORNING)
        session.commit()
    page = client.get(address).text
    assert "Download version 1 as a folder (ZIP)" in page
    assert "unpublished changes of the draft are not in it" in page
