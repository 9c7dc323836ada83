"""`quizapp import` and `quizapp export`: a folder goes in and comes out as it was."""

from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from quizapp.cli.main import quizapp
from quizapp.facts.pictures import digest_picture, name_picture
from quizapp.formats.own_questions import OwnQuestions, write_own_questions
from quizapp.kinds.question import WRITTEN
from quizapp.services.accounts.registering import get_instructor, register
from quizapp.services.authoring.questions import put_question
from quizapp.storage.engine import open_database
from quizapp.storage.ids import SetId
from tests.factories.desk import FOLDERS, make_picture, read_files, write_own_question
from tests.factories.people import MORNING

OWNER = ("--owner", "tess@example.org")


@pytest.fixture
def run(sqlite_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    """A runner of commands whose database has one instructor, Tess."""
    file = tmp_path / "quizapp.db"
    file.write_bytes(sqlite_template.read_bytes())
    address = f"sqlite:///{file}"
    monkeypatch.setenv("QUIZAPP_DATABASE_URL", address)
    database = open_database(address)
    with database.writing() as session:
        register(
            session,
            email="tess@example.org",
            name="Tess",
            role="instructor",
            timezone="UTC",
            now=MORNING,
        )
        session.commit()
    database.dispose()
    return CliRunner()


def test_a_topic_goes_in_once_and_comes_out_to_the_byte(run: CliRunner, tmp_path: Path) -> None:
    folder, output = str(FOLDERS["planets"]), tmp_path / "out"
    made = run.invoke(quizapp, ["import", folder, *OWNER])
    assert made.exit_code == 0, made.output
    assert "set 1, version 1 published" in made.output
    assert "nothing new" in run.invoke(quizapp, ["import", folder, *OWNER]).output
    assert run.invoke(quizapp, ["export", "1", *OWNER, "-o", str(output)]).exit_code == 0
    files = {file.name: file.read_bytes() for file in output.iterdir()}
    assert {name: files[name] for name in read_files()} == read_files()


def test_versions_are_told_by_their_number_in_the_set(run: CliRunner, tmp_path: Path) -> None:
    run.invoke(quizapp, ["import", str(FOLDERS["planets"]), *OWNER])
    other = tmp_path / "other"
    other.mkdir()
    for name, content in read_files().items():
        (other / name).write_bytes(content.replace(b"id: planets", b"id: other", 1))
    for state in ("published", "nothing new"):
        made = run.invoke(quizapp, ["import", str(other), *OWNER])
        assert f"set 2, version 1 {state}" in made.output


def test_an_unpublished_change_stops_the_command_unless_told(
    run: CliRunner, tmp_path: Path
) -> None:
    folder = str(FOLDERS["planets"])
    run.invoke(quizapp, ["import", folder, *OWNER])
    database = open_database(f"sqlite:///{tmp_path / 'quizapp.db'}")
    with database.writing() as session:
        tess = get_instructor(session, "tess@example.org")
        put_question(session, tess, SetId(1), write_own_question(), now=MORNING)
        session.commit()
    database.dispose()
    refused = run.invoke(quizapp, ["import", folder, *OWNER])
    assert refused.exit_code == 1
    assert refused.stderr.endswith("or throw these changes away by --replace-draft.\n")
    forced = run.invoke(quizapp, ["import", folder, *OWNER, "--replace-draft"])
    assert "set 1, version 1 nothing new" in forced.output
    assert "thrown away from the draft: question own-1" in forced.output


def make_shown(folder: Path, *contents: bytes) -> None:
    """Write a topic folder with a question for each picture."""
    (folder / "images").mkdir(parents=True)
    questions = []
    for content in contents:
        digest = digest_picture(content)
        stem = f"What is it?\n\n![A square](image:{digest})"
        own = write_own_question(f"own-{digest[:8]}")
        questions.append(replace(own, template=WRITTEN, stem=stem))
        (folder / name_picture(digest, "image/png")).write_bytes(content)
    written = write_own_questions(OwnQuestions(questions=tuple(questions)))
    for name, text in {**read_files(), "questions.json": written}.items():
        (folder / name).write_bytes(text)


def read_tree(folder: Path) -> dict[str, bytes]:
    files = (file for file in folder.rglob("*") if file.is_file())
    return {str(file.relative_to(folder)): file.read_bytes() for file in files}


def test_pictures_go_in_with_a_topic_and_come_out(run: CliRunner, tmp_path: Path) -> None:
    topic, output = tmp_path / "topic", tmp_path / "out"
    make_shown(topic, make_picture(3), make_picture(5))
    (topic / "images" / ".hidden").write_bytes(b"left out")
    made = run.invoke(quizapp, ["import", str(topic), *OWNER])
    assert made.exit_code == 0, made.output
    exported = run.invoke(quizapp, ["export", "1", *OWNER, "-o", str(output)])
    assert exported.exit_code == 0, exported.output
    assert "2 in images" in exported.output
    (topic / "images" / ".hidden").unlink()
    assert read_tree(output) == read_tree(topic)


def test_a_picture_that_no_question_shows_any_more_is_named(run: CliRunner, tmp_path: Path) -> None:
    topic, latter = tmp_path / "topic", tmp_path / "latter"
    make_shown(topic, make_picture(3), make_picture(5))
    make_shown(latter, make_picture(3))
    run.invoke(quizapp, ["import", str(latter), *OWNER])
    exported = run.invoke(quizapp, ["export", "1", *OWNER, "-o", str(topic), "--overwrite"])
    assert exported.exit_code == 0, exported.output
    name = name_picture(digest_picture(make_picture(5)), "image/png")
    assert exported.stderr == f"{topic / name}: no question of this version shows it; delete it\n"
    refused = run.invoke(quizapp, ["import", str(topic), *OWNER])
    assert refused.exit_code == 2
    assert f"{topic}:0: {name}: no question" in refused.stderr
    (topic / name).unlink()
    assert "nothing new" in run.invoke(quizapp, ["import", str(topic), *OWNER]).output


def test_a_file_that_says_something_else_is_not_overwritten(run: CliRunner, tmp_path: Path) -> None:
    run.invoke(quizapp, ["import", str(FOLDERS["planets"]), *OWNER])
    (tmp_path / "article.md").write_text("mine\n", "utf-8")
    refused = run.invoke(quizapp, ["export", "1", *OWNER, "-o", str(tmp_path)])
    assert refused.exit_code != 0
    assert (tmp_path / "article.md").read_text("utf-8") == "mine\n"
    forced = run.invoke(quizapp, ["export", "1", *OWNER, "-o", str(tmp_path), "--overwrite"])
    assert forced.exit_code == 0
    assert (tmp_path / "article.md").read_bytes() == read_files()["article.md"]


def test_a_faulty_folder_says_where_and_stores_nothing(run: CliRunner, tmp_path: Path) -> None:
    faulty = tmp_path / "faulty"
    faulty.mkdir()
    for name, content in read_files().items():
        (faulty / name).write_bytes(content.replace(b"facts:\n", b"facts:\n- {id: x}\n", 1))
    refused = run.invoke(quizapp, ["import", str(faulty), *OWNER])
    assert refused.exit_code == 2
    assert "the key 's' is missing" in refused.output
    assert (
        "set 1, version 1 published"
        in run.invoke(quizapp, ["import", str(FOLDERS["planets"]), *OWNER]).output
    )


def test_a_refusal_without_a_place_is_told_too(run: CliRunner, tmp_path: Path) -> None:
    topic = tmp_path / "topic"
    topic.mkdir()
    title = b"\ntitle: " + b"x" * 201 + b"\nsource:"
    for name, content in read_files().items():
        (topic / name).write_bytes(content.replace(b"\nsource:", title, 1))
    refused = run.invoke(quizapp, ["import", str(topic), *OWNER])
    assert refused.exit_code == 2
    assert refused.stderr == f"{topic}:0: A title has at most 200 characters.\n"


def test_a_stranger_owns_nothing(run: CliRunner) -> None:
    folder = str(FOLDERS["planets"])
    refused = run.invoke(quizapp, ["import", folder, "--owner", "who@example.org"])
    assert refused.exit_code != 0
    assert "set 1" not in refused.output
