"""Briefings: subscriptions and their deliveries."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _create_subscriptions()
    _create_deliveries()
    _create_indexes()


def _create_subscriptions() -> None:
    op.create_table(
        "subscription",
        sa.Column("id", _plain_text(8), nullable=False),
        sa.Column("scope", sa.BigInteger(), nullable=False),
        sa.Column("channel", sa.BigInteger(), nullable=False),
        sa.Column("cadence", sa.String(length=16), nullable=False),
        sa.Column("at", sa.Time(), nullable=False),
        sa.Column("zone", sa.String(length=64), nullable=False),
        sa.Column("day", sa.String(length=16), nullable=False),
        sa.Column("cursor", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("parties", sa.JSON(), nullable=False),
        sa.Column("topics", sa.JSON(), nullable=False),
        sa.Column("role", sa.BigInteger(), nullable=True),
        sa.Column("when_quiet", sa.String(length=16), nullable=False),
        sa.Column("publish", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("next_slot", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subscription")),
    )


def _create_deliveries() -> None:
    subscription = sa.ForeignKeyConstraint(
        ["subscription"], ["subscription.id"], name=op.f("fk_delivery_subscription"), ondelete="CASCADE"
    )
    op.create_table(
        "delivery",
        sa.Column("subscription", _plain_text(8), nullable=False),
        sa.Column("slot", sa.DateTime(timezone=True), nullable=False),
        sa.Column("scope", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("delayed", sa.Boolean(), nullable=False),
        sa.Column("worker", sa.String(length=64), nullable=True),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("since", sa.BigInteger(), nullable=True),
        sa.Column("upto", sa.BigInteger(), nullable=True),
        sa.Column("total", sa.Integer(), nullable=True),
        sa.Column("parts", sa.JSON(), nullable=False),
        sa.Column("thread", sa.BigInteger(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("touched_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("retry_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("told", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("subscription", "slot", name=op.f("pk_delivery")),
        subscription,
    )


def _create_indexes() -> None:
    op.create_index(op.f("ix_subscription_scope"), "subscription", ["scope"])
    op.create_index("ix_subscription_due", "subscription", ["state", "next_slot", "cursor"])
    op.create_index(op.f("ix_delivery_scope"), "delivery", ["scope"])
    op.create_index("ix_delivery_told", "delivery", ["told", "state"])
    op.create_index("ix_delivery_finished", "delivery", ["finished_at"])
    opened = sa.text("state IN ('planned', 'claimed')")
    for name, columns in (("open", ["slot", "subscription"]), ("open_of", ["subscription", "slot"])):
        op.create_index(f"ix_delivery_{name}", "delivery", columns, sqlite_where=opened, postgresql_where=opened)


def _plain_text(length: int) -> sa.String:
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")


def downgrade() -> None:
    op.drop_table("delivery")
    op.drop_table("subscription")
