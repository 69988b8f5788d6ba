"""Suggestions while someone types."""

from dataclasses import replace

import pytest
from hypothesis import given

from knowledge.matching.complete import LIMIT, complete
from knowledge.matching.lexicon import build_lexicon
from knowledge.taxonomy import Topic
from tests.knowledge.samples import LETTER, TAXONOMY, TREATY
from tests.knowledge.strategies import EXAMPLES, any_text

LEXICON = build_lexicon(TAXONOMY, [TREATY, LETTER])
MANY = build_lexicon(
    replace(TAXONOMY, topics=tuple(Topic(f"topic-{number}", f"Topic {number}", "") for number in range(40))), []
)


def slugs(typed: str) -> list[str]:
    """What is offered of the parties."""
    return [slug for _, slug in complete(typed, LEXICON.parties)]


def test_nothing_typed_offers_all_principals_first() -> None:
    assert complete("", LEXICON.parties) == [
        ("Uplands", "uplands"),
        ("Lowlands", "lowlands"),
        ("Millers' Guild", "guild"),
        ("Highmoor", "highmoor"),
        ("Lowmoor", "lowmoor"),
    ]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("low", ["lowlands", "lowmoor"]),
        ("LOWM", ["lowmoor"]),
        ("ada", ["uplands"]),
        ("kern", ["uplands"]),
        ("ober", ["uplands"]),
        ("guild", ["guild"]),
        ("moor", ["highmoor", "lowmoor"]),
        ("lowmor", ["lowmoor"]),
        ("uplnads", ["uplands"]),
    ],
)
def test_beginnings_come_first_then_words_inside_then_what_is_alike(typed: str, first: list[str]) -> None:
    assert slugs(typed)[: len(first)] == first


def test_what_is_like_nothing_offers_nothing() -> None:
    assert slugs("zzzzzzzz") == []


def test_a_document_is_offered_by_its_number_and_title() -> None:
    assert complete("wat", LEXICON.documents) == [("000 The Water Treaty", "000")]
    assert complete("001", LEXICON.documents)[0] == ("001 Letter from the upper valley", "001")


@pytest.mark.parametrize("typed", ["", "topic", "topic 1"])
def test_never_more_than_discord_shows(typed: str) -> None:
    offered = complete(typed, MANY.topics)

    assert len(offered) <= LIMIT == 25
    assert len(set(offered)) == len(offered)


@EXAMPLES
@given(any_text)
def test_any_text_is_completed_from_what_is_known(typed: str) -> None:
    for name, slug in complete(typed, LEXICON.parties):
        assert LEXICON.parties.shown[slug] == name
