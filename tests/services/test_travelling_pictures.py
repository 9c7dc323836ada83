"""Pictures go with the questions of a set: into its folder and out of it, and into a copy."""

from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from quizapp.errors import InvalidError, NotFoundError
from quizapp.facts.pictures import digest_picture, name_picture
from quizapp.kinds.question import WRITTEN, Question
from quizapp.services.assigning.creating import create, publish
from quizapp.services.assigning.planning import Plan
from quizapp.services.authoring import folder_pictures
from quizapp.services.authoring.folder_import import import_folder
from quizapp.services.authoring.images import add_picture, get_picture
from quizapp.services.authoring.keeping import duplicate_set, export_set, restore_version
from quizapp.services.authoring.questions import decide_questions, delete_question, put_question
from quizapp.services.authoring.releasing import publish_draft
from quizapp.services.courses.teaching import add_version, remove_version
from quizapp.storage.accounts import Account, add_account
from quizapp.storage.assignments import Content
from quizapp.storage.courses import add_course, enrol, teach
from quizapp.storage.engine import Database
from quizapp.storage.ids import SetId, VersionId
from quizapp.storage.images import list_digests
from quizapp.storage.set_lists import list_sets
from quizapp.storage.tables import SetImageRow
from quizapp.storage.version_files import load_files
from tests.factories.assignments import RULES
from tests.factories.desk import make_own_set, make_picture, write_own_question
from tests.factories.people import MORNING, make_world

FIRST, SECOND, THIRD = (make_picture(width) for width in (3, 5, 7))
Files = Mapping[str, bytes]


def name(content: bytes) -> str:
    return name_picture(digest_picture(content), "image/png")


def write_shown(content: bytes, key: str = "own-1") -> Question:
    stem = f"What is it?\n\n![A square](image:{digest_picture(content)})"
    return replace(write_own_question(key), template=WRITTEN, stem=stem)


def put_shown(
    session: Session, owner: Account, set_id: SetId, content: bytes, key: str = "own-1"
) -> None:
    add_picture(session, owner, set_id, content, MORNING)
    put_question(session, owner, set_id, write_shown(content, key), now=MORNING)


def make_shown_set(session: Session, owner: Account, *contents: bytes) -> SetId:
    """Make a draft with a question for each picture, and one picture more that none shows."""
    set_id = make_own_set(session, owner)
    for place, content in enumerate(contents, start=1):
        put_shown(session, owner, set_id, content, f"own-{place}")
    add_picture(session, owner, set_id, make_picture(11), MORNING)
    return set_id


def publish_set(session: Session, owner: Account, set_id: SetId) -> VersionId:
    return publish_draft(session, owner, set_id, note="", now=MORNING)


def make_folder(database: Database, *contents: bytes) -> dict[str, bytes]:
    """Return the folder of a published set; nothing of it stays in the database."""
    with database.writing() as session:
        world = make_world(session)
        set_id = make_shown_set(session, world.tess, *contents)
        draft = export_set(session, world.tess, set_id)
        publish_set(session, world.tess, set_id)
        files = export_set(session, world.tess, set_id)
    assert files.keys() == draft.keys()
    return files


def add_person(session: Session, name: str) -> Account:
    email = f"{name.lower()}@example.org"
    return add_account(
        session, email=email, name=name, role="instructor", timezone="UTC", now=MORNING
    )


def make_course(session: Session, learner: Account, version_id: VersionId) -> None:
    """Make a course that teaches a version to one learner."""
    course_id = add_course(session, title="Elsewhere", timezone="UTC", now=MORNING)
    enrol(session, course_id=course_id, account_id=learner.id, role="learner", now=MORNING)
    teach(session, course_id=course_id, version_id=version_id)


def sees(session: Session, person: Account, content: bytes) -> bool:
    try:
        found = get_picture(session, person, digest_picture(content))
    except NotFoundError:
        return False
    return (found.mime, found.content) == ("image/png", content)


