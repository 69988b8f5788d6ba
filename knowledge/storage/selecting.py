"""Which revisions a scope sees, now and then, as statements."""

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import aliased

from knowledge.model import BASE, Scope, Status
from knowledge.ports import Selection
from knowledge.storage.tables import CitationRow, HeadRow, RevisionRow, WordRow


def scopes(scope: Scope) -> tuple[int, ...]:
    """Those from which ``scope`` sees something."""
    return tuple({BASE.id, scope.id})


def selected(scope: Scope, selection: Selection) -> Select[RevisionRow]:
    """What ``Revisions.select`` gives."""
    then = _by_then(selection)
    statement = visible_now(scope) if then is None else _visible_then(scope, then)
    by = HeadRow if then is None else RevisionRow
    return statement.where(*conditions(selection, by)).order_by(RevisionRow.sequence)


def visible_now(scope: Scope) -> Select[RevisionRow]:
    """By the heads."""
    statement = select(RevisionRow).join(HeadRow, HeadRow.sequence == RevisionRow.sequence)
    return statement.where(HeadRow.scope.in_(scopes(scope)), seen_in(scope))


def seen_in(scope: Scope, row: type[HeadRow | WordRow] = HeadRow) -> ColumnElement[bool]:
    """Whether what belongs to a head of the base or of ``scope`` is not hidden by another head."""
    over = aliased(HeadRow)
    hidden = exists().where(over.scope == scope.id, over.entry_id == row.entry_id)
    return or_(row.scope == scope.id, ~hidden)


def _by_then(selection: Selection) -> ColumnElement[bool] | None:
    """Whether a revision had been recorded by when is asked; None for now."""
    if selection.upto is not None:
        return RevisionRow.sequence <= selection.upto
    return None if selection.recorded_by is None else RevisionRow.recorded_at <= selection.recorded_by


def _visible_then(scope: Scope, then: ColumnElement[bool]) -> Select[RevisionRow]:
    """Without the heads, which know only the present: the last revision of each entry up to then."""
    latest = (
        select(func.max(RevisionRow.sequence))
        .where(RevisionRow.scope.in_(scopes(scope)), then)
        .group_by(RevisionRow.scope, RevisionRow.entry_id)
    )
    over = aliased(RevisionRow)
    in_front = and_(over.scope == scope.id, over.sequence.in_(latest), ~over.follows_base)
    hidden = exists().where(over.entry_id == RevisionRow.entry_id, in_front)
    seen = or_(RevisionRow.scope == scope.id, ~hidden)
    return select(RevisionRow).where(RevisionRow.sequence.in_(latest), ~RevisionRow.follows_base, seen)


def conditions(selection: Selection, by: type[HeadRow | RevisionRow]) -> list[ColumnElement[bool]]:
    """What a selection asks for, except when it was recorded."""
    found: list[ColumnElement[bool]] = []
    if selection.kinds is not None:
        found.append(by.kind.in_([kind.value for kind in selection.kinds]))
    if selection.party is not None:
        found.append(by.party == selection.party)
    if selection.topic is not None:
        found.append(by.topic == selection.topic)
    if selection.ids is not None:
        found.append(by.entry_id.in_(selection.ids))
    if selection.document is not None:
        cites = exists().where(CitationRow.sequence == RevisionRow.sequence, CitationRow.document == selection.document)
        found.append(cites)
    if selection.active_only:
        found.append(RevisionRow.status == Status.ACTIVE.value)
    return found
