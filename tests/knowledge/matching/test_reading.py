"""What a question names, and whose stance it asks for."""

import pytest
from hypothesis import given

from knowledge.matching.reading import Reading
from tests.knowledge.matching.understanding import SMALL
from tests.knowledge.samples import TAXONOMY
from tests.knowledge.strategies import EXAMPLES, questions

NOISE = "zebra giraffe mongoose walrus badger otter "


def asked(reading: Reading) -> list[str]:
    """The parties, the one first that the words ask for most."""
    return [mention.slug for mention in sorted(reading.mentions, key=lambda mention: -mention.asked)]


def test_a_question_is_read_as_parties_topics_intents_and_unknown_words() -> None:
    reading = SMALL.read("What happened: did Ada Kern and the zebra agree on the reservoir?")

    assert [mention.slug for mention in reading.mentions] == ["uplands"]
    assert (set(reading.topics), set(reading.intents)) == ({"dam"}, {"events"})
    assert "zebra" in reading.unknown
    assert reading.foreign == ()


def test_nothing_that_is_known_is_no_evidence() -> None:
    for text in ("", "?!", "the zebra", "what do I say"):
        assert SMALL.read(text).evidence == 0, text


def test_each_name_adds_to_the_evidence() -> None:
    weights = [SMALL.read(text).evidence for text in ("bridge", "tolls", "uplands tolls", "uplands lowlands tolls")]

    assert weights == sorted(set(weights))


def test_an_attribution_at_the_end_counts_most() -> None:
    reading = SMALL.read("do the lowlands get water, according to uplands")

    assert asked(reading)[0] == "uplands"


def test_of_two_topics_the_one_that_is_named_more_exactly_tells_more() -> None:
    topics = SMALL.read("uplands: the dam, the reservoir dam").topics

    assert topics["dam"] > SMALL.read("uplands: the dam").topics["dam"]


def test_words_of_other_subjects_are_told_by_what_they_are() -> None:
    assert SMALL.read("a fish soup recipe for the uplands").foreign == ("fish soup", "recipe")


def test_parties_stand_in_the_order_of_the_text_each_once() -> None:
    reading = SMALL.read("lowlands, Ada Kern, the plain and the uplands")

    assert sorted(reading.mentions, key=lambda mention: mention.start) == list(reading.mentions)
    assert [mention.slug for mention in reading.mentions] == ["lowlands", "uplands"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("do the lowlands want tolls from the uplands", ["lowlands", "uplands"]),
        ("tolls from the uplands, do the lowlands want them", ["lowlands", "uplands"]),
        ("say about the uplands: what do the lowlands think", ["lowlands", "uplands"]),
        ("the dam against the lowlands according to uplands", ["uplands", "lowlands"]),
        ("water from the uplands, position of lowlands", ["lowlands", "uplands"]),
        ("the dam against the lowlands according to the uplands", ["uplands", "lowlands"]),
    ],
)
def test_the_words_around_a_party_tell_whether_it_is_asked_or_talked_about(text: str, expected: list[str]) -> None:
    assert asked(SMALL.read(text)) == expected


@pytest.mark.parametrize(
    ("text", "parties", "topics"),
    [
        ("guild", [], ["guild"]),
        ("lowlands guild", ["lowlands"], ["guild"]),
        ("millers water", ["guild"], ["water"]),
        ("the dam and the millers", ["guild"], ["dam"]),
        ("lowlands and uplands on the guild", ["lowlands", "uplands"], ["guild"]),
        ("guild, lowlands and uplands on water", ["guild", "lowlands", "uplands"], ["water"]),
        ("lowlands, uplands and the guild on water", ["lowlands", "uplands", "guild"], ["water"]),
        ("lowlands and guild on water", ["lowlands", "guild"], ["water"]),
        ("lowlands and uplands on the guild and water", ["lowlands", "uplands"], ["guild", "water"]),
    ],
)
def test_what_is_a_party_and_a_topic_is_the_one_that_is_missing(
    text: str, parties: list[str], topics: list[str]
) -> None:
    reading = SMALL.read(text)

    assert [mention.slug for mention in reading.mentions] == parties
    assert list(reading.topics) == topics


@pytest.mark.parametrize("text", ["compare the uplands and the lowlands", "uplands versus lowlands: tolls"])
def test_words_of_comparing_are_seen(text: str) -> None:
    assert SMALL.read(text).compares


@pytest.mark.parametrize("text", ["uplands tolls", "uplands tolls against the lowlands"])
def test_against_after_the_topic_does_not_compare(text: str) -> None:
    assert not SMALL.read(text).compares


@pytest.mark.parametrize("question", ["what does Ada Kern want on the dam", "the uplands on the reservoir, please"])
@pytest.mark.parametrize(("before", "after"), [(20, 0), (0, 20), (20, 20)])
def test_the_question_is_found_in_long_noise(question: str, before: int, after: int) -> None:
    reading = SMALL.read(f"{NOISE * before}. {question}? {NOISE * after}")

    assert [mention.slug for mention in reading.mentions] == ["uplands"]
    assert list(reading.topics) == ["dam"]
    assert reading.evidence > len(reading.unknown)


def test_of_two_questions_in_a_long_text_the_one_that_names_more_is_read() -> None:
    reading = SMALL.read(f"tolls {NOISE * 20} do the lowlands want water {NOISE * 20} bridge")

    assert (asked(reading), list(reading.topics)) == (["lowlands"], ["water"])


def test_slips_are_told() -> None:
    assert SMALL.read("uplnads watter").read_as == (("uplnads", "uplands"), ("watter", "water"))


@EXAMPLES
@given(questions)
def test_any_text_is_read_as_known_slugs_and_the_same_text_alike(text: str) -> None:
    reading = SMALL.read(text)
    slugs = [mention.slug for mention in reading.mentions]

    assert len(set(slugs)) == len(slugs)
    assert set(slugs) <= {party.slug for party in TAXONOMY.parties}
    assert set(reading.topics) <= {topic.slug for topic in TAXONOMY.topics}
    assert reading == SMALL.read(text)
