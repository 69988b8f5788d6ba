"""How values stand in the cells of a spreadsheet, and come back from there."""

import re

from knowledge.moderation.files.forms import CITATION_FIELDS, Fields

_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
_CITATION = re.compile(r"\s*([^\s:]+)\s*:\s*(.*)")


def guarded(cell: str) -> str:
    """A cell that no spreadsheet program takes for a formula: an apostrophe before whatever could be one.

    So is what begins with apostrophes and would be one without them, so that ``unguarded`` gives every cell back.
    """
    return f"'{cell}" if _FORMULA.match(cell) else cell


def unguarded(cell: str) -> str:
    """The cell that was guarded."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def slugs_of(cell: str) -> list[object]:
    """Slugs, parted by spaces or commas."""
    return [*filter(None, re.split(r"[\s,;]+", cell))]


def citations_of(cell: str) -> list[object]:
    """Citations, one a line: ``document: locator``. A line of another form stays text."""
    return [_citation(line) for line in cell.splitlines() if line.strip()]


def _citation(line: str) -> object:
    parts = _CITATION.fullmatch(line)
    if not parts:
        return line
    citation = Fields()
    for key, value in zip(CITATION_FIELDS, parts.groups(), strict=True):
        citation.put(key, value)
    return citation
