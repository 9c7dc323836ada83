"""What every row is made of: the declarative base, named constraints, and instants in UTC."""

from datetime import UTC, datetime
from typing import ClassVar

from sqlalchemy import BigInteger, DateTime, Dialect, Integer, MetaData
from sqlalchemy.orm import DeclarativeBase, MappedAsDataclass
from sqlalchemy.types import TypeDecorator

from quizapp.storage import ids

# Constraints carry names so that a migration can drop them on either database.
NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


# SQLite numbers rows by itself only in a column of type INTEGER, which holds 64 bits there.
LONG = BigInteger().with_variant(Integer, "sqlite")


class Base(MappedAsDataclass, DeclarativeBase, kw_only=True, eq=False):
    """The base of all rows. A row never leaves `storage`."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar = {
        ids.AccountId: Integer,
        ids.SetId: Integer,
        ids.VersionId: Integer,
        ids.PassageId: Integer,
        ids.FactId: Integer,
        ids.QuestionId: Integer,
        ids.CourseId: Integer,
        ids.SectionId: Integer,
        ids.StudyId: LONG,
        ids.ReviewId: LONG,
        ids.JobId: LONG,
        ids.AssignmentId: Integer,
        ids.OverrideId: Integer,
        ids.CorrectionId: Integer,
        ids.GradeOverrideId: Integer,
        ids.AttemptId: LONG,
        ids.SaveId: LONG,
        ids.MarkChangeId: LONG,
        ids.DisputeId: Integer,
        ids.SetChangeId: LONG,
        ids.UploadId: Integer,
        ids.FitId: Integer,
    }


class Instant(TypeDecorator[datetime]):
    """An aware datetime, stored in UTC; SQLite keeps it without its zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a naive datetime; give SQLite the naive UTC time that it can sort."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"an instant needs its time zone: {value!r}")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the instant in UTC."""
        if value is None:
            return None
        if dialect.name == "sqlite":
            return value.replace(tzinfo=UTC)
        return value.astimezone(UTC)
