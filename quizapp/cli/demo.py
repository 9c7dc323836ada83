"""`quizapp demo`: everything at once, to try."""

import json
import os
import secrets
import socket
import threading
import time
import webbrowser
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from quizapp.storage.engine import Database

_ACCOUNTS = "demo.json"
_SECRET = "secret"  # noqa: S105 - the name of a file
_FIRST_PORT, _TRIES = 8000, 20


@click.command()
@click.option(
    "--port", type=click.IntRange(1, 65535), help="Port to listen on; by default a free one."
)
@click.option(
    "--data",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder to keep it in; by default the user's data folder.",
)
@click.option("--no-browser", is_flag=True, help="Do not open a browser.")
def demo(port: int | None, data: Path | None, *, no_browser: bool) -> None:
    """Serve a course with learners and history, made at the first start and kept afterwards.

    Prints the address and the sign-ins, and writes them to demo.json in the data folder, which its
    owner alone can read.

    Example: quizapp demo --port 8000 --data ./demo
    """
    from platformdirs import user_data_path

    from quizapp.cli.serving import run_server

    folder = (data or user_data_path("quizapp") / "demo").resolve()
    folder.mkdir(parents=True, exist_ok=True)
    port = port or _find_port()
    url = f"http://127.0.0.1:{port}"
    address = f"sqlite:///{folder / 'quizapp.db'}"
    accounts = _prepare(folder, address)
    _write(folder / _ACCOUNTS, json.dumps({"url": url, "database": address, "accounts": accounts}))
    _announce(url, accounts, folder)
    os.environ.update(
        QUIZAPP_DATABASE_URL=address, QUIZAPP_SECRET_KEY=_secret(folder), QUIZAPP_HTTPS="0"
    )
    if not no_browser:
        threading.Thread(target=_open_browser, args=(url, port), daemon=True).start()
    run_server(host="127.0.0.1", port=port, workers=1, quiet=True)


def _prepare(folder: Path, address: str) -> list[dict[str, str]]:
    """Migrate the database and fill it if it is empty; return the sign-ins."""
    from quizapp.services.accounts.registering import has_accounts
    from quizapp.storage import migrating
    from quizapp.storage.engine import open_database

    database = open_database(address)
    try:
        migrating.upgrade(database)
        with database.reading() as session:
            filled = has_accounts(session)
        return _read_accounts(folder) if filled else _fill(database, folder)
    finally:
        database.dispose()


def _fill(database: "Database", folder: Path) -> list[dict[str, str]]:
    from dataclasses import asdict

    from quizapp.facts.folders import read_files
    from quizapp.facts.packs import load_pack
    from quizapp.resources import find_folder
    from quizapp.services.demo.building import PEOPLE, build_demo

    # The first topic that ships; the program knows none by name.
    topic = min(find_folder("questions").glob("*/facts.yaml")).parent
    pack, files = load_pack(topic), read_files(topic)
    bar = click.progressbar(length=len(PEOPLE), label="Making the demo course")
    with bar, database.writing() as session:
        made = build_demo(
            session,
            pack,
            files=files,
            now=datetime.now(UTC),
            progress=lambda: bar.update(1),
        )
        accounts = [asdict(account) for account in made]
        # First the file, then the database: a crash between the two leaves an empty database,
        # which the next start fills again.
        _write(folder / _ACCOUNTS, json.dumps({"accounts": accounts}))
        session.commit()
    return accounts


def _read_accounts(folder: Path) -> list[dict[str, str]]:
    from quizapp.errors import ConflictError

    try:
        kept: list[dict[str, str]] = json.loads((folder / _ACCOUNTS).read_text("utf-8"))["accounts"]
    except (OSError, ValueError, KeyError):
        raise ConflictError(
            f"{folder} holds a demo, but not its {_ACCOUNTS}; remove the folder to make a new one."
        ) from None
    return kept


def _secret(folder: Path) -> str:
    """Return the key that signs the demo's cookies, made once."""
    file = folder / _SECRET
    if not file.is_file():
        _write(file, secrets.token_hex())
    return file.read_text("utf-8")


def _write(file: Path, text: str) -> None:
    """Write a file that its owner alone can read."""
    part = file.with_name(file.name + ".part")
    part.unlink(missing_ok=True)
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as stream:
        stream.write(text)
    part.replace(file)


def _announce(url: str, accounts: list[dict[str, str]], folder: Path) -> None:
    click.echo(f"\nquizapp is at {url}\n")
    for account in accounts[:2]:
        click.echo(f"  {account['role']:<11} {account['email']:<22} {account['password']}")
    click.echo(f"\nAll sign-ins are in {folder / _ACCOUNTS}. Stop with Ctrl+C.\n")


def _find_port() -> int:
    """Return the first free port from 8000 on, or any."""
    for port in (*range(_FIRST_PORT, _FIRST_PORT + _TRIES), 0):
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            found: int = probe.getsockname()[1]
            return found
    raise AssertionError("port 0 is always free")


def _open_browser(url: str, port: int) -> None:
    """Open the page once the server answers."""
    for _ in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                webbrowser.open(url)
                return
        time.sleep(0.1)
