"""The values of the domain: what is known, who said it, where it stands, and since when.

Everything here is frozen and knows neither Discord nor a database. The rules of revising are in ``revising.py``.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from knowledge.dates import PartialDate

CLAIM_LENGTH = 280
"""The most characters of a claim; one that needs more is two claims."""
CITATIONS = 20
"""The most citations of a claim: more would crowd it out of a message."""
GAP_LENGTH = 200
"""The most characters that are kept of a question that was not understood."""
SLUG_LENGTH = 24
"""The most characters of a slug or an entry's id: three of them and their command fit a custom id of Discord (100)."""


class Kind(StrEnum):
    """What an entry tells; ``docs/codebook.md`` says how to choose."""

    STANCE = "stance"
    EVENT = "event"
    OBSTACLE = "obstacle"
    PROPOSAL = "proposal"
    ROLE = "role"
    DEVELOPMENT = "development"


POSITIONS = frozenset({Kind.STANCE, Kind.ROLE})
"""The kinds that make up a position: what a party says, and what it does."""


class Act(StrEnum):
    """What a party does by a stance."""

    DEMAND = "demand"
    REJECTION = "rejection"
    SUPPORT = "support"
    OFFER = "offer"
    CONDITION = "condition"
    DENIAL = "denial"
    CONCERN = "concern"


class Rank(StrEnum):
    """Whether a claim leads its position."""

    PREFERRED = "preferred"
    NORMAL = "normal"


class Attribution(StrEnum):
    """Whether a source reports a party's own stance, or reads one into it."""

    OWN = "own"
    READING = "reading"


class Status(StrEnum):
    """Whether a claim still stands."""

    ACTIVE = "active"
    SUPERSEDED = "superseded"
    RETRACTED = "retracted"


class Action(StrEnum):
    """What a revision did."""

    ADD = "add"
    REVISE = "revise"
    SUPERSEDE = "supersede"
    RETRACT = "retract"
    RESTORE = "restore"


@dataclass(frozen=True, slots=True, order=True)
class Scope:
    """Whose knowledge: the base that ships with the bot (0), or the overlay of one Discord server (its id)."""

    id: int = 0

    @property
    def is_base(self) -> bool:
        """Whether this is the base that everyone sees."""
        return self.id == 0


BASE = Scope()


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a claim comes from: a document's id, and the place in it (``locators.py``)."""

    document: str
    locator: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One claim with everything that is known about it. Field by field: ``docs/codebook.md``."""

    id: str
    kind: Kind
    claim: str
    citations: tuple[Citation, ...]
    party: str | None = None
    topic: str | None = None
    involved: tuple[str, ...] = ()
    speaker: str | None = None
    act: Act | None = None
    rank: Rank = Rank.NORMAL
    attribution: Attribution = Attribution.OWN
    stated_on: PartialDate | None = None
    valid_from: PartialDate | None = None
    valid_to: PartialDate | None = None
    when: str | None = None
    order: int | None = None
    contested: str | None = None
    status: Status = Status.ACTIVE
    reason: str | None = None

    @property
    def is_active(self) -> bool:
        """Whether the claim still stands."""
        return self.status is Status.ACTIVE

    @property
    def words(self) -> list[str]:
        """By what it is found: the words of its id and of its claim, folded, each once."""
        return list(dict.fromkeys(words_of(f"{self.id} {self.claim}")))


def words_of(text: str) -> list[str]:
    """The words by which entries are found: letters and digits, folded."""
    return re.findall(r"\w+", text.casefold())


@dataclass(frozen=True, slots=True)
class Revision:
    """One step in an entry's history: the whole content after it, and who made it, when (UTC) and why.

    ``number`` counts from 1 within scope and entry; ``sequence`` is the place in the whole history and is given by the
    store (0 before that). ``follows_base`` takes an overlay's hand off an entry of the base: from this revision on, the
    server sees the base again, and what becomes of it there.
    """

    scope: Scope
    number: int
    action: Action
    entry: Entry
    recorded_at: datetime
    actor: str | None = None
    reason: str | None = None
    sequence: int = 0
    follows_base: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """A source. ``label`` is our own description, used where the document has no title.

    ``url`` is an https address; ``sha256`` is empty for a document whose text was never at hand.
    """

    id: str
    label: str
    sha256: str
    file: str | None = None
    title: str | None = None
    author: str | None = None
    publisher: str | None = None
    published_on: PartialDate | None = None
    note: str | None = None
    url: str | None = None

    @property
    def name(self) -> str:
        """The title, or the description of a document without one."""
        return self.title or self.label


@dataclass(frozen=True, slots=True)
class Gap:
    """Words that were asked and not found: how often, and when last. Never who asked."""

    text: str
    times: int
    last_asked: datetime
