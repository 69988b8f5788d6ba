"""A question as spans of known phrases."""

from dataclasses import replace

import pytest
from hypothesis import given

from knowledge.matching.scanning import CORRECTED, TEXT_LENGTH
from knowledge.matching.senses import Role, Sense
from knowledge.taxonomy import Party, Topic, Wording
from tests.knowledge.matching.understanding import SMALL, Understanding
from tests.knowledge.samples import TAXONOMY
from tests.knowledge.strategies import EXAMPLES, questions

ANOTHER = Understanding()


def with_topics(*topics: Topic) -> Understanding:
    """The small world with further topics."""
    return Understanding(replace(TAXONOMY, topics=(*TAXONOMY.topics, *topics)))


def test_spans_stand_in_the_order_of_the_text_with_what_they_mean() -> None:
    spans = SMALL.scan("Ada Kern and the dam").spans

    assert [(span.start, span.end) for span in spans] == [(0, 2), (2, 3), (3, 4), (4, 5)]
    assert [span.is_evidence for span in spans] == [True, False, False, True]
    assert [sense.slug for sense in spans[0].senses] == ["uplands"]
    assert spans[1].plays(Role.JOIN)


def test_the_longest_phrase_wins() -> None:
    assert SMALL.topics("spring water") == ["water"]
    assert len(SMALL.scan("spring water").spans) == 1
    assert with_topics(Topic("rights", "Water rights", "Who may draw.")).topics("their water rights") == ["rights"]


def test_a_phrase_that_leaves_no_word_over_wins_against_one_that_does() -> None:
    world = with_topics(
        Topic("locks", "Dam water", "Through the locks."), Topic("level", "Water level mark", "How high.")
    )

    assert world.topics("dam water level mark") == ["dam", "level"]


def test_a_longer_phrase_knows_the_party_that_it_begins_with() -> None:
    (span,) = SMALL.scan("highmoor money").spans

    assert [sense.slug for sense in span.senses] == ["tolls"]
    assert span.inner == {"highmoor"}


def test_a_name_as_it_is_written_beats_one_that_is_alike_in_its_stem() -> None:
    world = with_topics(Topic("meadows", "Lowland", "Who may mow."))

    assert (world.parties("lowlands"), world.topics("lowlands")) == (["lowlands"], [])
    assert (world.parties("lowland"), world.topics("lowland")) == ([], ["meadows"])


def test_one_name_of_two_parties_means_both() -> None:
    assert SMALL.parties("the moor council") == ["highmoor", "lowmoor"]


@pytest.mark.parametrize(
    "text",
    [
        "the dams",
        "reservoirs",
        "des Staudamms",
        "die Staudämme",
        "les barrages",
        "без плотины",
        "про плотину",
        "о плотинах",
        "barajlar",
        "barajın",
        "про греблю",
        "без греблі",
        "за греблями",
        "греблею",
    ],
)
def test_inflected_forms_are_known_in_each_language(text: str) -> None:
    assert SMALL.topics(text) == ["dam"]
    assert SMALL.scan(text).read_as == ()


@pytest.mark.parametrize(
    "text", ["UPLANDS", "Üplands", "up\u200blands", "Uplands!", "  uplands\n", "ｕｐｌａｎｄｓ", "uplаnds"]
)
def test_case_marks_and_lookalike_letters_make_no_difference(text: str) -> None:
    assert SMALL.parties(text) == ["uplands"]
    assert SMALL.scan(text).read_as == ()


@pytest.mark.parametrize(
    "markup",
    [
        "<@123456789012345678>",
        "<@!123456789012345678>",
        "<@&123456789012345678>",
        "<#123456789012345678>",
        "<:river:123456789012345678>",
        "<a:river:123456789012345678>",
        "<t:1700000000>",
        "<t:1700000000:R>",
        "</river:123456789012345678>",
        "https://river.example",
        "http://river.example",
    ],
)
def test_mentions_emoji_times_and_links_are_no_words(markup: str) -> None:
    assert SMALL.scan(f"{markup} dam{markup}").words == ("dam",)


