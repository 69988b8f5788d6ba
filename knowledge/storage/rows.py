"""Revisions and documents as rows and back."""

from knowledge.codec import document_from_dict, document_to_dict, entry_from_dict, entry_to_dict
from knowledge.model import Action, Document, Revision, Scope
from knowledge.storage.tables import DocumentRow, RevisionRow


def revision_to_row(revision: Revision, sequence: int) -> RevisionRow:
    """The row of a revision at its place in the whole history."""
    entry = revision.entry
    return RevisionRow(
        sequence=sequence,
        scope=revision.scope.id,
        entry_id=entry.id,
        number=revision.number,
        action=revision.action.value,
        kind=entry.kind.value,
        party=entry.party,
        topic=entry.topic,
        status=entry.status.value,
        content=entry_to_dict(entry),
        actor=revision.actor,
        reason=revision.reason,
        recorded_at=revision.recorded_at,
        follows_base=revision.follows_base,
    )


def revision_from_row(row: RevisionRow) -> Revision:
    """The revision of a row."""
    return Revision(
        scope=Scope(row.scope),
        number=row.number,
        action=Action(row.action),
        entry=entry_from_dict(row.content),
        recorded_at=row.recorded_at,
        actor=row.actor,
        reason=row.reason,
        sequence=row.sequence,
        follows_base=row.follows_base,
    )


def document_to_values(document: Document, scope: Scope) -> dict[str, object]:
    """The columns of a document, by name."""
    return {**document_to_dict(document), "scope": scope.id}


def document_from_row(row: DocumentRow) -> Document:
    """The document of a row."""
    return document_from_dict({column.name: getattr(row, column.name) for column in row.__table__.c})
