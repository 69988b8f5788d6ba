"""What somebody typed into a form, and the entry that it means."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from knowledge.dates import PartialDate
from knowledge.model import CLAIM_LENGTH, Act, Document, Entry, Kind
from knowledge.moderation.checks import Known, check_entry
from knowledge.moderation.context import Sitting
from knowledge.moderation.entries import new_entry_id
from knowledge.moderation.errors import FaultyFields
from knowledge.moderation.model import Item, Proposal, Visible
from knowledge.moderation.sources import cite, sources_text
from knowledge.moderation.text import clean
from knowledge.taxonomy import Taxonomy

SPEAKER_LENGTH = 100


@dataclass(frozen=True, slots=True)
class Draft:
    """The fields of a form as they were typed; empty where nothing was. ``sources``: ``sources.py``."""

    claim: str
    sources: str = ""
    said: str = ""
    act: str = ""
    kind: str = Kind.STANCE.value
    party: str = ""
    topic: str = ""
    speaker: str = ""
    contested: str = ""
    reason: str = ""


def draft_of(seen: Visible) -> Draft:
    """The draft that means an entry as it is."""
    return _draft(seen.revision.entry, seen.library)


def draft_of_proposal(proposal: Proposal) -> Draft:
    """The draft that means what a proposal of one entry wants."""
    return _draft(proposal.items[0].entry, {each.id: each for each in proposal.documents})


def _draft(entry: Entry, library: Mapping[str, Document]) -> Draft:
    return Draft(
        claim=entry.claim,
        sources=sources_text(entry.citations, library),
        said=str(entry.stated_on or ""),
        act=entry.act.value if entry.act else "",
        kind=entry.kind.value,
        party=entry.party or "",
        topic=entry.topic or "",
        speaker=entry.speaker or "",
        contested=entry.contested or "",
    )


async def item_of(
    at: Sitting, draft: Draft, before: Entry | None, version: int | None, brought: Sequence[Document] = ()
) -> tuple[Item, Sequence[Document]]:
    """What a draft makes of an entry (of a new one, where ``before`` is None), with the documents new to the server.

    ``brought`` are documents that can be cited too, since they come along with what is being edited.

    Raises:
        UnknownName, AmbiguousName, DateNotUnderstood, TextTooLong, TextEmpty, FaultyFields: it cannot be an entry.
    """
    citations, documents = await cite(at, draft.sources, brought)
    entry = before or Entry(new_entry_id(at), Kind(draft.kind), "", ())
    entry = replace(
        entry,
        kind=Kind(draft.kind),
        party=at.context.party(draft.party).slug if draft.party else None,
        topic=at.context.topic(draft.topic).slug if draft.topic else None,
        act=Act(draft.act) if draft.act else None,
        claim=clean(draft.claim, limit=CLAIM_LENGTH),
        citations=tuple(citations),
        stated_on=PartialDate.parse(draft.said) if draft.said.strip() else None,
        speaker=clean(draft.speaker, limit=SPEAKER_LENGTH) if draft.speaker.strip() else None,
        contested=clean(draft.contested, limit=CLAIM_LENGTH) if draft.contested.strip() else None,
    )
    faults = check_entry(
        entry, known_names(at.context.taxonomy, [*await at.work.documents.all(at.scope), *brought, *documents])
    )
    if faults:
        raise FaultyFields(faults)
    return Item(entry, version), documents


def known_names(taxonomy: Taxonomy, documents: Iterable[Document]) -> Known:
    """The slugs and documents that an entry may refer to."""
    return Known(
        parties=frozenset(party.slug for party in taxonomy.parties),
        topics=frozenset(topic.slug for topic in taxonomy.topics),
        documents=frozenset(each.id for each in documents),
    )
