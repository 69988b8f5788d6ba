"""Which parties and topics have positions, at a cost that grows with how many of these there are, not with entries."""

from sqlalchemy import CTE, ColumnElement, Select, func, select, union
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from knowledge.model import POSITIONS, Scope
from knowledge.ports import Selection
from knowledge.storage.selecting import conditions, scopes, visible_now
from knowledge.storage.tables import HeadRow


async def topics_of(session: AsyncSession, scope: Scope, party: str) -> set[str]:
    """See ``Revisions.topics_of``."""
    wanted = Selection(kinds=POSITIONS, party=party)
    return await _having(session, scope, wanted, "topic")


async def parties_on(session: AsyncSession, scope: Scope, topic: str) -> set[str]:
    """See ``Revisions.parties_on``."""
    wanted = Selection(kinds=POSITIONS, topic=topic)
    return await _having(session, scope, wanted, "party")


async def _having(session: AsyncSession, scope: Scope, wanted: Selection, column: str) -> set[str]:
    found = union(*(_in_one(scope, where, wanted, column) for where in scopes(scope)))
    return set(await session.scalars(found))


def _in_one(scope: Scope, where: int, wanted: Selection, column: str) -> Select[str]:
    """Of each value that the column has in a scope, whether one head that is wanted has it: the first one suffices."""
    values = _values(where, wanted, column)
    with_it = visible_now(scope).where(
        HeadRow.scope == where, getattr(HeadRow, column) == values.c.value, *conditions(wanted, HeadRow)
    )
    return select(values.c.value).where(values.c.value.is_not(None), with_it.exists())


def _values(where: int, wanted: Selection, column: str) -> CTE:
    """The values of a column, in order: from each one, the index leads straight to the next."""
    head = aliased(HeadRow)
    value: ColumnElement[str] = getattr(head, column)
    of_them = [head.scope == where] + ([head.party == wanted.party] if wanted.party else [])
    first = select(func.min(value).label("value")).where(*of_them)
    values = first.cte(f"values_{where}", recursive=True)
    following = select(func.min(value)).where(*of_them, value > values.c.value).scalar_subquery()
    return values.union_all(select(following).where(values.c.value.is_not(None)))
