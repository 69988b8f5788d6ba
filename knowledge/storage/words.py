"""The words by which entries are found: kept beside the heads, and searched at a cost that does not grow with them."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, and_, delete, exists, func, insert, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute, aliased

from knowledge.model import Entry, Scope
from knowledge.storage.selecting import scopes, seen_in
from knowledge.storage.tables import WORD_LENGTH, HeadRow, RevisionRow, WordRow

CANDIDATES = 1_000
"""So many entries of a scope are taken by the words that begin with one that is only begun, before they are sorted."""
_COUNTED = 20_000
"""Words that more entries hold than that are equally frequent."""
_LAST = "\U0010ffff"
"""Sorts behind every character of a word."""
_Asked = tuple[str, bool]
"""A word that an entry must hold, and whether it is only begun."""


async def index_words(session: AsyncSession, scope: Scope, entry: Entry) -> None:
    """Makes an entry found by its words."""
    words = {word[:WORD_LENGTH] for word in entry.words}
    if words:
        rows = [{"scope": scope.id, "word": word, "entry_id": entry.id} for word in words]
        await session.execute(insert(WordRow), rows)


async def forget_words(session: AsyncSession, scope: Scope, entry_id: str) -> None:
    """Makes an entry found by nothing."""
    theirs = delete(WordRow).where(WordRow.scope == scope.id, WordRow.entry_id == entry_id)
    await session.execute(theirs.execution_options(synchronize_session=False))


async def find(session: AsyncSession, scope: Scope, words: Sequence[str], limit: int) -> list[RevisionRow]:
    """See ``Revisions.find``."""
    if not words:
        return await _latest(session, scope, limit)
    rarest, *others = await _by_rarity(session, scope, _asked(words))
    most = CANDIDATES if rarest[1] else limit  # with a whole word, the first ones come first already
    parts = [_candidates(scope, where, rarest, others).limit(most).subquery() for where in scopes(scope)]
    found = union_all(*(select(part) for part in parts)).subquery()
    first = select(found.c.entry_id, found.c.scope).distinct().order_by(found.c.entry_id).limit(limit).subquery()
    at_head = and_(HeadRow.entry_id == first.c.entry_id, HeadRow.scope == first.c.scope)
    return await _rows(session, select(HeadRow.sequence).join(first, at_head).order_by(HeadRow.entry_id))


def _asked(words: Sequence[str]) -> list[_Asked]:
    *whole, begun = (word[:WORD_LENGTH] for word in words)
    return [*((word, False) for word in dict.fromkeys(whole)), (begun, True)]


def _is(word: InstrumentedAttribute[str], asked: _Asked) -> ColumnElement[bool]:
    text, only_begun = asked
    return and_(word >= text, word < text + _LAST) if only_begun else word == text


async def _by_rarity(session: AsyncSession, scope: Scope, asked: list[_Asked]) -> list[_Asked]:
    """The rarest leads to the entries, the others are looked for beside it."""
    if len(asked) == 1:
        return asked
    counts = [
        select(func.count()).select_from(_with(scope, each).limit(_COUNTED).subquery()).scalar_subquery()
        for each in asked
    ]
    found = (await session.execute(select(*counts))).one()
    return [each for _, each in sorted(zip(found, asked, strict=True), key=lambda pair: pair[0])]


def _with(scope: Scope, asked: _Asked) -> Select[str]:
    return select(WordRow.entry_id).where(WordRow.scope.in_(scopes(scope)), _is(WordRow.word, asked))


def _candidates(scope: Scope, where: int, rarest: _Asked, others: list[_Asked]) -> Select[int, str]:
    """Entries that were recorded in ``where``, that ``scope`` sees, and that hold all words."""
    wanted = [_is(WordRow.word, rarest), *map(_beside, others), seen_in(scope, WordRow)]
    statement = select(WordRow.scope, WordRow.entry_id).where(WordRow.scope == where, *wanted)
    return statement.order_by(WordRow.word, WordRow.entry_id)


def _beside(asked: _Asked) -> ColumnElement[bool]:
    """Whether the entry of a word has another one too."""
    other = aliased(WordRow)
    return exists().where(other.scope == WordRow.scope, other.entry_id == WordRow.entry_id, _is(other.word, asked))


async def _latest(session: AsyncSession, scope: Scope, limit: int) -> list[RevisionRow]:
    parts = [_latest_of(scope, where).limit(limit).subquery() for where in scopes(scope)]
    found = union_all(*(select(part) for part in parts)).subquery()
    return await _rows(session, select(found.c.sequence).order_by(found.c.sequence.desc()).limit(limit))


def _latest_of(scope: Scope, where: int) -> Select[int]:
    recorded = select(HeadRow.sequence).where(HeadRow.scope == where, seen_in(scope))
    return recorded.order_by(HeadRow.sequence.desc())


async def _rows(session: AsyncSession, which: Select[int]) -> list[RevisionRow]:
    """The revisions with these sequence numbers, in this order."""
    sequences = list(await session.scalars(which))
    rows = await session.scalars(select(RevisionRow).where(RevisionRow.sequence.in_(sequences)))
    return sorted(rows, key=lambda row: sequences.index(row.sequence))
