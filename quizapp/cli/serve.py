"""`quizapp serve`: the production server."""

import os

import click

_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 64))
def serve(host: str, port: int, workers: int) -> None:
    """Serve the application on QUIZAPP_DATABASE_URL.

    QUIZAPP_SECRET_KEY signs the cookies. Unless the server listens on this machine alone, browsers
    must reach it by TLS (set QUIZAPP_HTTPS=0 if they truly do not); QUIZAPP_PROXIES is the number
    of proxies before it.

    Example: QUIZAPP_DATABASE_URL=sqlite:////srv/quizapp/quizapp.db quizapp serve --port 8000
    """
    from quizapp.cli.serving import check_schema, run_server
    from quizapp.web.settings import read_settings

    if host in _LOOPBACK:
        os.environ.setdefault("QUIZAPP_HTTPS", "0")
    settings = read_settings(os.environ)
    check_schema(settings.database)
    run_server(host=host, port=port, workers=workers)
