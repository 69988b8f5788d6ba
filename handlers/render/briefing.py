"""A briefing as messages: a headline in plain content, which is what a phone shows, and a card below it.

The same subscription, delivery, digest and names always make the same parts. Only the headline tells whether it is
delayed, so that a part holds the same changes however late it goes out.

Limits (Discord): 2,000 characters of content; 256 of an embed's title, 4,096 of its description, 2,048 of its footer,
6,000 together; 100 of a post's name. All are measured in code units of UTF-16, as Discord's clients do, which are never
fewer than characters.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

import discord

from handlers.render.briefing_items import item_text
from handlers.render.layout import ACCENT
from handlers.render.text import ELLIPSIS, clip, count, date_words, safe
from knowledge.briefing.digest import Digest
from knowledge.briefing.model import Delivery, Subscription
from knowledge.dates import PartialDate
from knowledge.errors import Slot
from knowledge.service.naming import Naming

DESCRIPTION_LIMIT = 4_096
NAME_LIMIT = 100
TOPICS_NAMED = 3
"""So many topics a headline names, to fit a lock screen."""
TOPIC_LENGTH = 60
"""The most characters of a topic's name in a headline."""
QUIET = "Nothing has changed since the last briefing."
OTHER = "Other"
"""The heading of what has no topic and, below those of the parties, of what has no party."""


@dataclass(frozen=True, slots=True)
class Part:
    """One message. ``content`` is the headline, ``title`` and ``description`` the card.

    ``footer`` is the mark: it is the same for a subscription, a slot and a part's number at any time, and different for
    any other, so that the message can be found again. ``role`` is to be pinged by this part, and is named in
    ``content``. ``name`` and ``topics`` (shown names, for its tags) are those of the post that the first part opens in
    a forum.
    """

    content: str
    title: str
    description: str
    footer: str
    name: str
    topics: tuple[str, ...] = ()
    role: int | None = None


@dataclass(frozen=True, slots=True)
class _Piece:
    """An item's text, or a part of one that is too long, with what it stands below."""

    topic: str
    party: str
    text: str


def render_briefing(
    subscription: Subscription, delivery: Delivery, digest: Digest | None, naming: Naming
) -> tuple[Part, ...]:
    """The messages of a delivery in order, each within all limits; the line for a quiet channel without a digest."""
    topics = _topics(digest, naming) if digest else ()
    cards = _cards(list(_pieces(digest, naming))) if digest else [QUIET]
    headline, day = _headline(delivery, digest, topics), _day(subscription, delivery)
    return tuple(
        Part(
            content=headline + _number(index, len(cards)) + _ping(subscription, index, digest),
            title=f"Briefing of {day}" + _number(index, len(cards)),
            description=card,
            footer=mark(subscription.id, delivery.slot, index, len(cards)),
            name=_post_name(day, digest, topics),
            topics=topics,
            role=subscription.role if digest and index == 0 else None,
        )
        for index, card in enumerate(cards)
    )


def mark(subscription: str, slot: datetime, index: int, total: int) -> str:
    """What names a part below it, as in "b-4k2m9qzz · 2026-11-22 07:00 UTC · part 1 of 2"; ``index`` is from 0."""
    seconds = ":%S" if slot.second else ""  # a slot of a schedule has none
    return f"b-{subscription} · {slot.strftime(f'%Y-%m-%d %H:%M{seconds}')} UTC · part {index + 1} of {total}"


def embed_of(part: Part) -> discord.Embed:
    """The card of a part as Discord takes it."""
    embed = discord.Embed(title=part.title, description=part.description, colour=ACCENT)
    return embed.set_footer(text=part.footer)


