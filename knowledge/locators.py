"""Locators: how a citation points into the text of a document.

A locator is a path of segments joined by `` > ``. Each segment narrows what the one before it selected:

===================  ==============================================================================
segment              selects
===================  ==============================================================================
a heading            the lines below the heading (or question), up to the next heading
a label              the one line that begins with the label and a colon
``paragraph N``      the Nth line of prose (counted from 1)
``item N``           the Nth list item
``sentence N``       the Nth sentence of what is selected; always the last segment
``sentences N-M``    those sentences, both ends included; always the last segment
===================  ==============================================================================

Headings and labels compare without regard to case, typographic quotes and spacing. Pure: text in, text out.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from knowledge.errors import LocatorNotFound

SEPARATOR = " > "
_BULLET = re.compile(r"^\s*[-•*]\s+")
_LABEL = re.compile(r"^([A-Z][^\s:.,!?]*(?: [^\s:.,!?]+){0,6}):\s+\S")
_PROSE_END = re.compile(r"[.!:][\"”’')]*$")
_BOUNDARY = re.compile(r"(?<=[.!?])[\"”’')]*\s+(?=[\"“‘'(]*[A-Z])")
_ABBREVIATION = re.compile(r"(?:\b[A-Z]\.){2,}$|\b(?:Mr|Mrs|Ms|Dr|St|vs)\.$")
_NUMBERED = re.compile(r"^(paragraph|item|sentence|sentences) (\d+)(?:-(\d+))?$")
_QUOTES = str.maketrans("’‘“”", "''\"\"")


class LineKind(Enum):
    """What a line of a document is."""

    HEADING = "heading"
    ITEM = "item"
    PROSE = "prose"


@dataclass(frozen=True, slots=True)
class Line:
    """One line that is not empty; ``text`` is without its bullet."""

    kind: LineKind
    text: str

    @property
    def label(self) -> str | None:
        """The words before the first colon of a heading-like start, or None."""
        found = _LABEL.match(self.text)
        return found.group(1) if found and self.kind is not LineKind.HEADING else None


def excerpt(text: str, locator: str) -> str:
    """The words of ``text`` that ``locator`` points to.

    Raises:
        LocatorNotFound: a segment selects nothing, or more than one place.
    """
    selected: Sequence[Line] = parse(text)
    segments = locator.split(SEPARATOR)
    for index, segment in enumerate(segments):
        numbered = _NUMBERED.match(segment)
        if numbered and numbered.group(1).startswith("sentence"):
            if index != len(segments) - 1:
                raise LocatorNotFound(locator, segment)
            return _pick_sentences(selected, numbered, locator)
        selected = _pick_lines(selected, segment, numbered, locator)
    return "\n".join(line.text for line in selected)


def outline(text: str) -> Iterator[tuple[str, str]]:
    """Every sentence of ``text`` with the shortest locator that resolves to it, in reading order."""
    sections = [(heading, lines) for heading, lines in _sections(parse(text)) if lines]
    for index, (title, lines) in enumerate(sections):
        heading = title if index else ""  # a title or by-line above the first section says nothing about the place
        for place, line in _places(lines, alone_needs_none=bool(heading)):
            base = SEPARATOR.join(part for part in (heading, place) if part)
            found = sentences(line.text)
            for number, sentence in enumerate(found, start=1):
                whole = len(found) == 1 and place
                yield base if whole else f"{base}{SEPARATOR}sentence {number}", sentence


def parse(text: str) -> list[Line]:
    """The lines of a document that are not empty, each with its kind.

    A line with a bullet is an item. A single sentence that ends in a question mark, or a line without a closing full
    stop, exclamation mark or colon, is a heading. The rest is prose.
    """
    return [_line(raw) for raw in text.splitlines() if raw.strip()]


def sentences(text: str) -> list[str]:
    """``text`` cut into sentences; abbreviations such as "U.S." do not end one."""
    parts: list[str] = []
    start = 0
    for boundary in _BOUNDARY.finditer(text):
        if _ABBREVIATION.search(text[start : boundary.start()]):
            continue
        parts.append(text[start : boundary.end()].strip())
        start = boundary.end()
    tail = text[start:].strip()
    return [*parts, tail] if tail else parts


def _line(raw: str) -> Line:
    text = _BULLET.sub("", raw).strip()
    if _BULLET.match(raw):
        return Line(LineKind.ITEM, text)
    if _PROSE_END.search(text) or (len(sentences(text)) > 1 and text.endswith("?")):
        return Line(LineKind.PROSE, text)
    return Line(LineKind.HEADING, text)


def _sections(lines: Sequence[Line]) -> Iterator[tuple[str, Sequence[Line]]]:
    starts = [index for index, line in enumerate(lines) if line.kind is LineKind.HEADING]
    yield "", lines[: starts[0]] if starts else lines
    for start in starts:
        yield lines[start].text, _below(lines, start)


def _places(lines: Sequence[Line], *, alone_needs_none: bool) -> Iterator[tuple[str, Line]]:
    """Each line with the segment that selects it; a section's only line needs no segment."""
    if alone_needs_none and len(lines) == 1:
        yield "", lines[0]
        return
    counts = {LineKind.PROSE: 0, LineKind.ITEM: 0}
    for line in lines:
        counts[line.kind] += 1
        word = "paragraph" if line.kind is LineKind.PROSE else "item"
        yield line.label or f"{word} {counts[line.kind]}", line


def _fold(text: str) -> str:
    return " ".join(text.translate(_QUOTES).casefold().rstrip(":").split())


def _pick_lines(lines: Sequence[Line], segment: str, numbered: re.Match[str] | None, locator: str) -> Sequence[Line]:
    if numbered:
        kind = LineKind.PROSE if numbered.group(1) == "paragraph" else LineKind.ITEM
        candidates = [line for line in lines if line.kind is kind]
        index = int(numbered.group(2)) - 1
        if numbered.group(3) or not 0 <= index < len(candidates):
            raise LocatorNotFound(locator, segment)
        return [candidates[index]]
    places = [place for place in _named(lines, _fold(segment)) if place]
    if len(places) != 1:
        raise LocatorNotFound(locator, segment)
    return places[0]


def _named(lines: Sequence[Line], name: str) -> Iterator[Sequence[Line]]:
    for index, line in enumerate(lines):
        if line.kind is LineKind.HEADING and _fold(line.text) == name:
            yield _below(lines, index)
        elif line.label and _fold(line.label) == name:
            yield [line]


def _below(lines: Sequence[Line], heading: int) -> Sequence[Line]:
    below: list[Line] = []
    for line in lines[heading + 1 :]:
        if line.kind is LineKind.HEADING:
            break
        below.append(line)
    return below


def _pick_sentences(lines: Sequence[Line], numbered: re.Match[str], locator: str) -> str:
    found = [sentence for line in lines for sentence in sentences(line.text)]
    first = int(numbered.group(2))
    last = int(numbered.group(3) or first)
    if not 1 <= first <= last <= len(found):
        raise LocatorNotFound(locator, numbered.group(0))
    return " ".join(found[first - 1 : last])
