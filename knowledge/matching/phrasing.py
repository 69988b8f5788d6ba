"""The phrases of a taxonomy, with what each means: names weigh most, hints little, other words nothing."""

from collections.abc import Container, Iterable, Iterator
from dataclasses import replace

from knowledge.matching.senses import STRONG, WEAK, Role, Sense
from knowledge.taxonomy import Party, Person, Taxonomy, Topic, Wording

Phrase = tuple[str | None, str, Sense]
"""The language (None for slugs, and for names that are the same in all), the words, and what they mean."""
_LISTS = {
    "filler": Role.FILLER,
    "neutral": Role.NEUTRAL,
    "foreign": Role.FOREIGN,
    "who": Role.WHO,
    "compare": Role.COMPARE,
    "join": Role.JOIN,
    "object_before": Role.OBJECT_BEFORE,
    "subject_before": Role.SUBJECT_BEFORE,
    "subject_after": Role.SUBJECT_AFTER,
}


def phrases_of(taxonomy: Taxonomy, topics: Container[str]) -> Iterator[Phrase]:
    """All phrases; ``topics`` are the slugs of all that are known: a party can be a topic as well."""
    for party in taxonomy.parties:
        yield from _each_named(party, meanings_of_party(party.slug, topics))
    for person in taxonomy.people:
        yield from _each_named(person, meanings_of_party(person.party, topics))
    for topic in taxonomy.topics:
        yield from _each_named(topic, (meaning_of_topic(topic.slug),))
    for wording in taxonomy.wordings:
        yield from _worded(wording, topics)


def meaning_of_topic(slug: str) -> Sense:
    """What the name of a topic means."""
    return Sense(Role.TOPIC, slug, STRONG)


def meanings_of_party(slug: str, topics: Container[str]) -> tuple[Sense, ...]:
    """What the name of a party means: an alliance to be joined is a topic as well."""
    return (Sense(Role.PARTY, slug, STRONG), *([meaning_of_topic(slug)] if slug in topics else []))


def _each_named(named: Party | Topic | Person, senses: Iterable[Sense]) -> Iterator[Phrase]:
    return ((language, text, sense) for language, text in _names(named) for sense in senses)


def _names(named: Party | Topic | Person) -> Iterator[tuple[str | None, str]]:
    yield from ((None, text) for text in (named.name, named.slug))
    yield from named.names.items()
    for language, texts in named.aliases.items():
        yield from ((language, text) for text in texts)


def _worded(wording: Wording, topics: Container[str]) -> Iterator[Phrase]:
    for name, role in _LISTS.items():
        yield from _each(wording, getattr(wording, name), [Sense(role)])
    for intent, texts in wording.cues.items():
        yield from _each(wording, texts, [Sense(Role.INTENT, intent, STRONG)])
    for topic, texts in wording.hints.items():
        yield from _each(wording, texts, [replace(meaning_of_topic(topic), weight=WEAK)])
    for party, texts in wording.party_hints.items():
        yield from _each(wording, texts, meanings_of_party(party, topics))
    for meant, texts in wording.slips.items():
        yield from _each(wording, texts, [Sense(Role.SLIP, meant)])


def _each(wording: Wording, texts: Iterable[str], senses: Iterable[Sense]) -> Iterator[Phrase]:
    return ((wording.language, text, sense) for text in texts for sense in senses)