def pictures_of(files: Files) -> dict[str, bytes]:
    return {name: content for name, content in files.items() if name.startswith("images/")}


def test_a_folder_shows_its_pictures_to_learners_elsewhere_and_comes_back(
    database: Database,
) -> None:
    files = make_folder(database, FIRST, SECOND)
    assert pictures_of(files) == {name(FIRST): FIRST, name(SECOND): SECOND}
    with database.writing() as session:
        ines, carl, dora = (add_person(session, name) for name in ("Ines", "Carl", "Dora"))
        made = import_folder(session, ines, files, note="", now=MORNING)
        assert export_set(session, ines, made.set_id) == files
        assert pictures_of(load_files(session, made.version_id)) == {}
        assert not sees(session, carl, FIRST)
        make_course(session, carl, made.version_id)
        for content in (FIRST, SECOND):
            assert sees(session, carl, content)
            assert not sees(session, dora, content)
        again = import_folder(session, ines, files, note="", now=MORNING)
        assert (again.set_id, again.is_new) == (made.set_id, False)
        assert export_set(session, ines, made.set_id) == files


def test_a_folder_brings_a_set_the_pictures_that_it_lacks(database: Database) -> None:
    files = make_folder(database, FIRST)
    with database.writing() as session:
        world = make_world(session)
        made = import_folder(session, world.tess, files, note="", now=MORNING)
        session.execute(delete(SetImageRow))
        again = import_folder(session, world.tess, files, note="", now=MORNING)
        assert again.version_id == made.version_id
        assert export_set(session, world.tess, made.set_id) == files


def lose(files: Files) -> Files:
    return {key: content for key, content in files.items() if key != name(FIRST)}


def change(files: Files) -> Files:
    return {**files, name(FIRST): SECOND}


def corrupt(files: Files) -> Files:
    return {**files, name(FIRST): b"<svg/>"}


def rename(files: Files) -> Files:
    return {**lose(files), name(FIRST).replace(".png", ".gif"): FIRST}


def swell(files: Files) -> Files:
    return {**files, name(FIRST): FIRST + bytes(400 * 1024)}


def add(files: Files) -> Files:
    return {**files, name(THIRD): THIRD}


@pytest.mark.parametrize(
    ("spoil", "named", "remedy"),
    [
        (lose, name(FIRST), "add it, or take it out of the question own-1 in questions.json"),
        (change, name(FIRST), f"call it {name(SECOND)}"),
        (corrupt, name(FIRST), "no picture in PNG, JPEG, WebP or GIF; convert it"),
        (rename, name(FIRST).replace(".png", ".gif"), f"call it {name(FIRST)}"),
        (swell, name(FIRST), "over 400 kB; make the picture smaller"),
        (add, name(THIRD), "no question in questions.json shows it; delete the file"),
    ],
)
def test_a_folder_with_a_wrong_picture_names_it_and_stores_nothing(
    sqlite_database: Database, spoil: Callable[[Files], Files], named: str, remedy: str
) -> None:
    files = spoil(make_folder(sqlite_database, FIRST))
    with sqlite_database.writing() as session:
        world = make_world(session)
        before = list_sets(session, world.tess.id)
        with pytest.raises(InvalidError, match="pictures") as refused:
            import_folder(session, world.tess, files, note="", now=MORNING)
        (problem,) = refused.value.problems
        assert problem.text.startswith(named)
        assert remedy in problem.text
        assert list_sets(session, world.tess.id) == before
        assert session.scalar(select(func.count()).select_from(SetImageRow)) == 0


def test_all_pictures_that_are_wrong_are_told_at_once(sqlite_database: Database) -> None:
    files = make_folder(sqlite_database, FIRST, SECOND)
    wrong = {**files, name(FIRST): b"", name(SECOND): b"GIF89", "images/a.txt": b"a"}
    with sqlite_database.writing() as session:
        world = make_world(session)
        with pytest.raises(InvalidError) as refused:
            import_folder(session, world.tess, wrong, note="", now=MORNING)
    told = [problem.text.partition(":")[0] for problem in refused.value.problems]
    assert told == sorted(pictures_of(wrong))


