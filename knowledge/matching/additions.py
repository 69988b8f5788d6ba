"""What a server adds to the names that ship: aliases, parties and topics of its own."""

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from knowledge.errors import Slot
from knowledge.matching.lexicon import Lexicon, Names, Words, own_words
from knowledge.matching.phrasing import Phrase, meaning_of_topic, meanings_of_party, phrases_of
from knowledge.taxonomy import Party, Taxonomy, Topic


@dataclass(frozen=True, slots=True)
class Alias:
    """A further word for what has a slug: a party, a topic or, with ``Slot.PARTY``, a person, which means their party.

    It belongs to no language. One whose slug is no longer there means nothing.
    """

    word: str
    slot: Slot
    slug: str


@dataclass(frozen=True, slots=True)
class Additions:
    """What one server adds.

    Where a slug ships that a party or topic has here, the shipped one stays and gets the names of this one too.
    """

    parties: tuple[Party, ...] = ()
    topics: tuple[Topic, ...] = ()
    aliases: tuple[Alias, ...] = ()


@dataclass(frozen=True, slots=True)
class Clash:
    """What a word means already."""

    slot: Slot
    slug: str


def living(additions: Additions, taxonomy: Taxonomy, lexicon: Lexicon) -> Additions:
    """The additions without the aliases that mean nothing any more; those of a person mean the party."""
    known: dict[Slot, tuple[Container[str], ...]] = {
        Slot.PARTY: ({party.slug for party in additions.parties}, lexicon.parties.shown),
        Slot.TOPIC: ({topic.slug for topic in additions.topics}, lexicon.topics.shown),
    }

    def meant(alias: Alias) -> str:
        if any(alias.slug in slugs for slugs in known.get(alias.slot, ())):
            return alias.slug
        people = taxonomy.people if alias.slot is Slot.PARTY else ()
        return next((person.party for person in people if person.slug == alias.slug), "")

    settled = ((alias, meant(alias)) for alias in additions.aliases)
    return replace(additions, aliases=tuple(Alias(alias.word, alias.slot, slug) for alias, slug in settled if slug))


def extend_taxonomy(taxonomy: Taxonomy, lexicon: Lexicon, additions: Additions) -> Taxonomy:
    """The taxonomy with the parties and topics that are new, after the others."""
    parties = tuple(party for party in additions.parties if party.slug not in lexicon.parties.shown)
    topics = tuple(topic for topic in additions.topics if topic.slug not in lexicon.topics.shown)
    if not (parties or topics):
        return taxonomy
    return replace(taxonomy, parties=taxonomy.parties + parties, topics=taxonomy.topics + topics)


def extend_lexicon(lexicon: Lexicon, additions: Additions) -> Lexicon:
    """The lexicon with the additions over it."""
    return Lexicon(
        parties=_extend(lexicon.parties, additions.parties, _aliases(additions, Slot.PARTY)),
        topics=_extend(lexicon.topics, additions.topics, _aliases(additions, Slot.TOPIC)),
        documents=lexicon.documents,
    )


def phrases_added(additions: Additions, topics: Container[str]) -> Iterator[Phrase]:
    """The phrases of the additions; ``topics`` are the slugs of all topics, with those that are added."""
    yield from phrases_of(Taxonomy(additions.parties, additions.topics, ()), topics)
    for alias in additions.aliases:
        is_party = alias.slot is Slot.PARTY
        senses = meanings_of_party(alias.slug, topics) if is_party else (meaning_of_topic(alias.slug),)
        yield from ((None, alias.word, sense) for sense in senses)


def _extend(names: Names, own: Sequence[Party | Topic], aliases: Sequence[Words]) -> Names:
    if not (own or aliases):
        return names
    return names.with_names({each.slug: each.name for each in own}, chain(own_words(own), aliases))


def _aliases(additions: Additions, slot: Slot) -> list[Words]:
    return [(alias.slug, (alias.word,)) for alias in additions.aliases if alias.slot is slot]
