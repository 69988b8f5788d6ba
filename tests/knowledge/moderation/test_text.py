"""What people type is kept as it reads, without what cannot be seen."""

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.moderation.text import TextEmpty, TextTooLong, characters, clean, visible
from tests.knowledge.strategies import EXAMPLES

FAMILY = "👨‍👩‍👧‍👦"
ENGLAND = "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  two\t words\r\nand  a line ", "two words and a line"),
        ("cafe\u0301", "café"),
        ("a\u202eb\u2066c\u2069\u200bd\ufeffe\u00adf\x00g\x1bh\ud800i\u3164j", "abcdefghij"),
        ("\u0301\u0301mark first", "mark first"),
        ("z" + "\u0336\u0311" * 20, "z\u0336\u0336\u0311"),
        ("x\u200dy\u200cz", "xyz"),
        ("no\ufe0f hidden\U000e0101\U000e0102 bytes", "no hidden bytes"),
        ("tag\U000e0061\U000e0062", "tag"),
        ("a\u2800b", "a b"),
    ],
)
def test_what_cannot_be_seen_is_taken_out(typed: str, kept: str) -> None:
    assert clean(typed, limit=40) == kept


@pytest.mark.parametrize(
    "text",
    [
        *(FAMILY, ENGLAND, "🇺🇦", "1️⃣", "❤️", "👍🏽", "🏳️‍🌈", "🏴‍☠️"),
        *("می‌خواهم", "র‍্যাব", "क्‍ष", "ශ්‍රී", "葛\U000e0100", "နှုတ်ဆက်", "လျှို့ဝှက်", "שָׁלוֹם", "ᾄδω", "Tiếng Việt", "ไม่ได้", "각"),
    ],
)
def test_what_scripts_and_pictures_need_stays(text: str) -> None:
    composed = unicodedata.normalize("NFC", text)  # Hebrew and some others are stored in another order of marks

    assert clean(text, limit=20) == composed
    assert clean(f"{text} {text}", limit=40) == f"{composed} {composed}"


@pytest.mark.parametrize(
    ("text", "length"),
    [
        (FAMILY, 1),
        ("🇺🇦🇪🇺", 2),
        ("नमस्ते", 3),
        ("\u1112\u1161\u11ab\u1100\u1173\u11af", 2),
        ("cafe\u0301", 4),
        (ENGLAND, 1),
    ],
)
def test_characters_are_counted_as_they_are_read(text: str, length: int) -> None:
    assert len(characters(text)) == length


def test_a_claim_may_be_as_long_as_its_limit_and_no_longer() -> None:
    assert clean("e\u0301" * 280, limit=280) == "é" * 280
    assert clean("🇺🇦" * 140, limit=280) == "🇺🇦" * 140

    with pytest.raises(TextTooLong) as long:
        clean("x" * 281, limit=280)
    assert (long.value.length, long.value.limit) == (281, 280)


def test_characters_that_are_made_of_many_fill_a_text_sooner() -> None:
    with pytest.raises(TextTooLong) as long:
        clean(FAMILY * 100, limit=280)

    assert (long.value.length, long.value.limit) == (1_100, 560)


@pytest.mark.parametrize("text", ["", " \n\t", "\u200b\u202e", "\u3164", "\u0301", "\u2800", "\ufe0f\u200d"])
def test_nothing_that_can_be_seen_is_nothing(text: str) -> None:
    with pytest.raises(TextEmpty):
        clean(text, limit=10)


def test_lines_are_kept_where_they_are_wanted() -> None:
    assert clean(" one \r\n\r\n\r\n\n two\u2028three\n", limit=40, single_line=False) == "one\n\ntwo\nthree"


_odd = st.sampled_from(
    [*"a \n1❤👍🏽👩क्षر", "\u0301", "\u0344", "\u094d", "\u200d", "\u200c", "\ufe0f", "\u202e", "\u1100", "\u1161"]
)


@EXAMPLES
@given(st.text(max_size=120) | st.lists(_odd, max_size=30).map("".join), st.booleans())
def test_what_is_clean_stays_as_it_is(text: str, single_line: bool) -> None:
    try:
        kept = clean(text, limit=120, single_line=single_line)
    except (TextTooLong, TextEmpty):
        return

    assert clean(kept, limit=120, single_line=single_line) == kept
    assert unicodedata.is_normalized("NFC", kept)
    assert visible(kept) == kept
    kept.encode()


@pytest.mark.parametrize(
    "pile", ["\u0316\u0300", "\u200d", "👩\u200d", "\ufe0f", "\u05d0\u200c", "\U0001d165\U0001d16d"]
)
def test_a_tower_of_marks_takes_no_time(pile: str) -> None:
    started = time.process_time()
    visible(f"a{pile * 200_000}")
    with pytest.raises(TextTooLong):
        clean(f"a{pile * 200_000}", limit=280)

    assert time.process_time() - started < 5  # normalising it as it is would take minutes
