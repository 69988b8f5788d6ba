"""How a citation points into a text. The texts here are our own."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.errors import LocatorNotFound
from knowledge.locators import LineKind, excerpt, outline, parse, sentences
from tests.knowledge.strategies import EXAMPLES, any_text

REPORT = """The Two Valleys: A Report

by A. Writer

The valleys share one river. Nobody measured it for years! Who was to blame?

What the Upper Valley Wants
Its reeve spoke first. “We need the water.” The U.S. surveyors agreed.
• Water Rights: Half of the flow, all year. No less in summer.
- Tolls on the bridge go.
* A new gate.

Who opens the dam’s gates?
The guild does: every morning.

What the Lower Valley Wants
Mr. Fell spoke for it.
It wants two things:
• Water Rights: Two thirds of the flow.
• A seat in the guild.
"""


@pytest.mark.parametrize(
    ("locator", "words"),
    [
        ("paragraph 1 > sentence 2", "Nobody measured it for years!"),
        ("paragraph 1 > sentences 1-2", "The valleys share one river. Nobody measured it for years!"),
        ("What the Upper Valley Wants > sentence 2", "“We need the water.”"),
        ("What the Upper Valley Wants > paragraph 1 > sentence 3", "The U.S. surveyors agreed."),
        ("What the Upper Valley Wants > item 2", "Tolls on the bridge go."),
        ("What the Upper Valley Wants > item 3", "A new gate."),
        (
            "What the Upper Valley Wants > Water Rights",
            "Water Rights: Half of the flow, all year. No less in summer.",
        ),
        ("What the Upper Valley Wants > Water Rights > sentence 2", "No less in summer."),
        ("Who opens the dam’s gates?", "The guild does: every morning."),
        ("What the Lower Valley Wants > Water Rights", "Water Rights: Two thirds of the flow."),
        ("What the Lower Valley Wants > paragraph 1", "Mr. Fell spoke for it."),
        ("What the Lower Valley Wants > paragraph 2", "It wants two things:"),
        ("item 5", "A seat in the guild."),
    ],
)
def test_a_locator_selects_the_words_at_its_place(locator: str, words: str) -> None:
    assert excerpt(REPORT, locator) == words


@pytest.mark.parametrize(
    "locator",
    ["who opens the dam's gates?", "WHO OPENS THE DAM’S GATES?", "Who  opens the dam’s gates?"],
)
def test_headings_compare_without_case_typographic_quotes_and_spacing(locator: str) -> None:
    assert excerpt(REPORT, locator) == "The guild does: every morning."


def test_a_heading_selects_all_lines_below_it() -> None:
    assert excerpt(REPORT, "What the Lower Valley Wants").splitlines() == [
        "Mr. Fell spoke for it.",
        "It wants two things:",
        "Water Rights: Two thirds of the flow.",
        "A seat in the guild.",
    ]


@pytest.mark.parametrize(
    ("locator", "segment"),
    [
        ("What the Third Valley Wants", "What the Third Valley Wants"),
        ("Water Rights", "Water Rights"),
        ("What the Lower Valley Wants > Tolls", "Tolls"),
        ("What the Lower Valley Wants > item 3", "item 3"),
        ("What the Lower Valley Wants > item 0", "item 0"),
        ("What the Lower Valley Wants > items 1-2", "items 1-2"),
        ("item 1-2", "item 1-2"),
        ("paragraph 99", "paragraph 99"),
        ("paragraph 1 > sentence 4", "sentence 4"),
        ("paragraph 1 > sentence 0", "sentence 0"),
        ("paragraph 1 > sentences 2-1", "sentences 2-1"),
        ("paragraph 1 > sentences 3-4", "sentences 3-4"),
        ("sentence 1 > paragraph 1", "sentence 1"),
        ("", ""),
    ],
)
def test_a_locator_that_selects_nothing_or_several_places_is_refused(locator: str, segment: str) -> None:
    with pytest.raises(LocatorNotFound) as caught:
        excerpt(REPORT, locator)

    assert (caught.value.locator, caught.value.segment) == (locator, segment)
    assert str(caught.value) == f"{segment!r} of {locator!r} does not select one place"


def test_a_heading_that_stands_twice_selects_neither_place() -> None:
    with pytest.raises(LocatorNotFound):
        excerpt("Water\nIt flows.\n\nWater\nIt stands.", "Water")


def test_lines_are_headings_items_and_prose() -> None:
    kinds = [line.kind for line in parse(REPORT)]

    assert [kinds.count(kind) for kind in (LineKind.HEADING, LineKind.ITEM, LineKind.PROSE)] == [5, 5, 5]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two! Three?", ["One.", "Two!", "Three?"]),
        ("The U.S. Senate met. It left.", ["The U.S. Senate met.", "It left."]),
        ("Dr. Fell met Mr. Moss vs. Ms. Kern.", ["Dr. Fell met Mr. Moss vs. Ms. Kern."]),
        ("He said “No.” She left.", ["He said “No.”", "She left."]),
        ("It rose by 3.5 points. then fell", ["It rose by 3.5 points. then fell"]),
        ("no end", ["no end"]),
        ("  ", []),
    ],
)
def test_text_is_cut_into_sentences(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


def test_the_outline_gives_each_sentence_with_its_shortest_locator() -> None:
    assert list(outline(REPORT))[:6] == [
        ("paragraph 1 > sentence 1", "The valleys share one river."),
        ("paragraph 1 > sentence 2", "Nobody measured it for years!"),
        ("paragraph 1 > sentence 3", "Who was to blame?"),
        ("What the Upper Valley Wants > paragraph 1 > sentence 1", "Its reeve spoke first."),
        ("What the Upper Valley Wants > paragraph 1 > sentence 2", "“We need the water.”"),
        ("What the Upper Valley Wants > paragraph 1 > sentence 3", "The U.S. surveyors agreed."),
    ]
    assert dict(outline(REPORT))["What the Lower Valley Wants > item 2"] == "A seat in the guild."


words = st.sampled_from(
    ["river", "dam", "gate", "mill", "toll", "bridge", "reeve", "U.S. fleet", "Mr. Fell", "guild’s"]
)
spoken = st.builds(
    lambda some, end: f"The {' '.join(some)}{end}", st.lists(words, min_size=1, max_size=4), st.sampled_from(".!.?.")
)
prose = st.lists(spoken, min_size=1, max_size=4).map(lambda some: " ".join([*some, "So it stood."]))
labels = st.sampled_from(["Water Rights", "Tolls", "The Dam", "Gates of the guild"])
bodies = st.one_of(
    prose,
    prose.map(lambda text: f"- {text}"),
    words.map(lambda word: f"• New {word}"),
    st.builds(lambda label, text: f"{label}: {text}", labels, prose),
    st.builds(lambda label, text: f"* {label}: {text}", labels, prose),
)
headings = st.sampled_from(
    ["The Upper Valley", "the lower valley", "Who pays?", "Tolls", "paragraph 1", "Talks > Results"]
)


@st.composite
def documents(draw: st.DrawFn) -> str:
    """A text of sections, some without a heading, some without a line, some names twice."""
    titles = draw(st.lists(headings, max_size=4))
    opening = draw(st.lists(bodies, max_size=3))
    parts = [*opening, *(line for title in titles for line in ["", title, *draw(st.lists(bodies, max_size=4))])]
    return "\n".join(parts)


@EXAMPLES
@given(documents())
def test_every_locator_of_an_outline_leads_to_its_sentence(text: str) -> None:
    for locator, sentence in outline(text):
        assert excerpt(text, locator) == sentence


@EXAMPLES
@given(documents())
def test_an_outline_has_every_sentence_in_reading_order(text: str) -> None:
    told = [each for line in parse(text) if line.kind is not LineKind.HEADING for each in sentences(line.text)]

    assert [sentence for _, sentence in outline(text)] == told


@EXAMPLES
@given(any_text, any_text)
def test_any_locator_in_any_text_finds_words_or_is_refused(text: str, locator: str) -> None:
    with suppress(LocatorNotFound):
        assert isinstance(excerpt(text, locator), str)
