"""What a server calls things: further words for parties, topics and people, and parties and topics of its own."""

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.errors import AmbiguousName, Slot, UnknownName
from knowledge.matching.complete import complete
from knowledge.matching.normalise import normalise
from knowledge.model import SLUG_LENGTH, Action, Scope
from knowledge.moderation.context import Moderation, Sitting, looking, sitting
from knowledge.moderation.errors import Quota, QuotaReached, WordReserved, WordTaken
from knowledge.moderation.model import Caller, Level, Record, Subject
from knowledge.moderation.outcomes import Applied
from knowledge.moderation.people import who_of
from knowledge.moderation.text import clean
from knowledge.ports import UnitOfWork
from knowledge.service.context import Context

MOST_ALIASES = 1_000
"""The most aliases, own parties and own topics of a server together."""
WORD_LENGTH = 60
NAME_LENGTH = 60
ABOUT_LENGTH = 200
OFFERED = 25
"""The most choices of an autocomplete answer (Discord's limit)."""
PERSON = "person"
"""How a target begins that is a person; the others begin with their slot."""


@dataclass(frozen=True, slots=True)
class ServerAlias:
    """A server's word; ``target`` as in "party/russia", "topic/nato" or "person/putin"."""

    word: str
    target: str


async def add_alias(mod: Moderation, scope: Scope, caller: Caller, word: str, target: str) -> Applied:
    """Makes a word mean a party, a topic or a person in this server, from the next question on.

    Raises:
        Forbidden, TextTooLong, TextEmpty, WordTaken, WordReserved, UnknownName, AmbiguousName, QuotaReached: nothing is
            added.
    """
    async with sitting(mod, scope, caller, Level.EDITOR) as at:
        said = clean(word, limit=WORD_LENGTH)
        meant = resolve_target(at.context, target)
        _must_be_free(at.context, said)
        return await _put(at, Subject.ALIAS, normalise(said), {"word": said, "target": meant})


async def remove_alias(mod: Moderation, scope: Scope, caller: Caller, word: str) -> Applied:
    """Takes a server's word away again.

    Raises:
        Forbidden, UnknownName: it is none of this server's.
    """
    async with sitting(mod, scope, caller, Level.EDITOR) as at:
        key = normalise(word)
        known = await at.work.records.get(scope, Subject.ALIAS, key)
        if known is None:
            words = [each.word for each in await _aliases_of(at.work, scope)]
            raise UnknownName(Slot.TARGET, word, words[:5])
        await at.work.records.remove(scope, Subject.ALIAS, key)
        await at.trail.add(Subject.ALIAS, key, Action.RETRACT, before=known.content)
        return await _applied(at)


async def aliases(mod: Moderation, scope: Scope, caller: Caller) -> Sequence[ServerAlias]:
    """A server's own words, by word; raises Forbidden for who is no editor."""
    async with looking(mod, scope, caller, Level.EDITOR) as (work, _):
        return await _aliases_of(work, scope)


async def add_party(mod: Moderation, scope: Scope, caller: Caller, name: str, about: str) -> Applied:
    """Gives a server a party of its own; its slug is made of the name. Raises as ``add_alias`` does."""
    return await _add_term(mod, scope, caller, Subject.PARTY, name, about)


async def add_topic(mod: Moderation, scope: Scope, caller: Caller, name: str, about: str) -> Applied:
    """Gives a server a topic of its own; its slug is made of the name. Raises as ``add_alias`` does."""
    return await _add_term(mod, scope, caller, Subject.TOPIC, name, about)


