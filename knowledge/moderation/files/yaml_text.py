"""YAML, as far as a list of entries needs it: all scalars are text, and no anchors, aliases or tags.

Built from the parser's events, so that whatever is too deep or refers to something else is refused before it is built.
"""

from typing import Any

import yaml

from knowledge.moderation.files.forms import DEPTH, Fields, FileWhy, Refused

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml's is some ten times as fast
_NOTHING = frozenset({"", "~", "null", "Null", "NULL"})


def parse_yaml(text: str) -> object:
    """Text, None, lists and ``Fields``: ``no``, ``000`` and ``2025-06-02`` stay what was typed.

    Raises:
        Refused: no YAML, several documents, an anchor, an alias, a tag, or too deep.
    """
    builder = _Builder()
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            builder.take(event)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise Refused(FileWhy.NOT_YAML, mark.line + 1 if mark else 0) from None
    return builder.tree


class _Builder:
    """Makes a tree of events, without recursion. ``_open`` are the lists and mappings around the next node."""

    def __init__(self) -> None:
        self.tree: object = None
        self._documents = 0
        self._open: list[list[object] | _Pairs] = []

    def take(self, event: yaml.Event) -> None:
        """Adds what an event tells."""
        if isinstance(event, yaml.DocumentStartEvent):
            self._documents += 1
            _refuse(self._documents > 1, FileWhy.NOT_YAML, event)
        elif isinstance(event, yaml.NodeEvent):
            self._node(event)
        elif isinstance(event, yaml.CollectionEndEvent):
            closed = self._open.pop()
            self._add(closed.fields if isinstance(closed, _Pairs) else closed, event)

    def _node(self, event: yaml.NodeEvent) -> None:
        _refuse(event.anchor is not None, FileWhy.ALIAS, event)
        _refuse(getattr(event, "tag", None) is not None, FileWhy.TAG, event)
        if isinstance(event, yaml.ScalarEvent):
            plain = event.implicit[0]
            self._add(None if plain and event.value in _NOTHING else event.value, event)
        else:
            _refuse(len(self._open) == DEPTH, FileWhy.TOO_DEEP, event)
            self._open.append([] if isinstance(event, yaml.SequenceStartEvent) else _Pairs())

    def _add(self, value: object, event: yaml.Event) -> None:
        if not self._open:
            self.tree = value
        elif isinstance(around := self._open[-1], list):
            around.append(value)
        else:
            _refuse(not around.take(value), FileWhy.NOT_YAML, event)


class _Pairs:
    """A mapping whose keys and values come one after the other."""

    def __init__(self) -> None:
        self.fields = Fields()
        self._key: str | None = None

    def take(self, value: object) -> bool:
        """The next key or value; False for a key that is no text."""
        if self._key is not None:
            self.fields.put(self._key, value)
            self._key = None
            return True
        self._key = value if isinstance(value, str) else None
        return self._key is not None


def _refuse(wrong: bool, why: FileWhy, event: yaml.Event) -> None:
    if wrong:
        raise Refused(why, event.start_mark.line + 1 if event.start_mark else 0)
