"""Passwords and tokens: hashed, compared, made."""

import hashlib
import secrets

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST_PASSWORD = 8
LONGEST_PASSWORD = 1024
_hasher = PasswordHasher()
# What an unknown address is checked against, so that it takes as long as a known one.
_DUMMY = _hasher.hash(secrets.token_urlsafe())


def hash_password(password: str) -> str:
    """Return the argon2id hash of a password, with its own salt and costs."""
    return _hasher.hash(password)


def check_password(password: str, password_hash: str | None) -> bool:
    """Tell whether the password fits; without a hash it never does, in the same time."""
    try:
        _hasher.verify(password_hash or _DUMMY, password)
    except (VerificationError, InvalidHashError):
        return False
    return password_hash is not None


def needs_rehash(password_hash: str) -> bool:
    """Tell whether the hash was made with other costs than today's."""
    return _hasher.check_needs_rehash(password_hash)


def make_token() -> str:
    """Return a new secret of 256 bits, safe in an address."""
    return secrets.token_urlsafe(32)


def hash_token(token: str) -> str:
    """Return what is stored of a token: 64 hex digits. Tokens are random, so no salt is needed."""
    return hashlib.sha256(token.encode()).hexdigest()