@pytest.mark.parametrize(
    "text", ["**dam**", "||dam||", "`dam`", "> dam", "# dam", "~~_dam_~~", "[dam]", "“dam”", "dam?!"]
)
def test_formatting_leaves_the_words(text: str) -> None:
    assert SMALL.scan(text).words == ("dam",)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("resrvoir", "reservoir"),
        ("reservuir", "reservoir"),
        ("reserrvoir", "reservoir"),
        ("resevroir", "reservoir"),
        ("rservoir", "reservoir"),
        ("xyzzyplugh", None),
        ("reservoiiiiiir", "reservoir"),
        ("r3serv01r", "reservoir"),
        ("uplnads", "uplands"),
        ("Lowlamds", "lowlands"),
        ("плотиина", "плотина"),
        ("uplandswater", "uplands water"),
        ("aboutreservoir", "about reservoir"),
    ],
)
def test_slips_are_read_over_and_told(text: str, meant: str | None) -> None:
    found = SMALL.scan(text)

    assert found.read_as == (((text.lower(), meant),) if meant else ())
    assert " ".join(found.words) == (meant or text)


@pytest.mark.parametrize("text", ["tools", "rider", "later", "damp", "filter", "millers"])
def test_ordinary_and_known_words_are_meant_as_they_stand(text: str) -> None:
    assert SMALL.scan(text).read_as == ()
    assert SMALL.scan(text).words == (text,)


def test_a_slip_inside_a_name_of_several_words_is_read_over() -> None:
    assert SMALL.parties("peopel of the moorr") == ["highmoor"]


def test_unknown_words_are_in_no_span() -> None:
    found = SMALL.scan("the zebra dam")

    assert [found.words[place] for place in found.unknown] == ["zebra"]


def test_slips_are_not_looked_for_in_long_texts() -> None:
    assert SMALL.topics("reservior") == ["dam"]
    assert SMALL.topics("reservior" + " zebra" * CORRECTED) == []


def test_what_is_longer_than_a_message_is_not_looked_at() -> None:
    assert SMALL.topics("x" * (TEXT_LENGTH - 4) + " dam") == ["dam"]
    assert SMALL.topics("x" * TEXT_LENGTH + " dam") == []


def test_a_single_word_that_is_no_name_in_the_language_spoken_is_none() -> None:
    german = Wording("de", filler=("ab", "wann", "der", "fällt"))
    world = Understanding(
        replace(
            TAXONOMY,
            parties=(*TAXONOMY.parties, Party("arbiters", "Arbiters", "They judge.", aliases={"en": ("AB",)})),
            wordings=(*TAXONOMY.wordings, german),
        )
    )

    assert world.parties("ab wann fällt der Staudamm") == []
    assert world.parties("AB dam") == ["arbiters"]


def test_a_new_name_works_in_the_next_question() -> None:
    world = Understanding()
    assert world.topics("what about the sluice") == []
    world.book.add("en", "Sluice", Sense(Role.TOPIC, "dam", 3.0))
    world.speller.learn("en", ["sluice"])

    assert world.topics("what about the sluices") == ["dam"]
    assert world.topics("sluicce") == ["dam"]
    assert world.decide("uplands sluice").topics == ("dam",)


@EXAMPLES
@given(questions)
def test_spans_of_any_text_are_in_order_and_none_over_another(text: str) -> None:
    found = SMALL.scan(text)
    places = [place for span in found.spans for place in range(span.start, span.end)]

    assert places == sorted(set(places))
    assert sorted([*places, *found.unknown]) == list(range(len(found.words)))


@EXAMPLES
@given(questions)
def test_the_same_text_is_scanned_alike_by_all_that_know_the_same_words(text: str) -> None:
    assert SMALL.scan(text) == SMALL.scan(text) == ANOTHER.scan(text)
