"""A question in any words -> what it names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.matching.lexicon import build_lexicon
from knowledge.matching.reading import Reading, read
from tests.knowledge.samples import TAXONOMY
from tests.knowledge.strategies import EXAMPLES

LEXICON = build_lexicon(TAXONOMY, [])
some_words = st.lists(
    st.sampled_from(["uplands", "lowlands", "ada", "kern", "moor", "council", "water", "dam", "guild", "the", "zebra"]),
    max_size=9,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("uplands water", Reading(("uplands",), ("water",), (), (), 100)),
        ("What does Ada Kern say about the reservoir?", Reading(("uplands",), ("dam",), (), (), 100)),
        ("lowlands and uplands on tolls", Reading(("lowlands", "uplands"), ("tolls",), (), (), 100)),
        ("upland water", Reading((), ("water",), (), (), 100)),
        ("what happened on the bridge", Reading((), (), ("events",), ("bridge",), 100)),
        ("moor council", Reading(("highmoor", "lowmoor"), (), (), (), 100)),
        ("", Reading((), (), (), (), 100)),
        ("what about the zebra", Reading((), (), (), ("zebra",), 100)),
    ],
)
def test_a_question_is_read_by_the_longest_names(text: str, expected: Reading) -> None:
    assert read(text, LEXICON) == expected


def test_a_word_that_is_a_party_and_a_topic_is_the_topic_beside_a_party() -> None:
    assert read("lowlands guild", LEXICON).topics == ("guild",)
    assert read("lowlands guild", LEXICON).parties == ("lowlands",)


def test_a_word_that_is_a_party_and_a_topic_is_the_party_beside_a_topic() -> None:
    reading = read("millers water", LEXICON)

    assert (reading.parties, reading.topics) == (("guild",), ("water",))


def test_a_slip_lowers_the_score() -> None:
    reading = read("uplnads water", LEXICON)

    assert (reading.parties, reading.topics) == (("uplands",), ("water",))
    assert 75 <= reading.score < 100


def test_a_short_word_is_no_slip_of_another() -> None:
    assert read("damn", LEXICON).topics == ()


def test_what_is_asked_beyond_the_limit_is_not_looked_at() -> None:
    assert read("uplands " + "x " * 400 + "water", LEXICON).topics == ()


@EXAMPLES
@given(st.text(max_size=60) | some_words.map(" ".join))
def test_any_text_is_read_as_known_slugs_each_once(text: str) -> None:
    reading = read(text, LEXICON)

    assert set(reading.parties) <= set(LEXICON.parties.shown)
    assert set(reading.topics) <= set(LEXICON.topics.shown)
    assert len(set(reading.parties)) == len(reading.parties)
    assert 0 <= reading.score <= 100
