"""What ships, held against the rules of the house and, where they are at hand, against the documents themselves."""

from collections import Counter
from collections.abc import Iterator, Mapping

import pytest

from knowledge.dates import PartialDate
from knowledge.locators import excerpt, outline
from knowledge.matching.lexicon import build_lexicon
from knowledge.matching.normalise import normalise
from knowledge.model import CLAIM_LENGTH, Entry, Kind, Rank
from knowledge.seeding import Seeds, excerpts, load_seeds, locator_faults, read_texts
from knowledge.taxonomy import Party, Person, Topic
from tests.paths import SEEDS, TEXTS, needs

LONGEST_BORROWING = 6
"""So many words in a row may be a document's; one more is a quotation."""


@pytest.fixture(scope="module")
def texts(seeds: Seeds) -> Mapping[str, str]:
    """The documents' texts by id."""
    return read_texts(TEXTS, seeds.documents)


def runs(text: str, length: int) -> Iterator[str]:
    """All runs of so many words."""
    words = normalise(text).split()
    return (" ".join(words[start : start + length]) for start in range(len(words) - length + 1))


def own_words(seeds: Seeds) -> Iterator[tuple[str, str]]:
    """All that is said in our words, each with where it stands."""
    for entry in seeds.entries:
        yield from ((entry.id, text) for text in (entry.claim, entry.contested, entry.when) if text)
    yield from ((party.slug, party.about) for party in seeds.taxonomy.parties)
    yield from ((topic.slug, topic.covers) for topic in seeds.taxonomy.topics)
    yield from ((point.topic, point.question) for point in seeds.taxonomy.points)
    yield from ((document.id, text) for document in seeds.documents for text in (document.label, document.note) if text)


def dates(entry: Entry) -> list[PartialDate]:
    """The dates that an entry has."""
    return [date for date in (entry.stated_on, entry.valid_from, entry.valid_to) if date]


def test_all_shipped_seeds_load_without_a_fault() -> None:
    load_seeds(SEEDS)


def test_the_base_is_not_cut_short(seeds: Seeds) -> None:
    kinds = Counter(entry.kind for entry in seeds.entries)

    assert len(seeds.entries) > 350
    assert set(kinds) == set(Kind)
    assert [document.id for document in seeds.documents] == ["000", "001", "002", "003", "004"]
    assert (len(seeds.taxonomy.parties), len(seeds.taxonomy.topics)) == (11, 15)
    assert [party.slug for party in seeds.taxonomy.principals] == ["russia", "ukraine"]


def test_every_position_has_exactly_one_preferred_claim(seeds: Seeds) -> None:
    stances = [entry for entry in seeds.entries if entry.kind is Kind.STANCE and entry.is_active]
    preferred = Counter((entry.party, entry.topic) for entry in stances if entry.rank is Rank.PREFERRED)

    assert preferred == dict.fromkeys({(entry.party, entry.topic) for entry in stances}, 1)


def test_every_claim_ends_as_a_sentence_within_the_length(seeds: Seeds) -> None:
    faulty = [
        entry.id
        for entry in seeds.entries
        if len(entry.claim) > CLAIM_LENGTH or not entry.claim.rstrip("”\"'’").endswith(".")
    ]

    assert faulty == []


def test_no_claim_stands_twice_on_a_position(seeds: Seeds) -> None:
    claims = Counter((entry.kind, entry.party, entry.topic, normalise(entry.claim)) for entry in seeds.entries)

    assert [claim for claim, number in claims.items() if number > 1] == []


def test_every_topic_and_party_is_used(seeds: Seeds) -> None:
    parties = {slug for entry in seeds.entries for slug in (entry.party, *entry.involved)}

    assert {party.slug for party in seeds.taxonomy.parties} <= parties
    assert {topic.slug for topic in seeds.taxonomy.topics} <= {entry.topic for entry in seeds.entries}


def test_points_reference_standing_claims_of_two_sides_or_more(seeds: Seeds) -> None:
    entries = {entry.id: entry for entry in seeds.entries}
    for point in seeds.taxonomy.points:
        claims = [entries[claim] for claim in point.claims]

        assert len({claim.party for claim in claims}) == len(claims) >= 2, point
        assert {claim.topic for claim in claims} == {point.topic}, point
        assert all(claim.is_active for claim in claims), point


def test_every_principal_party_meets_another_on_a_point(seeds: Seeds) -> None:
    party_of = {entry.id: entry.party for entry in seeds.entries}
    met = {party_of[claim] for point in seeds.taxonomy.points for claim in point.claims}

    assert {party.slug for party in seeds.taxonomy.principals} <= met


def test_every_shown_name_means_its_own_slug(seeds: Seeds) -> None:
    lexicon = build_lexicon(seeds.taxonomy, seeds.documents)
    for names in (lexicon.parties, lexicon.topics, lexicon.documents):
        for slug, shown in names.shown.items():
            assert names.meanings[normalise(slug)] == names.meanings[normalise(shown)] == (slug,)


def test_every_language_of_a_name_has_words_of_questions(seeds: Seeds) -> None:
    taxonomy = seeds.taxonomy
    named: list[Party | Topic | Person] = [*taxonomy.parties, *taxonomy.topics, *taxonomy.people]
    spoken = {language for each in named for language in (*each.names, *each.aliases)}

    assert spoken <= {wording.language for wording in taxonomy.wordings}
    for wording in taxonomy.wordings:
        assert wording.filler, wording.language
        assert all(wording.cues.values()), wording.language


def test_words_stand_in_the_form_in_which_they_are_compared_without_being_empty(seeds: Seeds) -> None:
    lists = [
        (wording.language, phrase)
        for wording in seeds.taxonomy.wordings
        for phrases in (*wording.cues.values(), *wording.hints.values(), *wording.party_hints.values(), wording.filler)
        for phrase in phrases
    ]

    assert [each for each in lists if not normalise(each[1])] == []


@needs(TEXTS)
def test_all_texts_are_those_that_were_read_for_the_entries(seeds: Seeds, texts: Mapping[str, str]) -> None:
    assert set(texts) == {document.id for document in seeds.documents}


@needs(TEXTS)
def test_every_locator_resolves(seeds: Seeds, texts: Mapping[str, str]) -> None:
    faults = [str(fault) for fault in locator_faults(seeds, texts)]

    assert faults == []
    assert all(excerpts(seeds, texts).values())


@needs(TEXTS)
def test_every_locator_of_an_outline_resolves(texts: Mapping[str, str]) -> None:
    for text in texts.values():
        for locator, sentence in outline(text):
            assert excerpt(text, locator) == sentence


@needs(TEXTS)
def test_nothing_repeats_seven_words_in_a_row_of_a_document(seeds: Seeds, texts: Mapping[str, str]) -> None:
    theirs = {run for text in texts.values() for run in runs(text, LONGEST_BORROWING + 1)}
    told = [(place, run) for place, text in own_words(seeds) for run in runs(text, LONGEST_BORROWING + 1)]

    assert [(place, run) for place, run in told if run in theirs] == []


@needs(TEXTS)
def test_no_entry_has_a_date_that_its_source_does_not_give(seeds: Seeds, texts: Mapping[str, str]) -> None:
    guessed = []
    for entry in seeds.entries:
        cited = " ".join(excerpt(texts[each.document], each.locator) for each in entry.citations)
        guessed += [(entry.id, str(date)) for date in dates(entry) if str(date.year) not in cited]

    assert guessed == []