def resolve_target(context: Context, typed: str) -> str:
    """What a word names, as in "party/russia"; with a slot before it ("topic/nato") only there.

    Raises:
        UnknownName, AmbiguousName: it names nothing, or a party and a topic.
    """
    slot, _, slug = typed.strip().partition("/")
    if slug and slot in (Slot.PARTY, Slot.TOPIC):
        return f"{slot}/{context.slug(slug, Slot(slot))}"
    if slug and slot == PERSON and any(person.slug == slug for person in context.taxonomy.people):
        return f"{PERSON}/{slug}"
    found = [*_people(context, typed), *(_named(context, typed, slot) for slot in (Slot.PARTY, Slot.TOPIC))]
    targets = [each for each in found if each]
    if not targets:
        raise UnknownName(Slot.TARGET, typed)
    if len(targets) > 1:
        raise AmbiguousName(Slot.TARGET, typed, targets)
    return targets[0]


def complete_target(context: Context, typed: str) -> list[tuple[str, str]]:
    """At most 25 pairs of shown name and target for what is being typed, people last."""
    wanted = normalise(typed)
    named = [
        (f"{name} ({slot})", f"{slot}/{slug}")
        for slot in (Slot.PARTY, Slot.TOPIC)
        for name, slug in complete(typed, context.lexicon.names(slot))
    ]
    people = [(f"{each.name} ({PERSON})", f"{PERSON}/{each.slug}") for each in context.taxonomy.people]
    return [*named, *(each for each in people if wanted in normalise(each[0]))][:OFFERED]


def _people(context: Context, typed: str) -> list[str]:
    wanted = normalise(typed)
    return [f"{PERSON}/{each.slug}" for each in context.taxonomy.people if wanted in (each.slug, normalise(each.name))]


def _named(context: Context, typed: str, slot: Slot) -> str:
    try:
        return f"{slot}/{context.slug(typed, slot)}"
    except (UnknownName, AmbiguousName):
        return ""


def _must_be_free(context: Context, word: str) -> None:
    taken = context.clashes(word)
    if taken is not None:
        raise WordTaken(word, taken.slot, f"{taken.slot}/{taken.slug}")
    if context.is_reserved(word):
        raise WordReserved(word)


async def _add_term(mod: Moderation, scope: Scope, caller: Caller, subject: Subject, name: str, about: str) -> Applied:
    async with sitting(mod, scope, caller, Level.APPROVER) as at:
        said, told = clean(name, limit=NAME_LENGTH), clean(about, limit=ABOUT_LENGTH)
        slug = slug_of(said)
        if not slug:
            raise WordReserved(name)
        _must_be_free(at.context, said)
        _must_be_free(at.context, slug)
        return await _put(at, subject, slug, {"slug": slug, "name": said, "about": told})


def slug_of(name: str) -> str:
    """A slug made of a name: its normalised words, joined, at most ``SLUG_LENGTH`` characters."""
    plain = "".join(each if each.isascii() and each.isalnum() else "-" for each in normalise(name))
    return "-".join(filter(None, plain.split("-")))[:SLUG_LENGTH].strip("-")


async def _put(at: Sitting, subject: Subject, key: str, content: dict[str, str]) -> Applied:
    known = await at.work.records.get(at.scope, subject, key)
    if known is not None:  # put there at the same moment, so that what words mean was read before it
        slot = Slot.TOPIC if subject is Subject.TOPIC else Slot.PARTY
        raise WordTaken(content.get("word") or content["name"], slot, known.content.get("target") or f"{slot}/{key}")
    kept = sum(each.subject is not Subject.SETTINGS for each in await at.work.records.all(at.scope))
    if kept >= MOST_ALIASES:
        raise QuotaReached(Quota.ALIASES, MOST_ALIASES)
    await at.work.records.put(Record(at.scope, subject, key, content))
    await at.trail.add(subject, key, Action.ADD, after=content)
    return await _applied(at)


async def _applied(at: Sitting) -> Applied:
    return Applied(tuple(at.trail.changes), at.settings, await who_of(at.work, at.scope, [at.handle]))


async def _aliases_of(work: UnitOfWork, scope: Scope) -> list[ServerAlias]:
    found = await work.records.all(scope)
    return [ServerAlias(**each.content) for each in found if each.subject is Subject.ALIAS]
