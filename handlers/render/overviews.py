"""Comparisons, profiles and topics."""

from collections.abc import Iterator, Sequence

from handlers.custom_ids import Target
from handlers.render.card import Block, Card, Link, Menu
from handlers.render.claims import cited, line_block, marks, source_names
from handlers.render.positions import party_options, topic_options
from handlers.render.text import count, safe
from knowledge.answers import Comparison, PartyProfile, Side, TopicOverview
from knowledge.model import Entry
from knowledge.requests import ComparisonRequest, PositionRequest
from knowledge.taxonomy import Person, Relation, Topic

SIGNS = {Relation.DIFFER: "≠", Relation.AGREE: "="}
GLANCE = {Relation.DIFFER: "They differ on", Relation.AGREE: "They agree on"}


def render_comparison(answer: Comparison) -> Card:
    """What they agree and differ on first, point by point, then what each says beyond that."""
    names = " and ".join(safe(side.party.name) for side in answer.sides)
    blocks = [*_glance(answer), *_points(answer), *_sides(answer)]
    return Card(
        title=f"{safe(answer.topic.name)}: {names}",
        blocks=tuple(blocks),
        source_names=source_names(answer.library),
        links=tuple(
            Link(f"{side.party.name} in full", Target(PositionRequest(side.party.slug, answer.topic.slug)))
            for side in answer.sides
            if side.claims or side.roles
        ),
        turn=Target(answer.request),
        shareable=True,
    )


def render_profile(answer: PartyProfile) -> Card:
    """Who the party is, its people, what it does, and its leading claim on each topic."""
    blocks = [Block(safe(answer.party.about))]
    blocks += [Block(_person(person), section="People") for person in answer.people]
    blocks += [line_block(role, answer.library, section="In the talks") for role in answer.roles]
    blocks += [_leading(topic, claims, answer) for topic, claims in answer.positions]
    if not answer.positions:
        blocks.append(Block("No stance of its own is recorded on any topic.", section="Positions"))
    topics = [topic for topic, _ in answer.positions]
    menu = Menu("Read a position in full", topic_options(answer.party, topics))
    return Card(
        title=safe(answer.party.name),
        blocks=tuple(blocks),
        source_names=source_names(answer.library),
        menus=(menu,) if menu.options else (),
        turn=Target(answer.request),
        shareable=True,
    )


def render_topic(answer: TopicOverview) -> Card:
    """The topic with the leading claim of each party, and who has none."""
    blocks = [Block(f"Covers: {safe(answer.topic.covers)}"), *(_leading_of(side, answer) for side in answer.sides)]
    if answer.silent:
        blocks.append(Block(f"-# No recorded position: {', '.join(safe(each.name) for each in answer.silent)}"))
    menu = Menu("Read a position in full", party_options(answer.topic, [side.party for side in answer.sides]))
    return Card(
        title=safe(answer.topic.name),
        blocks=tuple(blocks),
        source_names=source_names(answer.library),
        links=(Link("Compare the principal parties", Target(ComparisonRequest(answer.topic.slug)), primary=True),),
        menus=(menu,) if menu.options else (),
        turn=Target(answer.request),
        shareable=True,
    )


def _glance(answer: Comparison) -> Iterator[Block]:
    for relation, words in GLANCE.items():
        points = [safe(point.question) for point in answer.points if point.relation is relation]
        if points:
            yield Block(f"**{SIGNS[relation]} {words}** {'; '.join(points)}")
    if not answer.points and all(side.claims for side in answer.sides):
        yield Block("No point is recorded on which their claims meet; read both.")
    for side in answer.sides:
        if not (side.claims or side.roles):
            yield Block(f"**{safe(side.party.name)} has no recorded position on {safe(answer.topic.name)}.**")


def _points(answer: Comparison) -> Iterator[Block]:
    claims = {claim.id: (side, claim) for side in answer.sides for claim in side.claims}
    for point in answer.points:
        told = [claims[each] for each in point.claims if each in claims]
        lines = [f"{SIGNS[point.relation]} **{safe(point.question)}**"]
        lines += [f"• {_said_by(side, claim, answer)}" for side, claim in told]
        yield Block("\n".join(lines), tuple(key for _, claim in told for key in cited(claim)), "Point by point")


def _said_by(side: Side, claim: Entry, answer: Comparison) -> str:
    """The claim with the party's name in bold: where the claim begins with it, else before it."""
    name, text = safe(side.party.name), safe(claim.claim)
    named = f"**{name}**{text.removeprefix(name)}" if text.startswith(f"{name} ") else f"**{name}:** {text}"
    return f"{named} {marks(claim, answer.library)}{' ⚠' if claim.contested else ''}"


def _sides(answer: Comparison) -> Iterator[Block]:
    met = {claim for point in answer.points for claim in point.claims}
    for side in answer.sides:
        rest = [entry for entry in (*side.claims, *side.roles) if entry.id not in met]
        also = " also" if met & {entry.id for entry in side.claims} else ""
        for entry in rest:
            yield line_block(entry, answer.library, section=safe(side.party.name) + also)


def _person(person: Person) -> str:
    return f"• {safe(person.name)}, {safe('; '.join(office.title for office in person.offices))}"


def _leading(topic: Topic, claims: Sequence[Entry], answer: PartyProfile) -> Block:
    return _with_more(safe(topic.name), claims, answer, "Positions")


def _leading_of(side: Side, answer: TopicOverview) -> Block:
    return _with_more(safe(side.party.name), [*side.claims, *side.roles], answer, "")


def _with_more(name: str, claims: Sequence[Entry], answer: PartyProfile | TopicOverview, section: str) -> Block:
    first, more = claims[0], len(claims) - 1
    block = line_block(first, answer.library, section=section, before=f"**{name}:** ")
    return Block(f"{block.text} (+{count(more, 'more', 'more')})" if more else block.text, block.sources, section)
