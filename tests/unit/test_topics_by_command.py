"""`quizapp import` and `quizapp export`: a folder goes in and comes out as it was."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from quizapp.cli.main import quizapp
from quizapp.services.accounts.registering import register
from quizapp.storage.engine import open_database
from tests.factories.desk import FOLDERS, read_files
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


def test_a_stranger_owns_nothing(run: CliRunner) -> None:
    folder = str(FOLDERS["planets"])
    refused = run.invoke(quizapp, ["import", folder, "--owner", "who@example.org"])
    assert refused.exit_code != 0
    assert "set 1" not in refused.output
