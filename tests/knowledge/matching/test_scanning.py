"""A question as spans of known phrases."""

from dataclasses import replace

import pytest
from hypothesis import given

from knowledge.matching.scanning import (
    CORRECTED,
    MOST_UNKNOWN,
    MOST_WORDS,
    PIECE,
    TEXT_LENGTH,
    pieces,
    plain_words,
    scan,
)
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
    assert SMALL.topics("what about the sluice") == []
    world = SMALL.with_phrases([("en", "Sluice", Sense(Role.TOPIC, "dam", 3.0))])

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


SLIPS = replace(
    TAXONOMY.wordings[0], slips={"the": ("teh",), "tolls": ("trolls", "preparations")}, neutral=("preparations",)
)
SLIPPING = Understanding(replace(TAXONOMY, wordings=(SLIPS,)))


def test_what_is_no_word_is_always_read_as_the_word_that_it_is_often_written_for() -> None:
    found = SLIPPING.scan("teh dam")

    assert found.words == ("the", "dam")
    assert found.read_as == (("teh", "the"),)


@pytest.mark.parametrize("word", ["trolls", "preparations"])
def test_an_ordinary_word_is_read_as_another_only_boldly(word: str) -> None:
    assert SLIPPING.topics(f"uplands {word}") == []

    bold = scan(f"uplands {word}", SLIPPING.book, SLIPPING.speller, boldly=True)

    assert bold.words == ("uplands", "tolls")
    assert bold.read_as == ((word, "tolls"),)


def test_of_many_unknown_words_only_the_first_are_read_over() -> None:
    words = ["reservor"] * (MOST_UNKNOWN + 3)

    assert SMALL.scan(" ".join(words)).words == ("reservoir",) * MOST_UNKNOWN + ("reservor",) * 3


def test_a_long_text_is_read_in_pieces_that_overlap() -> None:
    words = [f"w{number}" for number in range(2 * PIECE)]
    found = [piece.split() for piece in pieces(" ".join(words))]

    assert all(len(piece) <= PIECE for piece in found)
    assert list(dict.fromkeys(word for piece in found for word in piece)) == words
    assert set(found[0]) & set(found[1])


def test_a_question_is_one_piece_as_it_was_typed() -> None:
    assert pieces("The DAM?") == ["The DAM?"]


def test_of_noise_the_beginning_and_the_end_are_read() -> None:
    words = plain_words("dam " + "a " * 1_900 + "tolls")

    assert (len(words), words[0], words[-1]) == (MOST_WORDS, "dam", "tolls")


@pytest.mark.parametrize("text", ["\ufdfa" * TEXT_LENGTH, "a\u0301\u0302" * TEXT_LENGTH, "</" + "a " * TEXT_LENGTH])
def test_what_grows_when_it_is_written_out_stays_bounded(text: str) -> None:
    assert sum(map(len, plain_words(text))) <= TEXT_LENGTH


def test_of_the_longest_text_so_few_words_are_read_that_nobody_waits() -> None:
    found = [len(piece.split()) for piece in pieces("a b " * TEXT_LENGTH)]

    assert max(found) <= 70
    assert sum(found) <= 450
    assert MOST_UNKNOWN <= 4
