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
    whole = parse(text)
    sections = [(heading, lines) for heading, lines in _sections(whole) if lines]
    for index, (title, lines) in enumerate(sections):
        # a title or by-line above the first section says nothing about the place
        heading = title if index and _names_one(whole, title) else ""
        for line in lines:
            place = "" if heading and len(lines) == 1 else _place(line, lines if heading else whole)
            base = SEPARATOR.join(part for part in (heading, place) if part)
            found = sentences(line.text)
            for number, sentence in enumerate(found, start=1):
                alone = len(found) == 1 and place
                yield base if alone else f"{base}{SEPARATOR}sentence {number}", sentence


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


def _place(line: Line, within: Sequence[Line]) -> str:
    """The segment that selects ``line`` among ``within``: its label where no other place has that name."""
    if line.label and _names_one(within, line.label):
        return line.label
    alike = [each for each in within if each.kind is line.kind]
    number = next(number for number, each in enumerate(alike, start=1) if each is line)
    return f"{'paragraph' if line.kind is LineKind.PROSE else 'item'} {number}"


def _names_one(lines: Sequence[Line], name: str) -> bool:
    return len(_named(lines, name)) == 1 and SEPARATOR not in name and not _NUMBERED.match(name)


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
    places = _named(lines, segment)
    if len(places) != 1:
        raise LocatorNotFound(locator, segment)
    return places[0]


def _named(lines: Sequence[Line], name: str) -> list[Sequence[Line]]:
    """Every place that has this heading, or this label, and a line to show."""
    wanted = _fold(name)
    below = [_below(lines, index) for index, line in enumerate(lines) if _is_heading(line, wanted)]
    labelled = [[line] for line in lines if line.label and _fold(line.label) == wanted]
    return [place for place in [*below, *labelled] if place]


def _is_heading(line: Line, wanted: str) -> bool:
    return line.kind is LineKind.HEADING and _fold(line.text) == wanted


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
