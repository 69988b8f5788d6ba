"""What people typed is shown, not obeyed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.render.text import as_of_words, date_words, echo, safe
from knowledge.as_of import AsOf
from knowledge.dates import PartialDate


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("**bold** _it_ ~~no~~ ||spoiler|| `code`", r"\*\*bold\*\* \_it\_ \~\~no\~\~ \|\|spoiler\|\| \`code\`"),
        ("<@1> <#2> <@&3> <t:0:R> </about:4> <id:home>", r"\<@⁠1> \<#2> \<@⁠&3> \<t:0:R> \</about:4> \<id:home>"),
        ("[x](https://evil.example)", r"\[x\](https:\//evil.example)"),
        ("# big", r"\# big"),
        ("> quote", r"\> quote"),
        ("- item", r"\- item"),
        ("1. item", r"\1. item"),
        ("@everyone", "@⁠everyone"),
        ("a\u202eb\u200bc\x00d", "abcd"),
    ],
)
def test_markdown_mentions_and_links_lose_their_power(typed: str, shown: str) -> None:
    assert safe(typed) == shown


@given(st.text(max_size=500))
def test_an_echo_is_one_short_line_without_mentions(typed: str) -> None:
    shown = echo(typed, 40)

    assert "\n" not in shown
    assert len(shown) <= 3 * 40 + 3
    assert "@everyone" not in shown
    assert "://" not in shown


@pytest.mark.parametrize(
    ("date", "words"),
    [("2025", "2025"), ("2025-06", "June 2025"), ("2025-06-02", "2 June 2025")],
)
def test_a_date_is_as_precise_as_it_is_known(date: str, words: str) -> None:
    assert date_words(PartialDate.parse(date)) == words


def test_the_two_axes_of_time_read_differently() -> None:
    recorded, said = AsOf.parse("2026-11"), AsOf.parse("said 2022")

    assert recorded is not None
    assert said is not None
    assert as_of_words(recorded) == "as recorded by November 2026"
    assert as_of_words(said) == "as said by 2022"
