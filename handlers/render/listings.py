"""Time line, obstacles, proposals, sources, and the card about the bot."""

from collections.abc import Iterator, Sequence

from handlers.custom_ids import Target
from handlers.render.card import Block, Card, Link, Menu
from handlers.render.claims import KINDS, claim_block, happened, line_block, source_names
from handlers.render.text import count, safe
from knowledge.answers import About, Obstacles, Proposals, SourceDetail, Sources, Timeline
from knowledge.model import Document, Entry, Kind
from knowledge.requests import SourcesRequest, TimelineRequest, TopicRequest
from knowledge.taxonomy import Topic

NEUTRAL = (
    "I tell where each side of a negotiation stands. I report what my sources say, take no side, guess no date, and "
    "say so when I do not know. What a source reads into a side is marked as its reading."
)
PRIVACY = (
    "I store no messages and not who asks. I see only commands, messages that mention me, and DMs. What I could not "
    "understand is counted as bare words for 30 days, without who asked."
)
HELP = (
    "`/ask` in your own words, mention me, or write me a DM\n"
    "`/position` where a party stands · `/compare` two side by side · `/party` and `/topic` overviews · `/timeline` · "
    "`/obstacles` · `/proposals` · `/sources`\n"
    "Type names as you know them: a capital, a person, an abbreviation, in several languages; slips are understood."
)


def render_timeline(answer: Timeline) -> Card:
    """Events in order; what no source dates is shown without a date."""
    of = " · ".join(safe(each.name) for each in (answer.party, answer.topic) if each)
    blocks = [line_block(event, answer.library, before=_dated(event)) for event in answer.events]
    return Card(
        title=f"Time line · {of}" if of else "Time line",
        lead="-# In the order that the documents give or imply; an event without a date has none in any document.",
        blocks=tuple(blocks) or (Block("No event is recorded for this."),),
        source_names=source_names(answer.library),
        links=() if blocks else (Link("All events", Target(TimelineRequest()), primary=True),),
        turn=Target(answer.request),
        shareable=True,
    )


def render_obstacles(answer: Obstacles) -> Card:
    """What blocks a settlement, by topic."""
    return _listing("Obstacles to a settlement", answer)


def render_proposals(answer: Proposals) -> Card:
    """Ways out that were suggested, by topic, and by whom where a source says so."""
    return _listing("Ways out that were suggested", answer)


def render_sources(answer: Sources) -> Card:
    """The documents with what was taken from each."""
    blocks = [Block(_document(document, taken)) for document, taken in answer.documents]
    options = tuple(
        Link(f"{document.id} {document.name}", Target(SourcesRequest(document.id))) for document, _ in answer.documents
    )
    return Card(
        title="Sources",
        lead=f"-# Everything this bot says is taken from {count(len(blocks), 'document')}.",
        blocks=tuple(blocks) or (Block("No document is recorded."),),
        menus=(Menu("What was taken from …", options),) if options else (),
        turn=Target(answer.request),
        shareable=True,
    )


def render_source(answer: SourceDetail) -> Card:
    """One document and the entries that cite it, with where in it."""
    blocks = [Block(_about_document(answer.document))]
    for kind in Kind:
        section = f"{KINDS[kind]}s"
        blocks += [_taken(each, answer.document, section) for each in answer.entries if each.kind is kind]
    return Card(
        title=f"Source {answer.document.id} · {safe(answer.document.name)}",
        lead=f"-# {count(len(answer.entries), 'entry', 'entries')} taken from it",
        blocks=tuple(blocks),
        links=(Link("All sources", Target(SourcesRequest())),),
        turn=Target(answer.request),
        shareable=True,
    )


def render_about(answer: About) -> Card:
    """What the bot is, from what, as of when; neutrality, privacy, help."""
    kinds = ", ".join(count(number, kind) for kind, number in answer.by_kind.items() if number)
    changed = f"Last changed {answer.changed_at:%Y-%m-%d %H:%M} UTC." if answer.changed_at else "Nothing is recorded."
    size = f"**{count(answer.claims, 'claim')}** ({kinds}) from {count(len(answer.documents), 'document')}. {changed}"
    parties = ", ".join(safe(party.name) for party in answer.parties)
    topics = ", ".join(safe(topic.name) for topic in answer.topics)
    blocks = (
        Block(NEUTRAL),
        Block(f"{size}\nParties: {parties}\nTopics: {topics}", section="What I know"),
        Block(HELP, section="How to ask"),
        Block(PRIVACY, section="Privacy"),
    )
    menu = Menu("Open a topic", tuple(Link(each.name, Target(TopicRequest(each.slug))) for each in answer.topics))
    links = (Link("Sources", Target(SourcesRequest())),)
    menus = (menu,) if menu.options else ()
    return Card("About Parley", blocks, links=links, menus=menus, turn=Target(answer.request), shareable=True)


def _dated(event: Entry) -> str:
    when = happened(event) or "undated"
    return f"**{when}** · " if event.valid_from else f"*{when}* · "


def _listing(title: str, answer: Obstacles | Proposals) -> Card:
    blocks = [
        claim_block(entry, answer.library, section=section, mark="• ")
        for section, entries in _by_topic(answer.entries, answer.topics)
        for entry in entries
    ]
    return Card(
        title=title,
        lead=f"-# {count(len(blocks), 'entry', 'entries')}, by topic",
        blocks=tuple(blocks) or (Block("Nothing is recorded."),),
        source_names=source_names(answer.library),
        turn=Target(answer.request),
        shareable=True,
    )


def _by_topic(entries: Sequence[Entry], topics: Sequence[Topic]) -> Iterator[tuple[str, list[Entry]]]:
    yield "In general", [entry for entry in entries if entry.topic is None]
    for topic in topics:
        yield safe(topic.name), [entry for entry in entries if entry.topic == topic.slug]


def _document(document: Document, taken: int) -> str:
    return f"**{document.id} · {safe(document.name)}** — {count(taken, 'entry', 'entries')}\n-# {_facts(document)}"


def _about_document(document: Document) -> str:
    return f"{safe(document.note or document.label)}\n-# {_facts(document)}"


def _facts(document: Document) -> str:
    author = f"by {safe(document.author)}" if document.author else "no author named"
    publisher = safe(document.publisher) if document.publisher else "no publisher named"
    published = f"published {document.published_on}" if document.published_on else "no date given"
    return " · ".join([author, publisher, published])


def _taken(entry: Entry, document: Document, section: str) -> Block:
    places = "; ".join(safe(each.locator) for each in entry.citations if each.document == document.id)
    return Block(f"• {safe(entry.claim)} `{entry.id}`\n-# {places}", section=section)
