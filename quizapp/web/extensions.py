"""The Flask extensions, and which engine a request uses."""

from flask import has_request_context, request
from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.session import Session
from flask_wtf.csrf import CSRFProtect

from quizapp.storage.base import Base
from quizapp.storage.engine import Bind

READ = "read"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class RoutedSession(Session):
    """Reads on the engine that cannot write, for requests that must not change anything."""

    def get_bind(
        self,
        mapper: object | None = None,  # noqa: ARG002 - as the library calls it
        clause: object | None = None,  # noqa: ARG002
        bind: Bind | None = None,
        **kwargs: object,  # noqa: ARG002
    ) -> Bind:
        """Return the engine for this request; without one the engine that writes."""
        if bind is not None:
            return bind
        reads = has_request_context() and request.method in SAFE_METHODS
        return self._db.engines[READ if reads else None]


db = SQLAlchemy(
    metadata=Base.metadata,
    session_options={"class_": RoutedSession, "expire_on_commit": False, "autoflush": False},
)
csrf = CSRFProtect()
