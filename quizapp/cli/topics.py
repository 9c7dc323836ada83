"""`quizapp import` and `quizapp export`: sets that are kept as folders in version control."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from quizapp.cli.refusals import refusing

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quizapp.services.authoring.folder_import import Imported

_OWNER = click.option(
    "--owner", "email", required=True, help="The e-mail address of the instructor who owns the set."
)


@click.command("import")
@click.argument("folder", type=click.Path(path_type=Path))
@_OWNER
@click.option("--note", default="", help="What is new in this version.")
@click.option(
    "--replace-draft", is_flag=True, help="Throw away what stands in the draft of the set alone."
)
def import_topic(folder: Path, email: str, note: str, *, replace_draft: bool) -> None:
    """Publish the topic folder FOLDER as the next version of its owner's set.

    The folder holds article.md and facts.yaml and, where questions were written by hand or are not
    to be asked, questions.json, with their pictures in images. A folder that says the same as the
    newest version makes none. Where the draft of the set has unpublished changes that the folder
    has not, nothing is imported, unless --replace-draft says so.

    The database is the one in QUIZAPP_DATABASE_URL.

    Example: quizapp import questions/jnim --owner ada@example.org
    """
    from quizapp.cli.serving import check_schema
    from quizapp.cli.settings import opened, read_database
    from quizapp.facts.folders import read_files
    from quizapp.services.accounts.registering import get_instructor
    from quizapp.services.authoring.folder_import import import_folder

    with refusing(folder):
        files = read_files(folder)
    check_schema(read_database())
    with opened() as database, database.writing() as session:
        owner = get_instructor(session, email)
        with refusing(folder):
            made = import_folder(
                session,
                owner,
                files,
                note=note,
                now=datetime.now(UTC),
                replace_draft=replace_draft,
            )
        session.commit()
    _tell(made)


@click.command("export")
@click.argument("set_id", metavar="SET", type=int)
@_OWNER
@click.option(
    "-o",
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    required=True,
    help="The folder to write; files that say something else already are not overwritten.",
)
@click.option("--overwrite", is_flag=True, help="Overwrite them.")
def export_topic(set_id: int, email: str, output: Path, *, overwrite: bool) -> None:
    """Write the topic folder of the set with the number SET, as its address has it.

    That is the folder of its newest version, to the byte; of its draft if there is no version.
    Pictures that none of its questions shows are named, and left for you to delete.

    Example: quizapp export 3 --owner ada@example.org -o questions/rivers
    """
    from quizapp.cli.serving import check_schema
    from quizapp.cli.settings import opened, read_database
    from quizapp.services.accounts.registering import get_instructor
    from quizapp.services.authoring.keeping import export_set
    from quizapp.storage.ids import SetId

    check_schema(read_database())
    with opened() as database, database.reading() as session:
        files = export_set(session, get_instructor(session, email), SetId(set_id))
    _write(output, files, overwrite=overwrite)
    _tell_written(output, files)


def _write(output: Path, files: "Mapping[str, bytes]", *, overwrite: bool) -> None:
    from quizapp.errors import ConflictError

    for name, content in files.items():
        file = output / name
        if file.exists() and file.read_bytes() != content and not overwrite:
            raise ConflictError(
                f"{file} is there already and says something else; "
                "name another folder, or use --overwrite"
            )
    output.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (output / name).parent.mkdir(exist_ok=True)
        (output / name).write_bytes(content)


def _tell_written(output: Path, files: "Mapping[str, bytes]") -> None:
    """Name the files, and pictures of an earlier export, with which no import would take them."""
    from quizapp.facts.pictures import FOLDER, is_picture

    names = [name for name in sorted(files) if not is_picture(name)]
    shown = len(files) - len(names)
    if shown:
        names.append(f"{shown} in {FOLDER}")
    click.echo(f"{output}: {', '.join(names)}")
    for file in sorted((output / FOLDER).glob("[!.]*")):
        if f"{FOLDER}/{file.name}" not in files:
            click.echo(f"{file}: no question of this version shows it; delete it", err=True)


def _tell(made: "Imported") -> None:
    state = "published" if made.is_new else "nothing new; it stays"
    click.echo(f"set {made.set_id}, version {made.number} {state}: {made.questions} questions")
    for lost in made.thrown_away:
        click.echo(f"thrown away from the draft: {lost}")
    for each in made.held_back:
        click.echo(f"held back until an instructor has looked: {each.key}: {each.statement}")
