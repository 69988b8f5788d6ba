"""Moderation: overlays that follow the base again, the words of entries, trails, records, proposals, people."""

import re
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_CHUNK = 500
_HEAD = sa.table("head", sa.column("scope"), sa.column("entry_id"), sa.column("sequence", sa.BigInteger()))
_REVISION = sa.table("revision", sa.column("sequence", sa.BigInteger()), sa.column("content", sa.JSON()))
_WORD = sa.table("word", sa.column("scope"), sa.column("word"), sa.column("entry_id"))


def upgrade() -> None:
    op.add_column("revision", sa.Column("follows_base", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("document", sa.Column("url", sa.Text(), nullable=True))
    op.create_index("ix_head_recent", "head", ["scope", "sequence"])
    op.create_index("ix_head_sequence", "head", ["sequence"])
    _create_words()
    _create_trails()
    _create_the_rest()
    _create_counter(op.get_bind())
    _fill_words(op.get_bind())


def _create_counter(bind: sa.Connection) -> None:
    counter = op.create_table(
        "counter",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_counter")),
    )
    last = bind.scalar(sa.select(sa.func.max(_REVISION.c.sequence))) or 0
    bind.execute(sa.insert(counter).values(id=1, value=last))


def _create_words() -> None:
    op.create_table(
        "word",
        _scope(),
        sa.Column("word", _plain_text(40), nullable=False),
        sa.Column("entry_id", _plain_text(24), nullable=False),
        sa.PrimaryKeyConstraint("scope", "word", "entry_id", name=op.f("pk_word")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_word_entry", "word", ["scope", "entry_id", "word"])


def _create_trails() -> None:
    op.create_table(
        "change",
        _scope(),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("batch", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=16), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("previous", sa.BigInteger(), nullable=True),
        sa.Column("action", sa.String(length=16), nullable=False),
        sa.Column("before", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("after", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("actor", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("link", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("scope", "position", name=op.f("pk_change")),
    )
    op.create_index(op.f("ix_change_scope_batch"), "change", ["scope", "batch"])
    op.create_table(
        "chain",
        _scope(),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("link", sa.String(length=64), nullable=False),
        sa.Column("posted", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("scope", name=op.f("pk_chain")),
    )


def _create_the_rest() -> None:
    op.create_table(
        "record",
        _scope(),
        sa.Column("subject", sa.String(length=16), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("scope", "subject", "key", name=op.f("pk_record")),
    )
    op.create_table(
        "proposal",
        _scope(),
        sa.Column("id", sa.String(length=12), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("items", sa.JSON(), nullable=False),
        sa.Column("proposer", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("documents", sa.JSON(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("message_url", sa.Text(), nullable=True),
        sa.Column("notify", sa.Boolean(), nullable=False),
        sa.Column("edited_by", sa.String(length=16), nullable=True),
        sa.Column("decided_by", sa.String(length=16), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decision", sa.Text(), nullable=True),
        sa.Column("batch", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("scope", "id", name=op.f("pk_proposal")),
    )
    op.create_index("ix_proposal_waiting", "proposal", ["state", "scope", "created_at"])
    op.create_index("ix_proposal_proposer", "proposal", ["scope", "proposer"])
    op.create_table(
        "person",
        _scope(),
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("handle", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("scope", "user_id", name=op.f("pk_person")),
        sa.UniqueConstraint("scope", "handle", name=op.f("uq_person_scope_handle")),
    )
    op.create_index(op.f("ix_person_user_id"), "person", ["user_id"])
    op.create_table(
        "departure",
        _scope(),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("scope", name=op.f("pk_departure")),
    )


def _scope() -> sa.Column[int]:
    return sa.Column("scope", sa.BigInteger(), autoincrement=False, nullable=False)


def _plain_text(length: int) -> sa.String:
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")


def _fill_words(bind: sa.Connection) -> None:
    """Of what is there already; from now on they are kept up with each revision."""
    for heads in _heads(bind):
        rows = [
            {"scope": head.scope, "word": word, "entry_id": head.entry_id}
            for head in heads
            for word in _words(f"{head.entry_id} {head.content['claim']}")
        ]
        bind.execute(sa.insert(_WORD), rows)


def _heads(bind: sa.Connection) -> Iterator[list[Any]]:
    """All heads with their content, a few at a time, to hold only these in memory."""
    after = 0
    heads = sa.select(_HEAD, _REVISION.c.content).join(_REVISION, _REVISION.c.sequence == _HEAD.c.sequence)
    while found := list(bind.execute(heads.where(_HEAD.c.sequence > after).order_by(_HEAD.c.sequence).limit(_CHUNK))):
        yield found
        after = found[-1].sequence


def _words(text: str) -> set[str]:
    """As ``knowledge.model.words_of`` had it when this was written, cut to the width of the column."""
    return {word[:40] for word in re.findall(r"\w+", text.casefold())}


def downgrade() -> None:
    for table in ("counter", "departure", "person", "proposal", "record", "chain", "change", "word"):
        op.drop_table(table)
    op.drop_index("ix_head_sequence", "head")
    op.drop_index("ix_head_recent", "head")
    op.drop_column("document", "url")
    op.drop_column("revision", "follows_base")
