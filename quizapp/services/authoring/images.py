"""Pictures for the questions of a set: taken only if their bytes are a picture, kept by digest."""

from datetime import datetime

from sqlalchemy.orm import Session

from quizapp.errors import InvalidError, NotFoundError
from quizapp.facts.pictures import LARGEST, LARGEST_TOGETHER, MOST, digest_picture, find_mime
from quizapp.services.authoring.access import lock_editable_set
from quizapp.storage.accounts import Account
from quizapp.storage.ids import SetId
from quizapp.storage.images import Image, add_images, count_bytes, find_image, list_digests


def add_picture(
    session: Session, person: Account, set_id: SetId, content: bytes, now: datetime
) -> str:
    """Add a picture to a set and return its digest; the same picture is kept once.

    Raises:
        NotFoundError, ForbiddenError, ConflictError: as `lock_editable_set`.
        InvalidError: it is no picture that browsers show, or too large.
    """
    lock_editable_set(session, person, set_id)
    mime = check_picture(content)
    digest = digest_picture(content)
    digests = list_digests(session, set_id)
    if digest in digests:
        return digest
    if len(digests) >= MOST:
        raise InvalidError(f"This set has {MOST:,} pictures already; begin another set for more.")
    if count_bytes(session, set_id) + len(content) > LARGEST_TOGETHER:
        raise InvalidError("The pictures of this set are too large together; use smaller ones.")
    added = {digest: Image(mime=mime, content=content)}
    add_images(session, set_id, added, by=person.id, now=now)
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


def check_picture(content: bytes) -> str:
    """Return what sort of picture the bytes are.

    Raises:
        InvalidError: none, or one that is too large.
    """
    if len(content) > LARGEST:
        raise InvalidError(f"The picture is over {LARGEST // 1024} kB; make it smaller.")
    mime = find_mime(content)
    if mime is None:
        raise InvalidError("Choose a picture in PNG, JPEG, WebP or GIF.")
    return mime


def get_picture(session: Session, person: Account, digest: str) -> Image:
    """Return a picture: one statement.

    Raises:
        NotFoundError: none, or of no set that this person sees or is taught from.
    """
    found = find_image(session, person.id, digest)
    if found is None:
        raise NotFoundError("There is no such picture.")
    return found
