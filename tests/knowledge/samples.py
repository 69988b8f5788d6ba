"""A small negotiation that never took place: two valleys and the water between them."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from knowledge.model import BASE, Act, Action, Citation, Document, Entry, Kind, Rank, Revision, Scope
from knowledge.ports import Clock, Selection, Storage
from knowledge.service import KnowledgeService
from knowledge.service.context import make_context
from knowledge.taxonomy import Office, Party, Person, Point, Relation, Taxonomy, Topic, Wording

MONDAY = datetime(2026, 11, 16, 9, 30, tzinfo=UTC)
TUESDAY = MONDAY + timedelta(days=1)
WEDNESDAY = MONDAY + timedelta(days=2)

ALL = Selection()
SERVER = Scope(811)
OTHER_SERVER = Scope(922)

TREATY = Document(
    id="000", label="Draft of a water treaty", sha256="0" * 64, title="The Water Treaty", author="R. Moss"
)
LETTER = Document(id="001", label="Letter from the upper valley", sha256="1" * 64)

ENGLISH = Wording(
    language="en",
    filler=("what", "do", "the", "a", "say", "about", "and", "on", "in", "i", "is", "please", "hello", "tell", "me"),
    neutral=("valley", "talks", "position"),
    foreign=("recipe", "football", "fish soup"),
    compare=("compare", "versus", "against"),
    join=("and", "or"),
    object_before=("to", "about", "against", "from", "on"),
    subject_before=("do", "does", "according to"),
    subject_after=("want", "say", "think"),
    cues={
        "events": ("what happened", "timeline"),
        "obstacles": ("obstacles",),
        "proposals": ("ways out",),
        "profile": ("everything about",),
    },
    hints={
        "tolls": ("bridge", "flood"),
        "dam": ("flood", "concrete"),
        "water": ("flood", "thirst"),
    },
    party_hints={"highmoor": ("people of the moor",)},
)
UKRAINIAN = Wording(language="uk", endings=("ями", "ям", "ях", "ею", "і", "я", "ю"))

TAXONOMY = Taxonomy(
    parties=(
        Party("guild", "Millers' Guild", "Runs the mills.", aliases={"en": ("millers", "guild membership")}),
        Party("uplands", "Uplands", "The upper valley.", principal=True, names={"de": "Oberland"}),
        Party("lowlands", "Lowlands", "The lower valley.", principal=True, aliases={"en": ("the plain",)}),
        Party("highmoor", "Highmoor", "A neighbour.", aliases={"en": ("moor council",)}),
        Party("lowmoor", "Lowmoor", "Another neighbour.", aliases={"en": ("moor council",)}),
    ),
    topics=(
        Topic("water", "Water", "How much water, and when.", aliases={"en": ("river", "spring water")}),
        Topic(
            "dam",
            "Dam",
            "The dam and its gates.",
            names={"de": "Staudamm", "fr": "Barrage", "ru": "Плотина", "tr": "Baraj", "uk": "Гребля"},
            aliases={"en": ("reservoir",)},
        ),
        Topic("tolls", "Tolls", "Tolls on the bridge.", about="highmoor", aliases={"en": ("highmoor money",)}),
        Topic("guild", "Guild membership", "Who may join the guild.", aliases={"en": ("millers",)}),
    ),
    people=(Person("ada-kern", "Ada Kern", "uplands", (Office("Reeve", (Citation("000", "paragraph 1"),)),)),),
    points=(
        Point("water", "how much water", Relation.DIFFER, ("up-wat-1", "low-wat-1")),
        Point("water", "who measures", Relation.AGREE, ("up-wat-2", "gui-wat-1")),
        Point("dam", "who opens the gates", Relation.DIFFER, ("up-dam-1", "low-dam-1")),
    ),
    wordings=(ENGLISH, UKRAINIAN),
)


def sqlite_url(path: Path) -> str:
    """The address of a database in this file."""
    return f"sqlite+aiosqlite:///{path}"


def stance(name: str, party: str = "uplands", topic: str = "water", **fields: Any) -> Entry:
    """A stance; what is not given is plain."""
    plain: dict[str, Any] = {
        "kind": Kind.STANCE,
        "claim": f"Claim {name}.",
        "citations": (Citation("000", "paragraph 1"),),
        "act": Act.DEMAND,
    }
    return Entry(id=name, party=party, topic=topic, **{**plain, **fields})


def preferred(name: str, party: str = "uplands", topic: str = "water", **fields: Any) -> Entry:
    """The stance that leads a position."""
    return stance(name, party, topic, rank=Rank.PREFERRED, **fields)


def other(kind: Kind, name: str, **fields: Any) -> Entry:
    """An entry of another kind."""
    return Entry(
        **{"id": name, "kind": kind, "claim": f"Claim {name}.", "citations": (Citation("000", "x"),), **fields}
    )


def step(
    entry: Entry, number: int = 1, *, scope: Scope = BASE, at: datetime = MONDAY, action: Action = Action.ADD
) -> Revision:
    """A revision to append."""
    return Revision(scope=scope, number=number, action=action, entry=entry, recorded_at=at, actor="tests")


async def record(storage: Storage, *revisions: Revision) -> list[Revision]:
    """Appends all in one transaction."""
    async with storage.writing() as work:
        recorded = [await work.revisions.append(revision) for revision in revisions]
        await work.commit()
    return recorded


async def record_entries(storage: Storage, entries: Iterable[Entry], **fields: Any) -> None:
    """Records new entries."""
    await record(storage, *(step(entry, **fields) for entry in entries))


async def put_documents(storage: Storage, *documents: Document, scope: Scope = BASE) -> None:
    """Makes these the documents of a scope."""
    async with storage.writing() as work:
        await work.documents.replace(documents, scope)
        await work.commit()


async def ids(store: Storage, selection: Selection = ALL, scope: Scope = BASE) -> list[str]:
    """The ids of what is selected."""
    async with store.reading() as work:
        return [each.entry.id for each in await work.revisions.select(scope, selection)]


async def claims(store: Storage, scope: Scope, selection: Selection = ALL) -> list[str]:
    """The claims of what is selected."""
    async with store.reading() as work:
        return [each.entry.claim for each in await work.revisions.select(scope, selection)]


def still_clock() -> datetime:
    """A clock that stands still on Wednesday."""
    return WEDNESDAY


def service_on(storage: Storage, taxonomy: Taxonomy = TAXONOMY, clock: Clock = still_clock) -> KnowledgeService:
    """The service over this store."""
    return KnowledgeService(make_context(storage, taxonomy, [TREATY, LETTER], clock))
