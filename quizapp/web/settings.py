"""What the web application is told from outside."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from quizapp.errors import InvalidError
from quizapp.services.articles.model_settings import ModelSettings, read_model_settings

SHORTEST_SECRET = 32


def read_clock() -> datetime:
    """Return the present instant."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All that changes from one installation to another.

    `https` says that browsers reach the application by TLS; `proxies` how many trusted proxies
    stand before it. `model` is the language model that may propose facts, None if none may.
    """

    database: str
    secret_key: str
    https: bool
    proxies: int = 0
    model: ModelSettings | None = None
    clock: Callable[[], datetime] = read_clock


def read_settings(environment: Mapping[str, str]) -> Settings:
    """Read the settings from environment variables.

    Raises:
        InvalidError: one is missing or cannot be used; the text names it.
    """
    secret = _require(environment, "QUIZAPP_SECRET_KEY")
    if len(secret) < SHORTEST_SECRET:
        raise InvalidError(
            f"QUIZAPP_SECRET_KEY has fewer than {SHORTEST_SECRET} characters; make one with "
            "python -c 'import secrets; print(secrets.token_hex())'"
        )
    proxies = environment.get("QUIZAPP_PROXIES", "0")
    if not proxies.isdecimal():
        raise InvalidError("QUIZAPP_PROXIES is the number of trusted proxies, such as 1")
    return Settings(
        database=_require(environment, "QUIZAPP_DATABASE_URL"),
        secret_key=secret,
        https=environment.get("QUIZAPP_HTTPS", "1") != "0",
        proxies=int(proxies),
        model=read_model_settings(environment),
    )


def _require(environment: Mapping[str, str], name: str) -> str:
    value = environment.get(name, "")
    if not value:
        raise InvalidError(f"the environment variable {name} is not set; see README")
    return value
