"""Reading a file: what it is, is seen in its content and not in its name."""

from knowledge.moderation.checks import Why, shown
from knowledge.moderation.files.csv_text import delimiter_of, parse_csv
from knowledge.moderation.files.decoding import decode
from knowledge.moderation.files.forms import Content, Fields, FileWhy, Part, Refused, Row, RowFault, limit
from knowledge.moderation.files.json_text import parse_json
from knowledge.moderation.files.yaml_text import parse_yaml


def read_file(data: bytes) -> Content:
    """The rows of a file of YAML, JSON or CSV, in UTF-8 or UTF-16; their values are not looked at yet.

    A file that cannot be read has one fault and no rows; nothing is raised. At most ``FILE_BYTES``, ``FILE_ENTRIES``
    and ``DEPTH``. Takes up to some seconds for a full file: to be run in a thread, not on the event loop.
    """
    try:
        return _content(decode(data))
    except Refused as refused:
        return Content(faults=(RowFault(refused.line, "", refused.why, shown(refused.value), Part.FILE),))


def _content(text: str) -> Content:
    if text.lstrip().startswith(("{", "[")):
        return _of_tree(parse_json(text))
    delimiter = delimiter_of(text)
    return parse_csv(text, delimiter) if delimiter else _of_tree(parse_yaml(text))


def _of_tree(tree: object) -> Content:
    """A list of entries, or a mapping with ``entries`` and ``documents``."""
    if isinstance(tree, list):
        return _rows(tree, [], [])
    if not isinstance(tree, Fields):
        raise Refused(FileWhy.NO_ENTRIES)
    entries, documents = (tree.get(part) or [] for part in (Part.ENTRIES, Part.DOCUMENTS))
    if not isinstance(entries, list) or not isinstance(documents, list) or not (entries or documents):
        raise Refused(FileWhy.NO_ENTRIES)
    unknown = [each for each in tree if each not in (Part.ENTRIES, Part.DOCUMENTS)]
    faults = [RowFault(0, shown(each), Why.UNKNOWN_KEY, part=Part.FILE) for each in unknown]
    faults += [RowFault(0, shown(each), Why.REPEATED, part=Part.FILE) for each in tree.repeated]
    return _rows(entries, documents, faults)


def _rows(entries: list[object], documents: list[object], faults: list[RowFault]) -> Content:
    for part, values in ((Part.ENTRIES, entries), (Part.DOCUMENTS, documents)):
        limit(values)
        wrong = [(n, each) for n, each in enumerate(values, 1) if not isinstance(each, Fields)]
        faults = [*faults, *(RowFault(n, "", Why.NOT_FIELDS, shown(each), part) for n, each in wrong)]
    return Content(_fields(entries), _fields(documents), tuple(faults))


def _fields(values: list[object]) -> tuple[Row, ...]:
    return tuple(Row(number, each) for number, each in enumerate(values, 1) if isinstance(each, Fields))