def units(text: str) -> int:
    """The length of a text in code units of UTF-16."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def shown(naming: Naming, slot: Slot, slug: str) -> str:
    """The name of a party or topic; what a server has taken away again stands for itself."""
    try:
        return naming.shown_name(slot, slug)
    except KeyError:
        return slug


def _headline(delivery: Delivery, digest: Digest | None, topics: Sequence[str]) -> str:
    delayed = f" (delayed from <t:{int(delivery.slot.timestamp())}:f>)" if delivery.delayed else ""
    if digest is None:
        return f"Briefing: nothing has changed{delayed}"
    named = [safe(clip(topic, TOPIC_LENGTH)) for topic in topics[:TOPICS_NAMED]]
    more = [count(len(topics) - TOPICS_NAMED, "more topic")] if len(topics) > TOPICS_NAMED else []
    on = f" on {', '.join([*named, *more])}" if named else ""
    return f"Briefing: {count(len(digest.items), 'change')}{on}{delayed}"


def _ping(subscription: Subscription, index: int, digest: Digest | None) -> str:
    """The role is pinged once, and not for nothing."""
    return f" <@&{subscription.role}>" if subscription.role and digest and index == 0 else ""


def _number(index: int, total: int) -> str:
    return f" ({index + 1}/{total})" if total > 1 else ""


def _day(subscription: Subscription, delivery: Delivery) -> str:
    local = delivery.slot.astimezone(ZoneInfo(subscription.schedule.zone))
    return date_words(PartialDate(local.year, local.month, local.day))


def _post_name(day: str, digest: Digest | None, topics: Sequence[str]) -> str:
    changes = " · ".join(topics) or count(len(digest.items), "change") if digest else "nothing has changed"
    name = f"{day}: {changes}"
    return name if units(name) <= NAME_LIMIT else name[: _fitting(name, NAME_LIMIT - 1)] + ELLIPSIS


def _topics(digest: Digest, naming: Naming) -> tuple[str, ...]:
    slugs = dict.fromkeys(group.topic for group in digest.groups if group.topic)
    return tuple(shown(naming, Slot.TOPIC, slug) for slug in slugs)


def _pieces(digest: Digest, naming: Naming) -> Iterator[_Piece]:
    for group in digest.groups:
        topic = safe(shown(naming, Slot.TOPIC, group.topic)) if group.topic else OTHER
        party = safe(shown(naming, Slot.PARTY, group.party)) if group.party else ""
        room = DESCRIPTION_LIMIT - units(_described([_Piece(topic, party, "")]))
        for item in group.items:
            yield from (_Piece(topic, party, text) for text in _cut(item_text(item, digest.library), room))


def _cards(pieces: Sequence[_Piece]) -> list[str]:
    """The pieces in as few descriptions as hold them in order; each says again what its first piece stands below."""
    cards, held = [], list(pieces[:1])
    for piece in pieces[1:]:
        if units(_described([*held, piece])) > DESCRIPTION_LIMIT:
            cards.append(_described(held))
            held = []
        held.append(piece)
    return [*cards, _described(held)]


def _described(pieces: Sequence[_Piece]) -> str:
    texts, topic, party = [], None, ""
    for piece in pieces:
        heads = [f"### {piece.topic}"] if piece.topic != topic else []
        if piece.party != (party if piece.topic == topic else ""):
            heads.append(f"**{piece.party or OTHER}**")
        topic, party = piece.topic, piece.party
        texts.append("\n".join([*heads, piece.text]))
    return "\n\n".join(texts)


def _cut(text: str, room: int) -> Iterator[str]:
    """A text in pieces of at most ``room`` code units: cut after a line, else after a word, else anywhere."""
    rest = text
    while units(rest) > room:
        most = _fitting(rest, room)
        end = max(rest.rfind("\n", 0, most), rest.rfind(" ", 0, most))
        if end <= most // 2:
            end = most - 1 if rest[most - 1] == "\\" else most
        yield rest[:end]
        rest = rest[end:].lstrip()
    yield rest


def _fitting(text: str, room: int) -> int:
    """How many characters of a text fit."""
    used = 0
    for number, character in enumerate(text):
        used += 2 if character > "\uffff" else 1
        if used > room:
            return number
    return len(text)
