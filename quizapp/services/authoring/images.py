"""Pictures for the questions of a set: taken only if their bytes are a picture, kept by digest."""

import hashlib
from datetime import datetime

from sqlalchemy.orm import Session

from quizapp.errors import InvalidError, NotFoundError
from quizapp.services.authoring.access import lock_editable_set
from quizapp.storage.accounts import Account
from quizapp.storage.ids import SetId
from quizapp.storage.images import Image, add_image, count_bytes, find_image, list_digests

LARGEST = 400 * 1024
LARGEST_TOGETHER = 20 * 1024 * 1024
# What the first bytes of a file say that it is; a WebP file tells its size in between.
_BEGINNINGS = (
    ("image/png", b"\x89PNG\r\n\x1a\n", 0),
    ("image/jpeg", b"\xff\xd8\xff", 0),
    ("image/gif", b"GIF87a", 0),
    ("image/gif", b"GIF89a", 0),
    ("image/webp", b"WEBP", 8),
)


def add_picture(
    session: Session, person: Account, set_id: SetId, content: bytes, now: datetime
) -> str:
    """Add a picture to a set and return its digest; the same picture is kept once.

    Raises:
        NotFoundError, ForbiddenError, ConflictError: as `lock_editable_set`.
        InvalidError: it is no picture that browsers show, or too large.
    """
    lock_editable_set(session, person, set_id)
    mime = find_mime(content)
    digest = hashlib.sha256(content).hexdigest()
    if digest in list_digests(session, set_id):
        return digest
    if count_bytes(session, set_id) + len(content) > LARGEST_TOGETHER:
        raise InvalidError("The pictures of this set are too large together; use smaller ones.")
    image = Image(mime=mime, content=content)
    add_image(session, set_id, image, digest=digest, by=person.id, now=now)
    return digest


def check_picture_text(text: str) -> str:
    """Return what a picture shows as Markdown can hold it.

    Raises:
        InvalidError: it is empty.
    """
    plain = " ".join(text.replace("[", "(").replace("]", ")").replace("\\", "/").split())
    if not plain:
        raise InvalidError("Say what the picture shows, for those who do not see it.")
    return plain


def find_mime(content: bytes) -> str:
    """Return what sort of picture the bytes are.

    Raises:
        InvalidError: none, or one that is too large.
    """
    if len(content) > LARGEST:
        raise InvalidError(f"The picture is over {LARGEST // 1024} kB; make it smaller.")
    for mime, beginning, offset in _BEGINNINGS:
        if content[offset:].startswith(beginning) and (not offset or content[:4] == b"RIFF"):
            return mime
    raise InvalidError("Choose a picture in PNG, JPEG, WebP or GIF.")


def get_picture(session: Session, person: Account, digest: str) -> Image:
    """Return a picture: one statement.

    Raises:
        NotFoundError: none, or of no set that this person sees or is taught from.
    """
    found = find_image(session, person.id, digest)
    if found is None:
        raise NotFoundError("There is no such picture.")
    return found
