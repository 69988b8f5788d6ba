"""What differs between two contents, as people read it."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.render.moderation.differences import difference_lines, marked
from knowledge.codec import entry_to_dict
from knowledge.dates import PartialDate
from knowledge.model import Act, Citation, Entry, Kind, Status
from knowledge.moderation.model import Subject

WORDS = st.lists(st.sampled_from(["Russia", "wants", "5", ".", "peace", "-", "*", "_now_", "#"]), max_size=8)


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("Russia wants peace", "Russia wants peace", "Russia wants peace"),
        ("Russia wants peace", "Russia demands peace", "Russia ~~wants~~**demands** peace"),
        ("Russia wants peace", "Russia wants a peace", "Russia wants **a** peace"),
        ("Russia wants peace now", "Russia wants peace", "Russia wants peace ~~now~~"),
        ("", "Peace", "**Peace**"),
        ("Peace", "", "~~Peace~~"),
        ("about 5.5 km", "some 5.5 km", "~~about~~**some** 5.5 km"),
        ("a - b", "# a - b", r"**\#** a - b"),
        ("Киев хочет мира", "Киев требует мира", "Киев ~~хочет~~**требует** мира"),
        ("peace שלום", "war שלום", "\u2068~~peace~~**war** שלום\u2069"),
        ("peace שלום", "peace now", "\u2068peace ~~שלום~~**now**\u2069"),
        ("a *b* c", "a *b* d", r"a \*b\* ~~c~~**d**"),
    ],
)
def test_changed_words_are_marked(before: str, after: str, shown: str) -> None:
    assert marked(before, after) == shown


@given(WORDS, WORDS)
def test_both_texts_can_be_read_from_what_is_marked(before: list[str], after: list[str]) -> None:
    old, new = " ".join(before), " ".join(after)
    shown = marked(old, new)

    assert _plain(re.sub(r"(?<!\\)\*\*(.+?)(?<!\\)\*\*", "", shown).replace("~~", "")) == _plain(old)
    assert _plain(re.sub(r"(?<!\\)~~(.+?)(?<!\\)~~", "", shown).replace("**", "")) == _plain(new)


def test_a_mention_in_a_claim_is_shown_and_not_obeyed() -> None:
    assert "<@1>" not in marked("to <@1>", "for <@1> and @everyone").replace("\\<", "")
    assert "@everyone" not in marked("to <@1>", "for <@1> and @everyone")


def test_each_field_that_differs_has_a_line_with_old_and_new() -> None:
    before = Entry("x-1", Kind.STANCE, "Russia wants peace.", (Citation("001", "whole text"),), "russia", "territory")
    after = Entry(
        "x-1",
        Kind.STANCE,
        "Russia wants war.",
        (Citation("002", "Page 1"),),
        "russia",
        "security",
        speaker="Lavrov",
        act=Act.DEMAND,
        stated_on=PartialDate(2025, 6),
        status=Status.RETRACTED,
    )

    assert difference_lines(Subject.ENTRY, entry_to_dict(before), entry_to_dict(after)) == [
        "**Claim**: Russia wants ~~peace~~**war**.",
        "**Topic**: ~~territory~~ → security",
        "**Act**: demand",
        "**Speaker**: Lavrov",
        "**Said on**: 2025-06",
        "**Status**: ~~active~~ → retracted",
        "**Sources**: ~~`001` whole text~~ → `002` Page 1",
    ]


def test_roles_and_channels_are_named_so_that_discord_shows_them() -> None:
    before, after = {"editor_role": 1, "audit_channel": None}, {"editor_role": 2, "audit_channel": 3}

    assert difference_lines(Subject.SETTINGS, before, after) == [
        "**Editor role**: ~~<@&1>~~ → <@&2>",
        "**Audit channel**: <#3>",
    ]


def _plain(text: str) -> str:
    return "".join(text.replace("\\", "").split())
