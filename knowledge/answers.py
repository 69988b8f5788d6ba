"""What is answered, as values. Each carries its request with slugs, so that it can be asked again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from knowledge.as_of import AsOf
from knowledge.model import Citation, Document, Entry, Revision
from knowledge.requests import (
    AboutRequest,
    ComparisonRequest,
    EntryDiffRequest,
    EntryHistoryRequest,
    EntryRequest,
    EvidenceRequest,
    HistoryRequest,
    ObstaclesRequest,
    PartyRequest,
    PositionRequest,
    ProposalsRequest,
    SourcesRequest,
    TimelineRequest,
    TopicRequest,
)
from knowledge.taxonomy import Party, Person, Point, Topic

Library = Mapping[str, Document]
"""The documents that an answer may cite, by id."""


@dataclass(frozen=True, slots=True)
class Position:
    """A party's claims on a topic, the preferred one first, then what it does there.

    Without any, ``other_topics`` and ``other_parties`` are what is recorded for that party and on that topic.
    """

    request: PositionRequest
    party: Party
    topic: Topic
    claims: Sequence[Entry]
    roles: Sequence[Entry]
    library: Library
    as_of: AsOf | None = None
    record_began: datetime | None = None
    other_topics: Sequence[Topic] = ()
    other_parties: Sequence[Party] = ()

    @property
    def is_recorded(self) -> bool:
        """Whether there is anything to tell."""
        return bool(self.claims or self.roles)

    @property
    def entries(self) -> Sequence[Entry]:
        """All that is told."""
        return [*self.claims, *self.roles]


@dataclass(frozen=True, slots=True)
class Evidence:
    """The entries of a position with the words they rest on, where a document's text was at hand."""

    request: EvidenceRequest
    party: Party
    topic: Topic
    entries: Sequence[Entry]
    excerpts: Mapping[Citation, str]
    library: Library


@dataclass(frozen=True, slots=True)
class History:
    """All revisions of a position's entries, newest first."""

    request: HistoryRequest
    party: Party
    topic: Topic
    revisions: Sequence[Revision]


@dataclass(frozen=True, slots=True)
class Side:
    """One party in a comparison or an overview; ``claims`` is empty where nothing is recorded."""

    party: Party
    claims: Sequence[Entry]
    roles: Sequence[Entry] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """Parties side by side on a topic, with the points on which their claims meet."""

    request: ComparisonRequest
    topic: Topic
    sides: Sequence[Side]
    points: Sequence[Point]
    library: Library


@dataclass(frozen=True, slots=True)
class PartyProfile:
    """Who a party is: its people, what it does in the talks, and its leading claim on each topic."""

    request: PartyRequest
    party: Party
    people: Sequence[Person]
    roles: Sequence[Entry]
    positions: Sequence[tuple[Topic, Sequence[Entry]]]
    library: Library


@dataclass(frozen=True, slots=True)
class TopicOverview:
    """One topic across the parties that have something recorded on it."""

    request: TopicRequest
    topic: Topic
    sides: Sequence[Side]
    silent: Sequence[Party]
    library: Library


@dataclass(frozen=True, slots=True)
class Timeline:
    """Events in order."""

    request: TimelineRequest
    events: Sequence[Entry]
    library: Library
    party: Party | None = None
    topic: Topic | None = None


@dataclass(frozen=True, slots=True)
class Obstacles:
    """What blocks a settlement, by topic."""

    request: ObstaclesRequest
    entries: Sequence[Entry]
    library: Library
    topics: Sequence[Topic]


@dataclass(frozen=True, slots=True)
class Proposals:
    """Ways out that were suggested, by topic."""

    request: ProposalsRequest
    entries: Sequence[Entry]
    library: Library
    topics: Sequence[Topic]


@dataclass(frozen=True, slots=True)
class Sources:
    """All documents, each with the number of entries that cite it."""

    request: SourcesRequest
    documents: Sequence[tuple[Document, int]]


@dataclass(frozen=True, slots=True)
class SourceDetail:
    """One document with the entries taken from it."""

    request: SourcesRequest
    document: Document
    entries: Sequence[Entry]


@dataclass(frozen=True, slots=True)
class EntryDetail:
    """An entry as the server sees it. ``steps`` is how many revisions led there; ``who`` is user ids by handle."""

    request: EntryRequest
    revision: Revision
    steps: int
    library: Library
    who: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class EntryHistory:
    """Every revision of an entry that the server sees, oldest first."""

    request: EntryHistoryRequest
    revisions: Sequence[Revision]
    who: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class EntryDiff:
    """Two revisions of an entry; the request names their places in its history."""

    request: EntryDiffRequest
    before: Revision
    after: Revision
    library: Library
    who: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class About:
    """What the knowledge base holds, and when it last changed (None while it is empty)."""

    request: AboutRequest
    claims: int
    by_kind: Mapping[str, int]
    parties: Sequence[Party]
    topics: Sequence[Topic]
    documents: Sequence[Document]
    changed_at: datetime | None


Answer = (
    Position
    | Evidence
    | History
    | Comparison
    | PartyProfile
    | TopicOverview
    | Timeline
    | Obstacles
    | Proposals
    | Sources
    | SourceDetail
    | EntryDetail
    | EntryHistory
    | EntryDiff
    | About
)


def entries_of(answer: Answer) -> Sequence[Entry]:
    """The entries that an answer tells, in its order."""
    match answer:
        case Comparison(sides=sides) | TopicOverview(sides=sides):
            return [entry for side in sides for entry in (*side.claims, *side.roles)]
        case PartyProfile(positions=positions, roles=roles):
            return [*(entry for _, claims in positions for entry in claims), *roles]
        case EntryDetail(revision=revision):
            return [revision.entry]
        case Timeline(events=events):
            return events
        case Position() | Evidence() | Obstacles() | Proposals() | SourceDetail():
            return answer.entries
        case _:
            return ()
