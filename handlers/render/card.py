"""A card: what an answer looks like before it is cut into pages. Pure values; no limit is applied here."""

from dataclasses import dataclass, field

from handlers.custom_ids import Deed, Target


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of text that stays together on one page. ``sources`` are the documents it cites.

    ``section`` is repeated where the blocks below it go on to the next page.
    """

    text: str
    sources: tuple[str, ...] = ()
    section: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A button or an option of a menu."""

    label: str
    target: Target | Deed
    primary: bool = False
    danger: bool = False


@dataclass(frozen=True, slots=True)
class Menu:
    """A select menu; what is chosen is opened."""

    placeholder: str
    options: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that an answer carries."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Card:
    """An answer ready to be paged. ``source_names`` are shown below the blocks that cite them, by document id."""

    title: str
    blocks: tuple[Block, ...]
    lead: str = ""
    source_names: dict[str, str] = field(default_factory=dict)
    footer: str = ""
    links: tuple[Link, ...] = ()
    menus: tuple[Menu, ...] = ()
    turn: Target | None = None
    """The same answer, to turn its pages and to share it; None for what is no answer (an error)."""
    shareable: bool = False
    attachment: Attachment | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """One message. ``texts`` are shown one below the other with a line between; all limits of Discord hold."""

    texts: tuple[str, ...]
    rows: tuple[tuple[Link, ...], ...]
    menus: tuple[Menu, ...]
    attachment: Attachment | None = None
