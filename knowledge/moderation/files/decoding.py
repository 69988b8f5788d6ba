"""The text of a file: UTF-8, or UTF-16 with its mark, and nothing that is no text."""

import codecs

from knowledge.moderation.files.forms import FILE_BYTES, FileWhy, Refused

_ARCHIVE = b"PK\x03\x04"
_MARKED = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}


def decode(data: bytes) -> str:
    """The text, without a byte order mark.

    Raises:
        Refused: too large, empty, an archive, another encoding, or binary.
    """
    if len(data) > FILE_BYTES:
        raise Refused(FileWhy.TOO_LARGE, value=str(len(data)))
    if data.startswith(_ARCHIVE):
        raise Refused(FileWhy.ARCHIVE)
    text = _text(data)
    if "\0" in text:
        raise Refused(FileWhy.BINARY)
    if not text.strip():
        raise Refused(FileWhy.EMPTY)
    return text


def _text(data: bytes) -> str:
    mark = next((mark for mark in _MARKED if data.startswith(mark)), b"")
    try:
        return data[len(mark) :].decode(_MARKED.get(mark, "utf-8"))
    except UnicodeDecodeError:
        raise Refused(FileWhy.BINARY if b"\0" in data and not mark else FileWhy.ENCODING) from None
