"""The tables. Revisions are append-only; ``head`` is derived from them and says which one counts now."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Text,
    TypeDecorator,
    UniqueConstraint,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from knowledge.model import GAP_LENGTH, SLUG_LENGTH

_Sequence = BigInteger().with_variant(Integer, "sqlite")  # SQLite counts up by itself only in an INTEGER key


class Moment(TypeDecorator[datetime]):
    """An aware datetime in UTC; SQLite forgets the zone, so it is put back on reading."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """UTC, whatever the zone was."""
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Aware, in UTC."""
        return value.replace(tzinfo=UTC) if value and value.tzinfo is None else value


class Base(DeclarativeBase):
    """The metadata that migrations are checked against; every constraint has a name, so that one can be changed."""

    metadata = MetaData(
        naming_convention={
            "pk": "pk_%(table_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        }
    )


class RevisionRow(Base):
    """One revision; ``content`` is the whole entry after it (``knowledge/codec.py``)."""

    __tablename__ = "revision"
    __table_args__ = (
        UniqueConstraint("scope", "entry_id", "number"),
        Index("ix_revision_recorded", "recorded_at"),
    )

    sequence: Mapped[int] = mapped_column(_Sequence, primary_key=True, autoincrement=True)
    scope: Mapped[int] = mapped_column(BigInteger)
    entry_id: Mapped[str] = mapped_column(String(SLUG_LENGTH))
    number: Mapped[int] = mapped_column(Integer)
    action: Mapped[str] = mapped_column(String(16))
    kind: Mapped[str] = mapped_column(String(16))
    party: Mapped[str | None] = mapped_column(String(SLUG_LENGTH))
    topic: Mapped[str | None] = mapped_column(String(SLUG_LENGTH))
    status: Mapped[str] = mapped_column(String(16))
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    actor: Mapped[str | None] = mapped_column(String(64))
    reason: Mapped[str | None] = mapped_column(Text)
    recorded_at: Mapped[datetime] = mapped_column(Moment)


class HeadRow(Base):
    """The latest revision of an entry in a scope, with what it is looked up by."""

    __tablename__ = "head"
    __table_args__ = (
        Index("ix_head_position", "scope", "party", "topic"),
        Index("ix_head_kind", "scope", "kind"),
    )

    scope: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    entry_id: Mapped[str] = mapped_column(String(SLUG_LENGTH), primary_key=True)
    sequence: Mapped[int] = mapped_column(ForeignKey("revision.sequence"))
    party: Mapped[str | None] = mapped_column(String(SLUG_LENGTH))
    topic: Mapped[str | None] = mapped_column(String(SLUG_LENGTH))
    kind: Mapped[str] = mapped_column(String(16))


class CitationRow(Base):
    """Which revision cites which document: to find all that was taken from one."""

    __tablename__ = "citation"
    __table_args__ = (Index("ix_citation_document", "document"),)

    sequence: Mapped[int] = mapped_column(ForeignKey("revision.sequence"), primary_key=True)
    document: Mapped[str] = mapped_column(String(SLUG_LENGTH), primary_key=True)


class DocumentRow(Base):
    """A source."""

    __tablename__ = "document"

    scope: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    id: Mapped[str] = mapped_column(String(SLUG_LENGTH), primary_key=True)
    label: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(String(64))
    file: Mapped[str | None] = mapped_column(Text)
    title: Mapped[str | None] = mapped_column(Text)
    author: Mapped[str | None] = mapped_column(Text)
    publisher: Mapped[str | None] = mapped_column(Text)
    published_on: Mapped[str | None] = mapped_column(String(10))
    note: Mapped[str | None] = mapped_column(Text)


class ExcerptRow(Base):
    """The words of a document at a place, kept only in this database, never in the repository."""

    __tablename__ = "excerpt"

    document: Mapped[str] = mapped_column(String(SLUG_LENGTH), primary_key=True)
    locator: Mapped[str] = mapped_column(String(300), primary_key=True)
    words: Mapped[str] = mapped_column(Text)


class GapRow(Base):
    """Words that were asked in a scope and not found; who asked is not kept."""

    __tablename__ = "gap"
    __table_args__ = (Index(None, "last_asked"),)

    scope: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    text: Mapped[str] = mapped_column(String(GAP_LENGTH), primary_key=True)
    times: Mapped[int] = mapped_column(Integer)
    last_asked: Mapped[datetime] = mapped_column(Moment)


class StateRow(Base):
    """A value that must outlive the process."""

    __tablename__ = "state"

    key: Mapped[str] = mapped_column(String(100), primary_key=True)
    value: Mapped[str] = mapped_column(Text)
