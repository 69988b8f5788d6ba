"""Entries and their sources. Revisions are append-only; ``head`` and ``word`` are derived from them.

``head`` says which revision counts now, ``word`` by which words it is found.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Boolean, ForeignKey, Index, Integer, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from knowledge.model import GAP_LENGTH, SLUG_LENGTH
from knowledge.storage.tables.base import Base, Moment, Sequence, plain_text

WORD_LENGTH = 40
"""The most characters of a word by which entries are found; longer ones are found by their beginning."""


class RevisionRow(Base):
    """One revision; ``content`` is the whole entry after it (``knowledge/codec.py``)."""

    __tablename__ = "revision"
    __table_args__ = (
        UniqueConstraint("scope", "entry_id", "number"),
        Index("ix_revision_recorded", "recorded_at"),
    )

    sequence: Mapped[int] = mapped_column(Sequence, primary_key=True, autoincrement=True)
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
    follows_base: Mapped[bool] = mapped_column(Boolean, default=False, server_default=false())


class CounterRow(Base):
    """The last place in the history that was given to a revision; the one row of its table."""

    __tablename__ = "counter"

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    value: Mapped[int] = mapped_column(BigInteger)


class HeadRow(Base):
    """The latest revision of an entry in a scope, with what it is looked up by; none where that follows the base."""

    __tablename__ = "head"
    __table_args__ = (
        Index("ix_head_position", "scope", "party", "topic"),
        Index("ix_head_kind", "scope", "kind"),
        Index("ix_head_recent", "scope", "sequence"),
        Index("ix_head_sequence", "sequence"),  # or deleting a revision would look through all heads
    )

    scope: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    entry_id: Mapped[str] = mapped_column(String(SLUG_LENGTH), primary_key=True)
    sequence: Mapped[int] = mapped_column(ForeignKey("revision.sequence"))
    party: Mapped[str | None] = mapped_column(String(SLUG_LENGTH))
    topic: Mapped[str | None] = mapped_column(String(SLUG_LENGTH))
    kind: Mapped[str] = mapped_column(String(16))


class WordRow(Base):
    """A word of an entry's head in a scope."""

    __tablename__ = "word"
    __table_args__ = (Index("ix_word_entry", "scope", "entry_id", "word"), {"sqlite_with_rowid": False})

    scope: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    word: Mapped[str] = mapped_column(plain_text(WORD_LENGTH), primary_key=True)
    entry_id: Mapped[str] = mapped_column(plain_text(SLUG_LENGTH), primary_key=True)


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
    url: Mapped[str | None] = mapped_column(Text)


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
