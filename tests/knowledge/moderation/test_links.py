"""Only plain addresses of public hosts are kept, and no markup can end them early."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.moderation.links import ADDRESS_LENGTH, LinkNotAllowed, WhyNot, host_of, https_address
from tests.knowledge.strategies import EXAMPLES


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" https://example.org ", "https://example.org"),
        ("HTTPS://Example.ORG.:443/A?b=c&d=%20#e", "https://example.org/A?b=c&d=%20#e"),
        ("https://en.wikipedia.org/wiki/Dam_(river)", "https://en.wikipedia.org/wiki/Dam_%28river%29"),
        (
            "https://x.example/`a`|b|<c>[d]*e*__f__~~g~~@h",
            "https://x.example/%60a%60%7Cb%7C%3Cc%3E%5Bd%5D%2Ae%2A%5F%5Ff%5F%5F%7E%7Eg%7E%7E%40h",
        ),
        ("https://x.example/100%?q=%zz", "https://x.example/100%25?q=%25zz"),
        ("https://x.example/вода", "https://x.example/%D0%B2%D0%BE%D0%B4%D0%B0"),
        ("https://bücher.example/", "https://xn--bcher-kva.example/"),
        ("https://аррӏе.com/", "https://xn--80ak6aa92e.com/"),
    ],
)
def test_an_address_is_kept_in_one_form(typed: str, kept: str) -> None:
    assert https_address(typed) == kept


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("http://example.org", WhyNot.NOT_HTTPS),
        ("javascript:alert(1)", WhyNot.NOT_HTTPS),
        ("example.org", WhyNot.NOT_HTTPS),
        ("", WhyNot.NOT_HTTPS),
        ("https://example.org@evil.example/", WhyNot.USER),
        ("https://user:secret@example.org", WhyNot.USER),
        ("https://localhost/", WhyNot.HOST),
        ("https://intranet", WhyNot.HOST),
        ("https://printer.local", WhyNot.HOST),
        ("https:///path", WhyNot.HOST),
        ("https://ex ample.org", WhyNot.CHARACTERS),
        ("https://exam_ple.org", WhyNot.HOST),
        ("https://-x-.example", WhyNot.HOST),
        ("https://127.0.0.1/", WhyNot.IP_ADDRESS),
        ("https://0x7f.0.0.0x1/", WhyNot.IP_ADDRESS),
        ("https://2130706433/", WhyNot.IP_ADDRESS),
        ("https://１２７.0.0.1/", WhyNot.IP_ADDRESS),
        ("https://[::1]/", WhyNot.IP_ADDRESS),
        ("https://example.org:8443/", WhyNot.PORT),
        ("https://example.org\\@evil.example", WhyNot.CHARACTERS),
        ("https://example.org/\u202egpj.exe", WhyNot.CHARACTERS),
        ("https://example.org/a\nb", WhyNot.CHARACTERS),
        ("https://example.org/\ud800", WhyNot.CHARACTERS),
        (f"https://example.org/{'x' * ADDRESS_LENGTH}", WhyNot.TOO_LONG),
        (f"https://example.org/{'ы' * 200}", WhyNot.TOO_LONG),
    ],
)
def test_another_address_is_refused_and_says_why(typed: str, why: WhyNot) -> None:
    with pytest.raises(LinkNotAllowed) as refused:
        https_address(typed)

    assert (refused.value.text, refused.value.why) == (typed, why)


def test_the_host_is_that_of_the_address() -> None:
    assert host_of(https_address("https://www.Example.org?x=/y")) == "www.example.org"


@EXAMPLES
@given(
    st.text(max_size=80),
    st.text(max_size=60),
    st.sampled_from(["https://", "https://x.example/", "https://x.example?", ""]),
)
def test_any_text_is_an_address_that_holds_or_is_refused(first: str, second: str, start: str) -> None:
    try:
        address = https_address(start + first + second)
    except LinkNotAllowed:
        return

    assert re.fullmatch(r"https://[a-z0-9.-]+(?:[/?#][!#$%&+,./0-9:;=?A-Z_a-z~-]*)?", address)
    assert https_address(address) == address
    assert "." in host_of(address)
