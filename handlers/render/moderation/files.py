"""Files in and out: what a dry run would do, and every fault in words."""

from collections.abc import Sequence

from handlers.custom_ids import Deed, DeedVerb
from handlers.render.card import Attachment, Block, Card, Link
from handlers.render.moderation.faults import row_words
from handlers.render.text import count, echo
from knowledge.model import Document
from knowledge.moderation.files import FileWhy, Part, RowFault
from knowledge.moderation.outcomes import ImportPlan, RowNote

FAULTS_SHOWN = 12
ROWS_SHOWN = 7
"""So many rows of each list are shown, so that all lists fit one message; the others are counted."""
NAME_SHOWN = 40


def render_plan(plan: ImportPlan, file: str) -> Card:
    """What applying a file would do; with *Apply* where that can be done."""
    if plan.faults:
        return _faulty(plan.faults, file)
    links = (Link("Apply", Deed(DeedVerb.APPLY, plan.proposal.id), primary=True),) if plan.proposal else ()
    return Card(
        title=f"Dry run · {echo(file, NAME_SHOWN)}",
        lead=f"{_counts(plan)}\n-# {_what_next(plan)}",
        blocks=(*_rows("Added", plan.added), *_rows("Changed", plan.changed), *_sources(plan.documents)),
        links=links,
    )


def render_too_large(file: str, size: int) -> Card:
    """A file that is not even fetched."""
    return _faulty([RowFault(0, "", FileWhy.TOO_LARGE, str(size), Part.FILE)], file)


def render_export(data: bytes, form: str) -> Card:
    """The entries of a server, as a file to keep or to import elsewhere."""
    return Card(
        title="Entries of this server",
        blocks=(Block("All that this server sees, with the sources. `/entry import` reads it anywhere."),),
        attachment=Attachment(f"entries.{form}", data),
    )


def _faulty(faults: Sequence[RowFault], file: str) -> Card:
    lines = [f"• {row_words(each)}" for each in faults[:FAULTS_SHOWN]]
    more = len(faults) - FAULTS_SHOWN
    lines += [f"-# … and {more:,} more; the file below lists all."] if more > 0 else []
    return Card(
        title=f"Dry run · {echo(file, NAME_SHOWN)}",
        lead=f"**{count(len(faults), 'fault')}**, so nothing can be applied. Correct the file and send it again.",
        blocks=(Block("\n".join(lines)),),
        attachment=_all_faults(faults) if more > 0 else None,
    )


def _all_faults(faults: Sequence[RowFault]) -> Attachment:
    return Attachment("faults.txt", "".join(f"{row_words(each, str)}\n" for each in faults).encode())


def _counts(plan: ImportPlan) -> str:
    counts = f"**{len(plan.added):,} added · {len(plan.changed):,} changed · {plan.unchanged:,} unchanged**"
    return f"{counts} · {count(len(plan.documents), 'new source')}" if plan.documents else counts


def _what_next(plan: ImportPlan) -> str:
    if plan.proposal is None:
        return "All of this is recorded here already, so there is nothing to apply."
    return "Nothing is changed yet. *Apply* does all of it or nothing, within a day; *Undo* takes it back."


def _rows(heading: str, notes: Sequence[RowNote]) -> list[Block]:
    lines = [f"{note.row}: {_id(note)}{echo(note.claim)}" for note in notes[:ROWS_SHOWN]]
    return _listed(heading, lines, len(notes))


def _id(note: RowNote) -> str:
    return f"`{note.entry_id}` " if note.entry_id else ""


def _sources(documents: Sequence[Document]) -> list[Block]:
    lines = [f"`{each.id}` {echo(each.name)}" for each in documents[:ROWS_SHOWN]]
    return _listed("New sources", lines, len(documents))


def _listed(heading: str, lines: list[str], total: int) -> list[Block]:
    more = [f"-# … and {total - len(lines):,} more"] if total > len(lines) else []
    return [Block("\n".join([*lines, *more]), section=heading)] if lines else []
