"""What people typed is shown, not obeyed."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.render.text import as_of_words, date_words, echo, link, safe
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
        ("1. item", r"1\. item"),
        ("-# small", r"\-# small"),
        ("one\u2028# two\r> three", "one\n\\# two\n\\> three"),
        ("see discord.gg/abc", r"see discord.gg\/abc"),
        ("\ud800<\u200b@&1>", "\\<@⁠&1>"),
        ("👨‍👩‍👧 می‌خواهم", "\u2068👨‍👩‍👧 می‌خواهم\u2069"),
        ("one\nשלום, 3", "one\n\u2068שלום, 3\u2069"),
        ("@everyone", "@⁠everyone"),
        ("a\u202eb\u200bc\x00d", "abcd"),
    ],
)
def test_markdown_mentions_and_links_lose_their_power(typed: str, shown: str) -> None:
    assert safe(typed) == shown


_ESCAPED = re.compile(r"\\[^0-9A-Za-z\s]")
_OBEYED = re.compile(
    r"[*_~|`<\[\]\\]|://|@(?!\u2060)|discord(?:app)?\.\w+/|^\s*(?:[#>+-]|\d+\.)", re.MULTILINE | re.IGNORECASE
)
_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2066\u2067\ufeff\ud800-\udfff]"
)
_pieces = st.sampled_from(
    [
        *("<@1>", "<@!1>", "<@&1>", "<#1>", "<t:0:R>", "</ask:1>", "<id:home>", "<:x:1>", "@everyone", "@here"),
        *("[a](https://x.example)", "https://x.example", "<https://x.example>", "discord.gg/x", "```py", "||", "**"),
        *("# ", "-# ", "> ", ">>> ", "- ", "+ ", "12. ", "\n", "\r", "\u2028", "\x0b", " ", "\\", "_", "~~", ":", "//"),
        *("\u202e", "\u2067", "\u200b", "\u200d", "\ud800", "\x00", "\ufe0f", "שלום", "a", "1", "."),
    ]
)


@given(st.lists(_pieces, max_size=12).map("".join) | st.text(max_size=200))
def test_nothing_in_any_text_is_obeyed(typed: str) -> None:
    shown = safe(typed)

    assert not _OBEYED.search(_ESCAPED.sub("·", shown))
    assert not _HIDDEN.search(shown)
    assert all(line.count("\u2068") == line.count("\u2069") <= 1 for line in shown.split("\n"))


@pytest.mark.parametrize(
    ("url", "label", "shown"),
    [
        ("https://x.example/a_(b)", "The *paper*", r"[The \*paper\*](<https://x.example/a_%28b%29>) (x.example)"),
        ("https://аpple.com/", "Apple](<x>)", r"[Apple\](\<x>)](<https://xn--pple-43d.com/>) (xn--pple-43d.com)"),
        ("http://x.example", "The [paper]", r"The \[paper\]"),
        ("javascript:alert(1)", "Paper", "Paper"),
    ],
)
def test_a_link_tells_its_host_and_leads_nowhere_else(url: str, label: str, shown: str) -> None:
    assert link(url, label) == shown


@given(st.text(max_size=40) | st.lists(_pieces, max_size=8).map("".join), st.lists(_pieces, max_size=8).map("".join))
def test_no_address_and_no_label_breaks_out_of_a_link(path: str, label: str) -> None:
    shown = link(f"https://x.example/{path}", label)

    if "](<" in shown:
        assert re.fullmatch(
            r"\[(?:\\[^\n]|[^\[\]\\\n])*\]\(<https://x\.example/[^\s<>()|`*@\[\]\\]*>\) \(x\.example\)", shown
        )


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
