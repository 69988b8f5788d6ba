"""What a file of entries holds, and what can be wrong with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, NamedTuple

from knowledge.errors import ParleyError
from knowledge.model import Document, Entry
from knowledge.moderation.checks import Why

FILE_BYTES = 1_000_000
"""The most bytes of a file."""
FILE_ENTRIES = 2_000
"""The most entries of a file, and the most documents."""
DEPTH = 8
"""How deep lists and mappings may be nested; entries need five."""

Format = Literal["yaml", "json", "csv"]

ENTRY_FIELDS = (
    *("id", "kind", "party", "topic", "involved", "speaker", "claim", "act", "rank", "attribution", "stated_on"),
    *("valid_from", "valid_to", "when", "order", "citations", "contested", "status", "reason"),
)
DOCUMENT_FIELDS = ("id", "label", "title", "author", "publisher", "published_on", "url", "note", "sha256")
CITATION_FIELDS = ("document", "locator")
DOCUMENT_KIND = "document"
"""What a row of CSV has for a kind that tells of a document."""
MOST_COLUMNS = 100
"""The most columns of CSV; the fields are 28."""


class FileWhy(StrEnum):
    """Why a whole file cannot be read."""

    TOO_LARGE = "too_large"
    EMPTY = "empty"
    ARCHIVE = "archive"
    """A zip archive, as the files of spreadsheet programs are."""
    BINARY = "binary"
    ENCODING = "encoding"
    """Neither UTF-8 nor UTF-16 with its mark."""
    NOT_YAML = "not_yaml"
    NOT_JSON = "not_json"
    NOT_CSV = "not_csv"
    NO_ENTRIES = "no_entries"
    """Read, but it holds no list of entries."""
    ALIAS = "alias"
    """YAML with an anchor or an alias: a few lines of them can mean billions."""
    TAG = "tag"
    """YAML with a tag, which asks for something else than text."""
    TOO_DEEP = "too_deep"
    TOO_MANY = "too_many"
    """More entries, documents or columns than may be; the value is the number."""


class Part(StrEnum):
    """Where in a file."""

    FILE = "file"
    ENTRIES = "entries"
    DOCUMENTS = "documents"


class Fields(dict[str, object]):
    """A mapping that was read: text, None, lists and mappings by key; ``repeated`` are keys that stood there twice."""

    def __init__(self) -> None:
        super().__init__()
        self.repeated: list[str] = []

    def put(self, key: str, value: object) -> None:
        """Adds a pair; the first of a key stays."""
        if key in self:
            self.repeated.append(key)
        else:
            self[key] = value


@dataclass(frozen=True, slots=True)
class Row:
    """An entry or a document as it was read. ``number``: the row of a spreadsheet (the header is 1), else from 1 on."""

    number: int
    data: Fields


@dataclass(frozen=True, slots=True)
class RowFault:
    """One thing that is wrong. ``row`` is the number of the entry or document, for the file's part the line (or 0)."""

    row: int
    field: str
    why: Why | FileWhy
    value: str = ""
    part: Part = Part.ENTRIES


@dataclass(frozen=True, slots=True)
class Content:
    """What was read of a file, before its values are looked at."""

    entries: tuple[Row, ...] = ()
    documents: tuple[Row, ...] = ()
    faults: tuple[RowFault, ...] = ()


class Checked(NamedTuple):
    """The entries without faults, each with the number of its row; such documents; and all faults of the file."""

    entries: list[tuple[int, Entry]]
    documents: list[Document]
    faults: list[RowFault]


@dataclass(eq=False)
class Refused(ParleyError):
    """The file cannot be read; ``line`` is 0 where it is not known. Stays within this package."""

    why: FileWhy
    line: int = 0
    value: str = ""


def limit(values: Sequence[object], most: int = FILE_ENTRIES) -> None:
    """Refuses a file that has more of something than ``most``."""
    if len(values) > most:
        raise Refused(FileWhy.TOO_MANY, value=str(len(values)))
