"""Positions, what they rest on, and their history."""

from collections.abc import Iterable

from handlers.custom_ids import Target
from handlers.render.card import Block, Card, Link, Menu
from handlers.render.claims import cited, claim_block, marks, source_names
from handlers.render.text import as_of_words, count, safe
from knowledge.answers import Evidence, History, Position
from knowledge.as_of import AsOf, Axis
from knowledge.model import Action, Entry, Revision
from knowledge.requests import (
    ComparisonRequest,
    EvidenceRequest,
    HistoryRequest,
    PartyRequest,
    PositionRequest,
    TopicRequest,
)
from knowledge.taxonomy import Party, Topic

ACTIONS = {
    Action.ADD: "added",
    Action.REVISE: "revised",
    Action.SUPERSEDE: "no longer held",
    Action.RETRACT: "retracted",
    Action.RESTORE: "restored",
}


def render_position(answer: Position) -> Card:
    """The preferred claim first, then the others, then what the party does there."""
    title = f"{safe(answer.party.name)} · {safe(answer.topic.name)}"
    if not answer.is_recorded:
        return _nothing_recorded(answer, title)
    lead, *others = answer.claims or answer.roles
    blocks = [claim_block(lead, answer.library, strong=True)]
    blocks += [claim_block(each, answer.library, section="Also recorded", mark="• ") for each in others]
    if answer.claims:
        blocks += [claim_block(each, answer.library, section="Role in the talks", mark="• ") for each in answer.roles]
    return Card(
        title=title,
        lead=f"-# {as_of_words(answer.as_of)}" if answer.as_of else "",
        blocks=tuple(blocks),
        source_names=source_names(answer.library),
        links=_links(answer),
        turn=Target(answer.request),
        shareable=True,
    )


def render_evidence(answer: Evidence) -> Card:
    """Each entry with the places it rests on, and their words where the text was at hand."""
    blocks = [Block(_evidence(entry, answer), cited(entry)) for entry in answer.entries]
    return Card(
        title=f"Sources · {safe(answer.party.name)} · {safe(answer.topic.name)}",
        blocks=tuple(blocks) or (Block("Nothing is recorded, so there is nothing to show a source for."),),
        source_names=source_names(answer.library),
        turn=Target(answer.request),
    )


def render_history(answer: History) -> Card:
    """Who recorded what, when and why, newest first."""
    blocks = [Block(_step(revision)) for revision in answer.revisions]
    return Card(
        title=f"History · {safe(answer.party.name)} · {safe(answer.topic.name)}",
        lead=f"-# {count(len(blocks), 'revision')}, newest first; times are UTC",
        blocks=tuple(blocks) or (Block("Nothing has been recorded here yet."),),
        turn=Target(answer.request),
    )


def _links(answer: Position) -> tuple[Link, ...]:
    party, topic = answer.party.slug, answer.topic.slug
    return (
        Link("Sources", Target(EvidenceRequest(party, topic, answer.request.as_of))),
        Link("History", Target(HistoryRequest(party, topic))),
        Link("Compare", Target(ComparisonRequest(topic, party))),
    )


def _nothing_recorded(answer: Position, title: str) -> Card:
    blocks = [Block(f"**No recorded position**{_on(answer.as_of)} of {safe(answer.party.name)} on this topic.")]
    if answer.as_of:
        blocks.append(Block(_why_not_then(answer, answer.as_of)))
    else:
        blocks.append(Block("-# This means that no source in the knowledge base says one, not that there is none."))
    return Card(
        title=title,
        blocks=tuple(blocks),
        links=_instead(answer),
        menus=tuple(_elsewhere(answer)),
        turn=Target(answer.request),
        shareable=True,
    )


def _on(as_of: AsOf | None) -> str:
    return f" {as_of_words(as_of)}" if as_of else ""


def _why_not_then(answer: Position, as_of: AsOf) -> str:
    if as_of.axis is Axis.SAID:
        return "-# Only claims that a source dates can be placed in time; most of them have no date."
    if answer.record_began is None:
        return "-# Nothing is recorded yet."
    return f"-# Recording began on {answer.record_began:%Y-%m-%d}; `said 2022` asks for what was said by then instead."


def _instead(answer: Position) -> tuple[Link, ...]:
    if answer.as_of:
        return (Link("Without a date", Target(PositionRequest(answer.party.slug, answer.topic.slug)), primary=True),)
    return (
        Link(f"All of {answer.party.name}", Target(PartyRequest(answer.party.slug)), primary=True),
        Link(f"All on {answer.topic.name}", Target(TopicRequest(answer.topic.slug))),
    )


def _elsewhere(answer: Position) -> list[Menu]:
    menus = [
        Menu(f"What is recorded for {answer.party.name}", topic_options(answer.party, answer.other_topics)),
        Menu(f"What is recorded on {answer.topic.name}", party_options(answer.topic, answer.other_parties)),
    ]
    return [menu for menu in menus if menu.options and not answer.as_of]


def topic_options(party: Party, topics: Iterable[Topic]) -> tuple[Link, ...]:
    """Options that open a party's position on each of the topics."""
    return tuple(Link(topic.name, Target(PositionRequest(party.slug, topic.slug))) for topic in topics)


def party_options(topic: Topic, parties: Iterable[Party]) -> tuple[Link, ...]:
    """Options that open each party's position on a topic."""
    return tuple(Link(party.name, Target(PositionRequest(party.slug, topic.slug))) for party in parties)


def _evidence(entry: Entry, answer: Evidence) -> str:
    lines = [f"`{entry.id}` {safe(entry.claim)} {marks(entry, answer.library)}"]
    for citation in entry.citations:
        lines.append(f"-# {citation.document}: {safe(citation.locator)}")
        words = answer.excerpts.get(citation)
        lines.extend(f"> {safe(line)}" for line in (words or "").splitlines())
        lines.append("")  # ends the quotation
    if not any(citation in answer.excerpts for citation in entry.citations):
        lines.append("-# The document's text is not at hand here, so its words cannot be shown.")
    return "\n".join(lines).rstrip("\n") + "\n"


def _step(revision: Revision) -> str:
    who = "the shipped base" if revision.scope.is_base else "this server"
    head = f"**{revision.recorded_at:%Y-%m-%d %H:%M}** · {ACTIONS[revision.action]} in {who} · `{revision.entry.id}`"
    why = f"\n-# Why: {safe(revision.reason)}" if revision.reason else ""
    return f"{head} · revision {revision.number}\n{safe(revision.entry.claim)}{why}"
