"""What servers changed, keep and wait for. ``change`` is append-only; ``chain`` remembers where it ends."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Boolean, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from knowledge.moderation.model import HANDLE_LENGTH
from knowledge.storage.tables.base import Base, Moment

KEY_LENGTH = 200
"""The most characters of what names a thing that was changed or is kept."""


class ChangeRow(Base):
    """One line of an audit trail; what an entry was and became is read from its revisions."""

    __tablename__ = "change"
    __table_args__ = (Index(None, "scope", "batch"),)

    scope: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    position: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    batch: Mapped[int] = mapped_column(Integer)
    subject: Mapped[str] = mapped_column(String(16))
    key: Mapped[str] = mapped_column(String(KEY_LENGTH))
    number: Mapped[int] = mapped_column(Integer)
    previous: Mapped[int | None] = mapped_column(BigInteger)
    action: Mapped[str] = mapped_column(String(16))
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    after: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    actor: Mapped[str] = mapped_column(String(64))
    reason: Mapped[str | None] = mapped_column(Text)
    recorded_at: Mapped[datetime] = mapped_column(Moment)
    link: Mapped[str] = mapped_column(String(64))


class ChainRow(Base):
    """Where a scope's trail ends, and up to where it has been told; whoever writes to the trail locks it first."""

    __tablename__ = "chain"

    scope: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    position: Mapped[int] = mapped_column(Integer)
    link: Mapped[str] = mapped_column(String(64))
    posted: Mapped[int] = mapped_column(Integer)


class RecordRow(Base):
    """What a server keeps beside its entries."""

    __tablename__ = "record"

    scope: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    subject: Mapped[str] = mapped_column(String(16), primary_key=True)
    key: Mapped[str] = mapped_column(String(KEY_LENGTH), primary_key=True)
    content: Mapped[dict[str, Any]] = mapped_column(JSON)


class ProposalRow(Base):
    """Changes that somebody wants; ``items`` and ``documents`` in the form of ``knowledge/codec.py``."""

    __tablename__ = "proposal"
    __table_args__ = (
        Index("ix_proposal_waiting", "state", "scope", "created_at"),
        Index("ix_proposal_proposer", "scope", "proposer"),
    )

    scope: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    id: Mapped[str] = mapped_column(String(12), primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    state: Mapped[str] = mapped_column(String(16))
    items: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    proposer: Mapped[str] = mapped_column(String(HANDLE_LENGTH))
    created_at: Mapped[datetime] = mapped_column(Moment)
    documents: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    reason: Mapped[str | None] = mapped_column(Text)
    message_url: Mapped[str | None] = mapped_column(Text)
    notify: Mapped[bool] = mapped_column(Boolean)
    edited_by: Mapped[str | None] = mapped_column(String(HANDLE_LENGTH))
    decided_by: Mapped[str | None] = mapped_column(String(HANDLE_LENGTH))
    decided_at: Mapped[datetime | None] = mapped_column(Moment)
    decision: Mapped[str | None] = mapped_column(Text)
    batch: Mapped[int | None] = mapped_column(Integer)


class PersonRow(Base):
    """Who stands behind a handle: the only table with the id of a user."""

    __tablename__ = "person"
    __table_args__ = (UniqueConstraint("scope", "handle"), Index(None, "user_id"))

    scope: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    user_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    handle: Mapped[str] = mapped_column(String(HANDLE_LENGTH))


class DepartureRow(Base):
    """Since when the bot is gone from a server."""

    __tablename__ = "departure"

    scope: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    left_at: Mapped[datetime] = mapped_column(Moment)
