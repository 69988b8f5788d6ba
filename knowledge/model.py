"""The values of the domain: what is known, who said it, where it stands, and since when.

Everything here is frozen and knows neither Discord nor a database. The rules of revising are in ``revising.py``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NoReturn

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


@dataclass(frozen=True, slots=True)
class Revision:
    """One step in an entry's history: the whole content after it, and who made it, when (UTC) and why.

    ``number`` counts from 1 within scope and entry; ``sequence`` is the place in the whole history and is given by the
    store (0 before that).
    """

    scope: Scope
    number: int
    action: Action
    entry: Entry
    recorded_at: datetime
    actor: str | None = None
    reason: str | None = None
    sequence: int = 0


@dataclass(frozen=True, slots=True)
class Document:
    """A source. ``label`` is our own description, used where the document has no title."""

    id: str
    label: str
    sha256: str
    file: str | None = None
    title: str | None = None
    author: str | None = None
    publisher: str | None = None
    published_on: PartialDate | None = None
    note: str | None = None

    @property
    def name(self) -> str:
        """The title, or the description of a document without one."""
        return self.title or self.label


Aliases = Mapping[str, tuple[str, ...]]
"""Words that mean the same, by language (ISO 639-1) or by what they mean."""


@dataclass(frozen=True, slots=True)
class Party:
    """A side of the negotiation, or someone who acts around it."""

    slug: str
    name: str
    about: str
    principal: bool = False
    names: Mapping[str, str] = field(default_factory=dict)
    aliases: Aliases = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Topic:
    """A subject of the negotiation; ``covers`` says what belongs to it.

    ``about`` is the party that it is mostly about: asked of another one, naming that party does not ask for its stance.
    """

    slug: str
    name: str
    covers: str
    about: str | None = None
    names: Mapping[str, str] = field(default_factory=dict)
    aliases: Aliases = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Office:
    """What a person is, with where a document says so."""

    title: str
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Person:
    """Someone whom the documents name; naming them means their party."""

    slug: str
    name: str
    party: str
    offices: tuple[Office, ...]
    names: Mapping[str, str] = field(default_factory=dict)
    aliases: Aliases = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of questions in one language; ``docs/matching.md`` says what each list is for.

    ``cues`` ask for events, obstacles, proposals or a profile; ``hints`` and ``party_hints`` point, by slug, to topics
    and parties; ``endings`` are stripped from words of a language that has no stemmer.
    """

    language: str
    filler: tuple[str, ...] = ()
    neutral: tuple[str, ...] = ()
    foreign: tuple[str, ...] = ()
    endings: tuple[str, ...] = ()
    compare: tuple[str, ...] = ()
    join: tuple[str, ...] = ()
    object_before: tuple[str, ...] = ()
    subject_before: tuple[str, ...] = ()
    subject_after: tuple[str, ...] = ()
    cues: Aliases = field(default_factory=dict)
    hints: Aliases = field(default_factory=dict)
    party_hints: Aliases = field(default_factory=dict)


class Relation(StrEnum):
    """How the claims of a point stand to each other."""

    AGREE = "agree"
    DIFFER = "differ"


@dataclass(frozen=True, slots=True)
class Point:
    """A single question on which recorded claims of two or more parties meet; ``claims`` are ids of entries."""

    topic: str
    question: str
    relation: Relation
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """What entries are filed under, in the order in which it is shown, and the words of questions about it."""

    parties: tuple[Party, ...]
    topics: tuple[Topic, ...]
    people: tuple[Person, ...]
    points: tuple[Point, ...] = ()
    wordings: tuple[Wording, ...] = ()

    def party(self, slug: str) -> Party:
        """The party with this slug; KeyError where there is none."""
        return next((party for party in self.parties if party.slug == slug), None) or _missing(slug)

    def topic(self, slug: str) -> Topic:
        """The topic with this slug; KeyError where there is none."""
        return next((topic for topic in self.topics if topic.slug == slug), None) or _missing(slug)

    @property
    def principals(self) -> tuple[Party, ...]:
        """The parties that are compared when none is named."""
        return tuple(party for party in self.parties if party.principal)


def _missing(slug: str) -> NoReturn:
    raise KeyError(slug)


@dataclass(frozen=True, slots=True)
class Gap:
    """Words that were asked and not found: how often, and when last. Never who asked."""

    text: str
    times: int
    last_asked: datetime