def test_a_set_does_not_grow_too_large_by_its_folders(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    former, latter = make_folder(database, FIRST), make_folder(database, SECOND)
    with database.writing() as session:
        world = make_world(session)
        made = import_folder(session, world.tess, former, note="", now=MORNING)
        most = len(FIRST) + len(SECOND) - 1
        monkeypatch.setattr(folder_pictures, "LARGEST_TOGETHER", most)
        with pytest.raises(InvalidError) as refused:
            import_folder(session, world.tess, latter, note="", now=MORNING)
        assert "former versions" in refused.value.problems[0].text
        assert list_digests(session, made.set_id) == {digest_picture(FIRST)}
        monkeypatch.setattr(folder_pictures, "LARGEST_TOGETHER", most + 1)
        import_folder(session, world.tess, latter, note="", now=MORNING)


def test_a_copy_has_the_pictures_of_its_questions_and_no_others(database: Database) -> None:
    with database.writing() as session:
        world = make_world(session)
        set_id = make_shown_set(session, world.tess, FIRST, SECOND)
        decide_questions(session, world.tess, set_id, ["own-2"], "proposed", now=MORNING)
        copy_id = duplicate_set(session, world.tess, set_id, now=MORNING)
        assert list_digests(session, copy_id) == {digest_picture(FIRST), digest_picture(SECOND)}
        version_id = publish_set(session, world.tess, copy_id)
        assert pictures_of(export_set(session, world.tess, copy_id)) == {name(FIRST): FIRST}
        assert not sees(session, world.charlie, FIRST)
        make_course(session, world.charlie, version_id)
        assert sees(session, world.charlie, FIRST)


def test_a_copy_of_a_set_without_pictures_has_none(database: Database) -> None:
    with database.writing() as session:
        world = make_world(session)
        set_id = make_shown_set(session, world.tess)
        copy_id = duplicate_set(session, world.tess, set_id, now=MORNING)
        assert list_digests(session, copy_id) == frozenset()


def test_a_version_keeps_its_pictures_whatever_becomes_of_the_draft(database: Database) -> None:
    with database.writing() as session:
        world = make_world(session)
        set_id = make_shown_set(session, world.tess, FIRST)
        first = publish_set(session, world.tess, set_id)
        former = export_set(session, world.tess, set_id, first)
        add_version(session, world.tess, world.course_id, first)
        put_shown(session, world.tess, set_id, SECOND)
        second = publish_set(session, world.tess, set_id)
        delete_question(session, world.tess, set_id, "own-1", now=MORNING)
        assert export_set(session, world.tess, set_id, first) == former
        latter = export_set(session, world.tess, set_id, second)
        assert pictures_of(latter) == {name(SECOND): SECOND}
        assert sees(session, world.alice, FIRST)
        restore_version(session, world.tess, set_id, first, now=MORNING)
        third = publish_set(session, world.tess, set_id)
        assert export_set(session, world.tess, set_id, third) == former


def test_an_assignment_shows_pictures_that_its_course_teaches_no_more(database: Database) -> None:
    with database.writing() as session:
        world = make_world(session)
        version_id = publish_set(session, world.tess, make_shown_set(session, world.tess, FIRST))
        add_version(session, world.tess, world.course_id, version_id)
        plan = Plan(title="The exam", content=Content(version_id=version_id), rules=RULES)
        assignment_id = create(session, world.tess, world.course_id, plan, MORNING)
        remove_version(session, world.tess, world.course_id, version_id)
        assert not sees(session, world.alice, FIRST)
        add_version(session, world.tess, world.course_id, version_id)
        publish(session, world.tess, assignment_id)
        remove_version(session, world.tess, world.course_id, version_id)
        assert sees(session, world.alice, FIRST)
        assert not sees(session, world.charlie, FIRST)
