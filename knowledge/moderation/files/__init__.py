"""Files of entries in and out: YAML, JSON and CSV, read without trust and written so that reading gives the same."""

from knowledge.moderation.files.forms import Checked, Content, FileWhy, Format, Part, Row, RowFault
from knowledge.moderation.files.reading import read_file
from knowledge.moderation.files.rows import rows_to_entries
from knowledge.moderation.files.writing import write_file

__all__ = [
    "Checked",
    "Content",
    "FileWhy",
    "Format",
    "Part",
    "Row",
    "RowFault",
    "read_file",
    "rows_to_entries",
    "write_file",
]
