"""What entries are filed under, and the words that mean it: data that ships as YAML and can be replaced."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NoReturn

from knowledge.model import Citation

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
    and parties; ``slips`` gives, by the word that is meant, what is often written for it; ``endings`` are stripped from
    words of a language that has no stemmer. ``together`` has, by topic or cue, rows of groups of words that mean it if
    one of each stands in a question; a word "$name" there is all of ``groups``, and "@slug" a party.
    """

    language: str
    filler: tuple[str, ...] = ()
    neutral: tuple[str, ...] = ()
    foreign: tuple[str, ...] = ()
    endings: tuple[str, ...] = ()
    who: tuple[str, ...] = ()
    compare: tuple[str, ...] = ()
    join: tuple[str, ...] = ()
    object_before: tuple[str, ...] = ()
    subject_before: tuple[str, ...] = ()
    subject_after: tuple[str, ...] = ()
    cues: Aliases = field(default_factory=dict)
    hints: Aliases = field(default_factory=dict)
    party_hints: Aliases = field(default_factory=dict)
    slips: Aliases = field(default_factory=dict)
    groups: Aliases = field(default_factory=dict)
    together: Mapping[str, tuple[tuple[tuple[str, ...], ...], ...]] = field(default_factory=dict)


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
