"""From any words to the one slug they mean."""

from dataclasses import replace

import pytest
from hypothesis import given

from knowledge.errors import AmbiguousName, Slot, UnknownName
from knowledge.matching.lexicon import build_lexicon
from knowledge.matching.resolve import ACCEPT, rank, resolve
from knowledge.taxonomy import Party
from tests.knowledge.samples import LETTER, TAXONOMY, TREATY
from tests.knowledge.strategies import EXAMPLES, any_text

LEXICON = build_lexicon(TAXONOMY, [TREATY, LETTER])
PARTIES, TOPICS, DOCUMENTS = LEXICON.parties, LEXICON.topics, LEXICON.documents


@pytest.mark.parametrize(
    "text",
    ["uplands", "Uplands", " UPLANDS! ", "Oberland", "Ada Kern", "ada-kern", "what the uplands say", "up\u200blands"],
)
def test_slugs_names_aliases_people_and_words_around_them_mean_their_party(text: str) -> None:
    resolved = resolve(text, PARTIES, Slot.PARTY)

    assert (resolved.slug, resolved.score) == ("uplands", 100.0)


def test_the_longest_name_inside_a_text_wins() -> None:
    assert resolve("the spring water, please", TOPICS, Slot.TOPIC).slug == "water"
    assert resolve("guild membership", PARTIES, Slot.PARTY).slug == "guild"


@pytest.mark.parametrize(
    ("text", "slug"), [("uplnads", "uplands"), ("lowland", "lowlands"), ("Staudam", "dam"), ("Milers Guld", "guild")]
)
def test_a_slip_is_read_over_and_told_by_the_score(text: str, slug: str) -> None:
    names = TOPICS if slug == "dam" else PARTIES
    resolved = resolve(text, names, Slot.PARTY)

    assert resolved.slug == slug
    assert ACCEPT <= resolved.score < 100


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("moor council", ("highmoor", "lowmoor")),
        ("the Moor Council", ("highmoor", "lowmoor")),
        ("moor counsil", ("highmoor", "lowmoor")),
        ("lowlands or uplands", ("lowlands", "uplands")),
    ],
)
def test_several_meanings_are_ambiguous_and_all_are_offered(text: str, meant: tuple[str, ...]) -> None:
    with pytest.raises(AmbiguousName) as caught:
        resolve(text, PARTIES, Slot.PARTY)

    assert (caught.value.slot, caught.value.text, tuple(caught.value.choices)) == (Slot.PARTY, text, meant)


def test_two_names_that_are_equally_near_are_ambiguous() -> None:
    twins = replace(TAXONOMY, parties=(*TAXONOMY.parties, Party("iplands", "Iplands", "")))
    with pytest.raises(AmbiguousName) as caught:
        resolve("xplands", build_lexicon(twins, []).parties, Slot.PARTY)

    assert set(caught.value.choices) == {"uplands", "iplands"}


def test_unknown_words_come_with_the_nearest_names_first() -> None:
    with pytest.raises(UnknownName) as caught:
        resolve("lowkands council", PARTIES, Slot.PARTY)

    assert (caught.value.slot, caught.value.text) == (Slot.PARTY, "lowkands council")
    assert caught.value.suggestions[0] in {"lowlands", "lowmoor", "highmoor"}
    assert len(caught.value.suggestions) <= 5


@pytest.mark.parametrize("text", ["", "  ", "?!", "\u200b", "kkkkkkkkkkkkkk"])
def test_where_nothing_is_near_the_first_names_are_offered_principals_first(text: str) -> None:
    with pytest.raises(UnknownName) as caught:
        resolve(text, PARTIES, Slot.PARTY)

    assert caught.value.suggestions == ("uplands", "lowlands", "guild", "highmoor", "lowmoor")


def test_a_short_word_must_be_exact() -> None:
    assert resolve("dam", TOPICS, Slot.TOPIC).slug == "dam"
    with pytest.raises(UnknownName) as caught:
        resolve("dan", TOPICS, Slot.TOPIC)

    assert caught.value.suggestions[0] == "dam"


@pytest.mark.parametrize(
    ("text", "document"),
    [("000", "000"), ("0", "000"), ("001", "001"), ("1", "001"), ("The Water Treaty", "000"), ("R. Moss", "000")],
)
def test_a_document_is_meant_by_its_number_title_or_author(text: str, document: str) -> None:
    assert resolve(text, DOCUMENTS, Slot.DOCUMENT).slug == document


def test_what_is_typed_beyond_any_name_is_not_looked_at() -> None:
    assert resolve("uplands " + "x" * 6_000, PARTIES, Slot.PARTY).slug == "uplands"


def test_the_ranking_has_each_meaning_once_best_first() -> None:
    ranked = rank("lowmor", PARTIES)

    assert ranked[0].slug == "lowmoor"
    assert len({each.slug for each in ranked}) == len(ranked)
    assert [each.score for each in ranked] == sorted((each.score for each in ranked), reverse=True)


@EXAMPLES
@given(any_text)
def test_any_text_means_a_known_slug_or_is_refused_with_known_ones(text: str) -> None:
    try:
        assert resolve(text, PARTIES, Slot.PARTY).slug in PARTIES.shown
    except UnknownName as unknown:
        assert set(unknown.suggestions) <= set(PARTIES.shown)  # noqa: PT017 - one of three right ends
    except AmbiguousName as ambiguous:
        assert 1 < len(ambiguous.choices) <= 5  # noqa: PT017
