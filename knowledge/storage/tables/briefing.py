"""Who wants to be told what changed, and what became of each slot."""

from datetime import datetime, time

from sqlalchemy import JSON, BigInteger, Boolean, ForeignKey, Index, Integer, String, Text, Time, text
from sqlalchemy.orm import Mapped, mapped_column

from knowledge.briefing.model import ID_LENGTH, DeliveryState
from knowledge.storage.tables.base import Base, Moment, plain_text

UNFINISHED = (DeliveryState.PLANNED.value, DeliveryState.CLAIMED.value)
"""States in which a delivery still waits for somebody."""
_OPEN = text("state IN ('planned', 'claimed')")
"""Their rows alone are in the indexes for claiming, which so stay small, however long the others are kept."""


class SubscriptionRow(Base):
    """A channel's wish to be told; ``at`` is local in ``zone``."""

    __tablename__ = "subscription"
    __table_args__ = (Index(None, "scope"), Index("ix_subscription_due", "state", "next_slot", "cursor"))

    id: Mapped[str] = mapped_column(plain_text(ID_LENGTH), primary_key=True)
    scope: Mapped[int] = mapped_column(BigInteger)
    channel: Mapped[int] = mapped_column(BigInteger)
    cadence: Mapped[str] = mapped_column(String(16))
    at: Mapped[time] = mapped_column(Time)
    zone: Mapped[str] = mapped_column(String(64))
    day: Mapped[str] = mapped_column(String(16))
    cursor: Mapped[int] = mapped_column(BigInteger)
    created_at: Mapped[datetime] = mapped_column(Moment)
    parties: Mapped[list[str]] = mapped_column(JSON)
    topics: Mapped[list[str]] = mapped_column(JSON)
    role: Mapped[int | None] = mapped_column(BigInteger)
    when_quiet: Mapped[str] = mapped_column(String(16))
    publish: Mapped[bool] = mapped_column(Boolean)
    state: Mapped[str] = mapped_column(String(16))
    next_slot: Mapped[datetime | None] = mapped_column(Moment)
    reason: Mapped[str | None] = mapped_column(Text)
    note: Mapped[str | None] = mapped_column(Text)


class DeliveryRow(Base):
    """One slot of a subscription; its scope is that of the subscription, with which it goes."""

    __tablename__ = "delivery"
    __table_args__ = (
        Index(None, "scope"),
        Index("ix_delivery_told", "told", "state"),  # not by state first, or SQLite would claim by it
        Index("ix_delivery_finished", "finished_at"),
        Index("ix_delivery_open", "slot", "subscription", sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index("ix_delivery_open_of", "subscription", "slot", sqlite_where=_OPEN, postgresql_where=_OPEN),
    )

    subscription: Mapped[str] = mapped_column(ForeignKey(SubscriptionRow.id, ondelete="CASCADE"), primary_key=True)
    slot: Mapped[datetime] = mapped_column(Moment, primary_key=True)
    scope: Mapped[int] = mapped_column(BigInteger)
    kind: Mapped[str] = mapped_column(String(16))
    state: Mapped[str] = mapped_column(String(16))
    delayed: Mapped[bool] = mapped_column(Boolean)
    worker: Mapped[str | None] = mapped_column(String(64))
    lease_until: Mapped[datetime | None] = mapped_column(Moment)
    since: Mapped[int | None] = mapped_column(BigInteger)
    upto: Mapped[int | None] = mapped_column(BigInteger)
    total: Mapped[int | None] = mapped_column(Integer)
    parts: Mapped[list[int]] = mapped_column(JSON)
    thread: Mapped[int | None] = mapped_column(BigInteger)
    attempts: Mapped[int] = mapped_column(Integer)
    touched_at: Mapped[datetime | None] = mapped_column(Moment)
    retry_at: Mapped[datetime | None] = mapped_column(Moment)
    finished_at: Mapped[datetime | None] = mapped_column(Moment)
    error: Mapped[str | None] = mapped_column(Text)
    told: Mapped[bool] = mapped_column(Boolean)
