"""Which language model, if any, may propose facts: off unless an installation names one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from quizapp.errors import InvalidError

URL = "QUIZAPP_LLM_URL"
MODEL = "QUIZAPP_LLM_MODEL"
KEY = "QUIZAPP_LLM_KEY"
_EXAMPLE = "such as http://localhost:11434/v1"


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelSettings:
    """An OpenAI-compatible endpoint, a model that it has ("" for the one it chooses), and a key.

    `seconds` is how long one answer may take, `pauses` how many seconds to wait before each
    further try of a request that the server could not serve. The key is never shown.
    """

    url: str
    model: str = ""
    key: str = field(default="", repr=False)
    seconds: float = 180
    pauses: tuple[float, ...] = (1, 4)


def read_model_settings(environment: Mapping[str, str]) -> ModelSettings | None:
    """Return the model that the environment names, None if none is.

    Raises:
        InvalidError: a variable cannot be used; the text names it and says what to write.
    """
    url = environment.get(URL, "").strip()
    if not url:
        return None
    _check_url(url)
    model, key = environment.get(MODEL, "").strip(), environment.get(KEY, "").strip()
    if not model.isprintable():
        raise InvalidError(f"{MODEL} holds letters that cannot be printed; write the model's name")
    if not (key.isascii() and key.isprintable()) or " " in key:
        raise InvalidError(f"{KEY} is no key; write its letters and digits alone, without spaces")
    return ModelSettings(url=url.rstrip("/"), model=model, key=key)


def _check_url(url: str) -> None:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise InvalidError(f"{URL} is no address; write one {_EXAMPLE}") from error
    if parts.scheme not in ("http", "https") or not parts.hostname or port == 0:
        raise InvalidError(f"{URL} does not begin with http:// or https:// and a host; {_EXAMPLE}")
    if parts.username is not None or parts.password is not None:
        raise InvalidError(f"{URL} holds a name or password; put the key into {KEY}")
    if parts.query or parts.fragment or not (url.isascii() and url.isprintable()) or " " in url:
        raise InvalidError(f"{URL} is more than an address; write it without ? and #, {_EXAMPLE}")
