"""Text as it is compared."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from knowledge.matching.normalise import normalise
from tests.knowledge.strategies import EXAMPLES

tricky = st.text(alphabet="aBéßıİłØЙїΣςｱ한각'’ʼ`._- \t\n\r\u200b\u202e\u0301\u00adŉﬁ①²", max_size=12)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  Russia,  Security! ", "russia security"),
        ("U.S.", "us"),
        ("Rusya'nın", "rusyanin"),
        ("Rusya’nın", "rusyanin"),
        ("мʼята", "мята"),
        ("Müller-Straße", "muller strasse"),
        ("İSTANBUL", "istanbul"),
        ("Łódź Ørsted", "lodz orsted"),
        ("Київ", "київ"),
        ("rus\u200bsia\u202e", "russia"),
        ("soft\u00adware", "software"),
        ("snake_case", "snake case"),
        ("a\nb\tc\r\nd", "a b c d"),
        ("ﬁnal ①", "final 1"),
        ("||spoiler||", "spoiler"),
        ("?!…", ""),
        ("", ""),
    ],
)
def test_case_accents_marks_and_punctuation_fall_away(text: str, expected: str) -> None:
    assert normalise(text) == expected


@EXAMPLES
@given(st.text() | tricky)
@example("b.ʼc")
@example("ʼʼa")
def test_it_is_idempotent(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@EXAMPLES
@given(st.text() | tricky)
def test_it_leaves_words_with_one_space_between_them(text: str) -> None:
    words = normalise(text)

    assert words == " ".join(words.split())
    assert all(word.replace("_", "").isprintable() for word in words.split())


@EXAMPLES
@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz éüñ", max_size=30))
def test_case_makes_no_difference(text: str) -> None:
    assert normalise(text.upper()) == normalise(text.lower()) == normalise(text)
