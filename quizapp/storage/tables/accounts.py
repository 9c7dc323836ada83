"""Accounts and what lets their owners in."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, false, true
from sqlalchemy.orm import Mapped, mapped_column

from quizapp.storage.base import Base, Instant
from quizapp.storage.ids import AccountId


class AccountRow(Base):
    """A person who may sign in. `password_hash` is empty until the set-password link was used.

    From `timezone` on the columns are how the person studies: `retention` is the probability of
    recall at which a fact is due, `easy_days` one letter a weekday from Monday on (n normal, f
    fewer, l least reviews), `two_buttons` grades flashcards by two buttons only, `single_keys` lets
    single keys act.
    """

    __tablename__ = "account"
    __table_args__ = (
        CheckConstraint("role in ('learner', 'instructor', 'admin')", name="role"),
        CheckConstraint("rollover_hour between 0 and 23", name="rollover_hour"),
        CheckConstraint("retention between 0.7 and 0.97", name="retention"),
        CheckConstraint("theme in ('system', 'light', 'dark')", name="theme"),
    )

    id: Mapped[AccountId] = mapped_column(init=False, primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    role: Mapped[str] = mapped_column(String(12))
    created_at: Mapped[datetime] = mapped_column(Instant)
    password_hash: Mapped[str | None] = mapped_column(String(200), default=None)
    disabled_at: Mapped[datetime | None] = mapped_column(Instant, default=None)
    timezone: Mapped[str] = mapped_column(String(64), default="UTC")
    rollover_hour: Mapped[int] = mapped_column(default=4)
    new_per_day: Mapped[int] = mapped_column(default=20)
    reviews_per_day: Mapped[int] = mapped_column(default=200)
    retention: Mapped[float] = mapped_column(default=0.9, server_default="0.9")
    easy_days: Mapped[str] = mapped_column(String(7), default="nnnnnnn", server_default="nnnnnnn")
    two_buttons: Mapped[bool] = mapped_column(default=False, server_default=false())
    single_keys: Mapped[bool] = mapped_column(default=True, server_default=true())
    theme: Mapped[str] = mapped_column(String(6), default="system", server_default="system")


class SignInRow(Base):
    """One signed-in browser. The row is the authority: without it the cookie is worth nothing."""

    __tablename__ = "sign_in"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    account_id: Mapped[AccountId] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), index=True
    )
    created_at: Mapped[datetime] = mapped_column(Instant)
    used_at: Mapped[datetime] = mapped_column(Instant)


class PasswordLinkRow(Base):
    """A link by which its owner sets a password, once."""

    __tablename__ = "password_link"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    account_id: Mapped[AccountId] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), index=True
    )
    expires_at: Mapped[datetime] = mapped_column(Instant)


class RefusedTryRow(Base):
    """One refused try at a secret: what the limits on tries count, across all workers.

    `action` is what was tried; the limits of one action do not count the tries of another.
    """

    __tablename__ = "refused_try"
    __table_args__ = (Index(None, "action", "at"),)

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    action: Mapped[str] = mapped_column(String(12))
    subject_hash: Mapped[str] = mapped_column(String(64), index=True)
    address_hash: Mapped[str] = mapped_column(String(64), index=True)
    at: Mapped[datetime] = mapped_column(Instant, index=True)
