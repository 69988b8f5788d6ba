"""The one place that measures: a card becomes pages that keep every limit of Discord.

Limits (Discord, Components V2): 4,000 characters of text over a message's components, 40 components, 5 buttons in a
row, 80 characters of a button's label, 25 options of a menu, 100 characters of an option's label and of a custom id.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain, groupby

from handlers.custom_ids import Target, Verb
from handlers.render.card import Block, Card, Link, Menu, Page
from handlers.render.text import clip

TEXT_LIMIT = 4_000
COMPONENT_LIMIT = 40
ROW_LIMIT = 5
LABEL_LIMIT = 80
OPTION_LIMIT = 25
OPTION_LABEL_LIMIT = 100
PLACEHOLDER_LIMIT = 150
COMFORT = 2_200
"""The most text of a page that still reads well on a phone; a single block may exceed it, never ``TEXT_LIMIT``."""
RESERVE = 400
"""Kept free of blocks for the page's number and who shared it."""
SMALLEST = 400
"""The least room for a block; a citation list at its limit leaves more than this."""
MENU_LIMIT = 4
"""The most menus of a message: their components count too."""


def pages(card: Card, shared_by: str = "") -> list[Page]:
    """The card as one or more messages, in order; nothing is left out, at least one page.

    ``shared_by`` names who posted it for everyone; then there is nothing left to share.
    """
    groups = list(_groups(card))
    return [_page(card, blocks, index, len(groups), shared_by) for index, blocks in enumerate(groups)]


def _groups(card: Card) -> Iterator[list[Block]]:
    group: list[Block] = []
    most = _most_sections(card)
    for block in _fitting(card):
        grown = [*group, block]
        if group and (len(_body(card, grown)) > COMFORT or len(_sections(grown)) > most):
            yield group
            group = []
        group.append(block)
    yield group


def _most_sections(card: Card) -> int:
    """How many texts with a line above them fit beside the container, head, foot, buttons and menus."""
    menus = sum(-(-len(menu.options) // OPTION_LIMIT) for menu in card.menus)
    buttons = len(card.links) + 3  # to turn and to share
    rows = 1 + -(-buttons // ROW_LIMIT)
    return max(1, (COMPONENT_LIMIT - 4 - buttons - rows - 2 * min(menus, MENU_LIMIT)) // 2)


def _fitting(card: Card) -> Iterator[Block]:
    """The blocks, those cut at a line or a space that would not fit a message by themselves."""
    for block in card.blocks:
        room = max(SMALLEST, TEXT_LIMIT - RESERVE - len(_body(card, [replace(block, text="")])))
        rest = block.text
        while len(rest) > room:
            cut = _cut(rest, room)
            yield replace(block, text=rest[:cut])
            rest = rest[cut:].lstrip()
        yield replace(block, text=rest)


def _cut(text: str, room: int) -> int:
    """Where to cut: after a line, else after a word, else anywhere but between a backslash and what it escapes."""
    cut = max(text.rfind("\n", 0, room), text.rfind(" ", 0, room))
    if cut > room // 2:
        return cut
    return room - 1 if text[room - 1] == "\\" else room


def _page(card: Card, blocks: Sequence[Block], index: int, total: int, shared_by: str) -> Page:
    head = f"## {card.title}" + (f"\n{card.lead}" if card.lead and index == 0 else "")
    foot = _foot(card, blocks, index, total, shared_by)
    texts = (head, *_sections(blocks), *([foot] if foot else []))
    menus = tuple(chain.from_iterable(map(_menus, card.menus)))
    attachment = card.attachment if index == 0 else None
    return Page(texts, tuple(_rows(card, index, total, bool(shared_by))), menus, attachment)


def _sections(blocks: Sequence[Block]) -> list[str]:
    """Blocks of one section together under its heading."""
    found = []
    for section, members in groupby(blocks, key=lambda block: block.section):
        text = "\n".join(block.text for block in members)
        found.append(f"**{section}**\n{text}" if section else text)
    return found


def _body(card: Card, blocks: Sequence[Block]) -> str:
    return "\n".join([card.title, card.lead, *_sections(blocks), _foot(card, blocks, 0, 1, "")])


def _foot(card: Card, blocks: Sequence[Block], index: int, total: int, shared_by: str) -> str:
    cited = {source for block in blocks for source in block.sources}
    names = enumerate(card.source_names.items(), start=1)
    lines = [f"-# [{number}] {name}" for number, (document, name) in names if document in cited]
    small = [card.footer, f"Page {index + 1} of {total}" if total > 1 else "", shared_by]
    return "\n".join([*lines, *[f"-# {line}" for line in small if line]])


def _rows(card: Card, index: int, total: int, is_shared: bool) -> Iterator[tuple[Link, ...]]:
    turning = _turning(card.turn, index, total) if card.turn else ()
    if turning:
        yield turning
    share = [Link("Share", replace(card.turn, verb=Verb.SHARE, page=index))] if card.turn and card.shareable else []
    links = [*card.links, *([] if is_shared else share)]
    for row in (links[start : start + ROW_LIMIT] for start in range(0, len(links), ROW_LIMIT)):
        yield tuple(replace(link, label=clip(link.label, LABEL_LIMIT)) for link in row)


def _turning(target: Target, index: int, total: int) -> tuple[Link, ...]:
    ways = [("‹ Back", index - 1), ("Next ›", index + 1)]
    return tuple(Link(label, replace(target, verb=Verb.TURN, page=to)) for label, to in ways if 0 <= to < total)


def _menus(menu: Menu) -> Iterator[Menu]:
    """The menu, in as many parts as its options need; if those are too many for a message, it says so."""
    most = OPTION_LIMIT * MENU_LIMIT
    hint = f" (the first {most}; type a command for the others)" if len(menu.options) > most else ""
    for start in range(0, min(len(menu.options), most), OPTION_LIMIT):
        part = menu.options[start : start + OPTION_LIMIT]
        options = tuple(replace(each, label=clip(each.label, OPTION_LABEL_LIMIT)) for each in part)
        yield Menu(clip(menu.placeholder, PLACEHOLDER_LIMIT - len(hint)) + hint, options)
