"""What must hold between the shipped values, beyond the form of each."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from knowledge.errors import Fault
from knowledge.matching.normalise import normalise
from knowledge.matching.together import GROUP, PARTY
from knowledge.model import Document, Entry, Kind, Rank
from knowledge.taxonomy import Party, Person, Taxonomy, Topic, Wording

_LANGUAGE_LENGTH = 2


def all_faults(
    taxonomy: Taxonomy, documents: Sequence[Document], entries: Sequence[Entry], files: Mapping[str, str]
) -> Iterator[Fault]:
    """Every fault between the values, in the order of the files."""
    yield from _twice("parties.yaml", [each.slug for each in taxonomy.parties])
    yield from _twice("topics.yaml", [each.slug for each in taxonomy.topics])
    yield from _twice("people.yaml", [each.slug for each in taxonomy.people])
    yield from _twice("documents.yaml", [each.id for each in documents], key="id")
    yield from _words("parties.yaml", taxonomy.parties)
    yield from _words("topics.yaml", taxonomy.topics)
    yield from _words("people.yaml", taxonomy.people)
    yield from _twice("words", [each.language for each in taxonomy.wordings], key="language")
    yield from _pointers(taxonomy)
    yield from _people(taxonomy, {each.id for each in documents})
    for entry in entries:
        yield from _references(entry, taxonomy, {each.id for each in documents}, files[entry.id])
    yield from _preferred(entries, files)
    yield from _points(taxonomy, entries)


def _twice(file: str, slugs: Sequence[str], key: str = "slug") -> Iterator[Fault]:
    seen: set[str] = set()
    for slug in slugs:
        if slug in seen:
            yield Fault(file, slug, key, "stands there twice")
        seen.add(slug)


def _words(file: str, named: Sequence[Party | Topic | Person]) -> Iterator[Fault]:
    owners: dict[str, str] = {}
    for each in named:
        for language in chain(each.names, each.aliases):
            if len(language) != _LANGUAGE_LENGTH:
                yield Fault(file, each.slug, "aliases", f"{language!r} is no language of two letters")
        for word in {normalise(word) for word in chain([each.name], each.names.values(), *each.aliases.values())}:
            if not word:
                yield Fault(file, each.slug, "aliases", "an alias has no letter or digit")
            elif owners.setdefault(word, each.slug) != each.slug:
                yield Fault(file, each.slug, "aliases", f"{word!r} means {owners[word]} already")


def _pointers(taxonomy: Taxonomy) -> Iterator[Fault]:
    """Slugs of parties and topics that words and topics point to, and that do not exist."""
    parties, topics = {each.slug for each in taxonomy.parties}, {each.slug for each in taxonomy.topics}
    for topic in taxonomy.topics:
        if topic.about is not None and topic.about not in parties:
            yield Fault("topics.yaml", topic.slug, "about", f"no party has the slug {topic.about!r}")
    for wording in taxonomy.wordings:
        file = f"words/{wording.language}.yaml"
        for slug in sorted(set(wording.hints) - topics):
            yield Fault(file, wording.language, "hints", f"no topic has the slug {slug!r}")
        for slug in sorted(set(wording.party_hints) - parties):
            yield Fault(file, wording.language, "party_hints", f"no party has the slug {slug!r}")
        for slug in sorted(set(wording.together) - topics - set(wording.cues)):
            yield Fault(file, wording.language, "together", f"no topic or cue has the slug {slug!r}")
        yield from (
            Fault(file, wording.language, "together", f"{word!r} is no party or group")
            for word in _pointing(wording)
            if word[1:] not in (parties if word.startswith(PARTY) else wording.groups)
        )


def _pointing(wording: Wording) -> list[str]:
    """The words of combinations that stand for a party or for a group of words."""
    rows = chain.from_iterable(wording.together.values())
    words = set(chain.from_iterable(chain.from_iterable(rows)))
    return sorted(word for word in words if word.startswith((PARTY, GROUP)))


def _people(taxonomy: Taxonomy, documents: set[str]) -> Iterator[Fault]:
    parties = {each.slug for each in taxonomy.parties}
    for person in taxonomy.people:
        if person.party not in parties:
            yield Fault("people.yaml", person.slug, "party", f"no party has the slug {person.party!r}")
        for citation in chain.from_iterable(office.citations for office in person.offices):
            if citation.document not in documents:
                yield Fault("people.yaml", person.slug, "offices", f"no document has the id {citation.document!r}")


def _references(entry: Entry, taxonomy: Taxonomy, documents: set[str], file: str) -> Iterator[Fault]:
    parties = {each.slug for each in taxonomy.parties}
    for key, slug in [("party", entry.party), *(("involved", each) for each in entry.involved)]:
        if slug is not None and slug not in parties:
            yield Fault(file, entry.id, key, f"no party has the slug {slug!r}")
    if entry.topic is not None and entry.topic not in {each.slug for each in taxonomy.topics}:
        yield Fault(file, entry.id, "topic", f"no topic has the slug {entry.topic!r}")
    for citation in entry.citations:
        if citation.document not in documents:
            yield Fault(file, entry.id, "citations", f"no document has the id {citation.document!r}")


def _preferred(entries: Sequence[Entry], files: Mapping[str, str]) -> Iterator[Fault]:
    positions: dict[tuple[str | None, str | None], list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.kind is Kind.STANCE and entry.is_active:
            positions[entry.party, entry.topic].append(entry)
    for (party, topic), claims in positions.items():
        preferred = [entry.id for entry in claims if entry.rank is Rank.PREFERRED]
        if len(preferred) != 1:
            reason = f"{party} on {topic} has {len(preferred)} preferred claims instead of one: {', '.join(preferred)}"
            yield Fault(files[claims[0].id], (preferred or [claims[0].id])[-1], "rank", reason.rstrip(": "))


def _points(taxonomy: Taxonomy, entries: Sequence[Entry]) -> Iterator[Fault]:
    known = {entry.id: entry for entry in entries}
    for point in taxonomy.points:
        claims = [known[claim] for claim in point.claims if claim in known]
        for claim in point.claims:
            if claim not in known:
                yield Fault("points.yaml", point.question, "claims", f"no entry has the id {claim!r}")
        for entry in claims:
            if entry.kind is not Kind.STANCE or entry.topic != point.topic:
                yield Fault("points.yaml", point.question, "claims", f"{entry.id} is no stance on {point.topic}")
        if len({entry.party for entry in claims}) < len(claims):
            yield Fault("points.yaml", point.question, "claims", "needs claims of different parties, one of each")
