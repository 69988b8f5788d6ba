"""All phrases of all languages, by their stems, with what each can mean."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from knowledge.matching.normalise import normalise
from knowledge.matching.scripts import is_cyrillic
from knowledge.matching.senses import STRONG, WEAK, Role, Sense
from knowledge.matching.stems import Stem, make_stems, speaks
from knowledge.taxonomy import Party, Person, Taxonomy, Topic, Wording

DEFAULT = "en"
USE = 0.001
"""What each use of a word in a phrase adds to its weight, so little that it decides between equals only."""
OTHER_SCRIPT = {False: DEFAULT, True: "ru"}
"""Where a phrase goes, by whether it is Cyrillic, that is of a language without stems or not in its script:
transliterations are typed among Latin words."""
_LISTS = {
    "filler": Role.FILLER,
    "neutral": Role.NEUTRAL,
    "foreign": Role.FOREIGN,
    "compare": Role.COMPARE,
    "join": Role.JOIN,
    "object_before": Role.OBJECT_BEFORE,
    "subject_before": Role.SUBJECT_BEFORE,
    "subject_after": Role.SUBJECT_AFTER,
}

Phrases = dict[str, tuple[Sense, ...]]


@dataclass(frozen=True, slots=True)
class Phrasebook:
    """Phrases by language; the words are stems, joined by spaces. ``add`` is all that changes it after it was built."""

    stems: Mapping[str, Stem]
    phrases: Mapping[str, Phrases]
    starts: Mapping[str, dict[str, int]]
    """The first words of phrases, with the most words of a phrase that begins so."""
    exact: Phrases = field(default_factory=dict)
    """Names as they are written, in all languages."""
    words: Mapping[str, dict[str, float]] = field(default_factory=lambda: defaultdict(dict))
    """Every word of every phrase of a language as it is written, with the greatest share it has in the weight of a
    phrase, and a little more for each use: of two words that were equally likely meant, the one that tells more was."""

    def add(self, language: str, text: str, sense: Sense) -> None:
        """Makes a phrase known, at once."""
        words = normalise(text).split()
        if not words:
            return
        if language not in self.stems or not speaks(language, words[0]):
            language = OTHER_SCRIPT[is_cyrillic(words[0])]
        stemmed = [self.stems[language](word) for word in words]
        known = self.phrases[language].get(key := " ".join(stemmed), ())
        if sense not in known:
            self.phrases[language][key] = (*known, sense)
        self.starts[language][stemmed[0]] = max(len(words), self.starts[language].get(stemmed[0], 0))
        if sense.weight >= STRONG:
            name = " ".join(words)
            self.exact[name] = (*self.exact.get(name, ()), sense)
        for word in words:
            before = self.words[language].get(word, 0.0)
            self.words[language][word] = max(sense.weight // len(words), int(before)) + min(0.9, before % 1 + USE)


def build_phrasebook(taxonomy: Taxonomy) -> Phrasebook:
    """The phrases of a taxonomy: names, aliases and people weigh most, hints little, other words nothing."""
    stems = make_stems({wording.language: wording.endings for wording in taxonomy.wordings})
    book = Phrasebook(stems, {language: {} for language in stems}, defaultdict(dict))
    both = {topic.slug for topic in taxonomy.topics}
    for language, text, sense in _phrases(taxonomy):
        book.add(language, text, sense)
        if sense.role is Role.PARTY and sense.slug in both:  # an alliance to be joined is a topic as well
            book.add(language, text, replace(sense, role=Role.TOPIC))
    return book


def _phrases(taxonomy: Taxonomy) -> Iterator[tuple[str, str, Sense]]:
    for party in taxonomy.parties:
        yield from _named(party, Sense(Role.PARTY, party.slug, STRONG))
    for person in taxonomy.people:
        yield from _named(person, Sense(Role.PARTY, person.party, STRONG))
    for topic in taxonomy.topics:
        yield from _named(topic, Sense(Role.TOPIC, topic.slug, STRONG))
    for wording in taxonomy.wordings:
        yield from _worded(wording)


def _named(named: Party | Topic | Person, sense: Sense) -> Iterator[tuple[str, str, Sense]]:
    yield from ((DEFAULT, text, sense) for text in (named.name, named.slug))
    yield from ((language, text, sense) for language, text in named.names.items())
    for language, texts in named.aliases.items():
        yield from ((language, text, sense) for text in texts)


def _worded(wording: Wording) -> Iterator[tuple[str, str, Sense]]:
    for name, role in _LISTS.items():
        yield from _each(wording.language, getattr(wording, name), Sense(role))
    for intent, texts in wording.cues.items():
        yield from _each(wording.language, texts, Sense(Role.INTENT, intent, STRONG))
    for topic, texts in wording.hints.items():
        yield from _each(wording.language, texts, Sense(Role.TOPIC, topic, WEAK))
    for party, texts in wording.party_hints.items():
        yield from _each(wording.language, texts, Sense(Role.PARTY, party, STRONG))


def _each(language: str, texts: Iterable[str], sense: Sense) -> Iterator[tuple[str, str, Sense]]:
    return ((language, text, sense) for text in texts)
