"""The pictures of a topic folder: files that are called by the digest of their bytes."""

import hashlib
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from quizapp.errors import Problem

FOLDER = "images"
LARGEST = 400 * 1024
LARGEST_TOGETHER = 20 * 1024 * 1024
MOST = 1_000
ENDINGS: Mapping[str, str] = MappingProxyType(
    {"image/png": "png", "image/jpeg": "jpg", "image/gif": "gif", "image/webp": "webp"}
)
# What the first bytes of a file say that it is; a WebP file tells its size in between.
_BEGINNINGS = (
    ("image/png", b"\x89PNG\r\n\x1a\n", 0),
    ("image/jpeg", b"\xff\xd8\xff", 0),
    ("image/gif", b"GIF87a", 0),
    ("image/gif", b"GIF89a", 0),
    ("image/webp", b"WEBP", 8),
)


def find_mime(content: bytes) -> str | None:
    """Return what sort of picture the bytes are, None if it is none that browsers show."""
    for mime, beginning, offset in _BEGINNINGS:
        if content[offset:].startswith(beginning) and (not offset or content[:4] == b"RIFF"):
            return mime
    return None


def digest_picture(content: bytes) -> str:
    """Return the digest by which questions refer to a picture."""
    return hashlib.sha256(content).hexdigest()


def name_picture(digest: str, mime: str) -> str:
    """Return the name of a picture's file in its topic folder."""
    return f"{FOLDER}/{digest}.{ENDINGS[mime]}"


def is_picture(name: str) -> bool:
    """Tell whether a file of a topic folder stands where its pictures do."""
    return name.startswith(f"{FOLDER}/")


def list_faults(pictures: Mapping[str, bytes]) -> Iterator[Problem]:
    """Return what is wrong with the pictures of a folder: each file, and all of them together."""
    for name in sorted(pictures):
        fault = _find_fault(name, pictures[name])
        if fault:
            yield Problem(text=f"{name}: {fault}")
    if len(pictures) > MOST:
        yield Problem(text=f"{FOLDER}: more than {MOST:,} pictures; part the set in two")
    if sum(map(len, pictures.values())) > LARGEST_TOGETHER:
        most = f"{LARGEST_TOGETHER // 1024**2} MB"
        yield Problem(text=f"{FOLDER}: the pictures are over {most} together; make them smaller")


def _find_fault(name: str, content: bytes) -> str:
    if len(content) > LARGEST:
        return f"over {LARGEST // 1024} kB; make the picture smaller and name it in the question"
    mime = find_mime(content)
    if mime is None:
        return "no picture in PNG, JPEG, WebP or GIF; convert it, or take it out of the folder"
    digest = digest_picture(content)
    if name == name_picture(digest, mime):
        return ""
    if not name.startswith(f"{FOLDER}/{digest}."):
        meant = f"call it {name_picture(digest, mime)}, and write image:{digest} in the question"
        return f"not the picture that its name says; put that one back, or {meant}"
    return f"not of the type that its name says; call it {name_picture(digest, mime)}"
