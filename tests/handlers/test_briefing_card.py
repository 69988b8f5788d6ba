"""A briefing as messages: within every limit of Discord, nothing lost, nothing doubled, nothing obeyed."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handlers.render.briefing import DESCRIPTION_LIMIT, OTHER, Part, embed_of, mark, render_briefing, units
from handlers.render.briefing_items import item_text
from handlers.render.text import safe
from knowledge.briefing.digest import Change, Digest, Item, grouped
from knowledge.errors import Slot
from knowledge.model import Action, Citation, Document, Entry, Kind, Revision, Status
from knowledge.service.context import Context
from knowledge.service.naming import Naming
from tests.fakes.digests import DELIVERY, SERVER, SLOT, SUBSCRIPTION, LongNames, digests

SOME = settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
TALKS = Document("s1", "Talks", "0" * 64, title="Talks resume", author="Reuters", url="https://example.org/talks")
LIBRARY = {"s1": TALKS}
BEFORE = Entry("ru-ter-1", Kind.STANCE, "Russia wants a city.", (Citation("s1", "p. 1"),), "russia", "territory")


@pytest.fixture(scope="session")
def naming(context: Context) -> Naming:
    """The shipped names."""
    return Naming(context)


def item(entry: Entry, change: Change = Change.NEW, before: Entry | None = None, sequence: int = 1) -> Item:
    """What became of an entry."""
    return Item(change, Revision(SERVER, 1, Action.ADD, entry, SLOT, sequence=sequence, reason=entry.reason), before)


def digest_of(*items: Item) -> Digest:
    """A digest of them."""
    return Digest(0, 9, grouped(items, ["territory", "sanctions"], ["russia", "ukraine"]), LIBRARY)


def bare(text: str) -> str:
    """Without white space."""
    return re.sub(r"\s", "", text)


def without_headings(digest: Digest, naming: Naming, parts: tuple[Part, ...]) -> str:
    """All descriptions, without what an item stands below."""
    topics = {safe(naming.shown_name(Slot.TOPIC, each.topic)) if each.topic else OTHER for each in digest.groups}
    parties = {safe(naming.shown_name(Slot.PARTY, each.party)) if each.party else OTHER for each in digest.groups}
    heads = {f"### {each}" for each in topics} | {f"**{each}**" for each in parties}
    return bare("".join(each for part in parts for each in part.description.split("\n") if each not in heads))


@SOME
@given(digests(), st.booleans())
def test_every_part_keeps_every_limit_of_discord(context: Context, digest: Digest, delayed: bool) -> None:
    subscription = replace(SUBSCRIPTION, role=10**19)
    for part in render_briefing(subscription, replace(DELIVERY, delayed=delayed), digest, LongNames(context)):
        assert 1 <= units(part.content) <= 2_000
        assert 1 <= units(part.title) <= 256
        assert 1 <= units(part.description) <= DESCRIPTION_LIMIT
        assert units(part.title + part.description + part.footer) <= 6_000
        assert 1 <= units(part.name) <= 100
        assert len(embed_of(part)) <= 6_000


@SOME
@given(digests())
def test_no_change_is_lost_doubled_or_told_out_of_order(context: Context, digest: Digest) -> None:
    naming = LongNames(context)
    parts = render_briefing(SUBSCRIPTION, DELIVERY, digest, naming)

    told = "".join(item_text(each, digest.library) for each in digest.items)
    assert without_headings(digest, naming, parts) == bare(told)
    for each in digest.items:
        assert sum(part.description.count(f"· `{each.entry.id}`") for part in parts) == 1


@SOME
@given(digests())
def test_an_item_is_in_one_part_unless_it_alone_is_too_large(context: Context, digest: Digest) -> None:
    parts = render_briefing(SUBSCRIPTION, DELIVERY, digest, LongNames(context))

    for each in digest.items:
        text = item_text(each, digest.library)
        assert units(text) > DESCRIPTION_LIMIT - 500 or any(text in part.description for part in parts)


@SOME
@given(digests())
def test_nothing_that_was_typed_is_obeyed(context: Context, digest: Digest) -> None:
    for part in render_briefing(SUBSCRIPTION, DELIVERY, digest, LongNames(context)):
        text = f"{part.content}\n{part.description}"
        assert not re.search(r"(?<!\\)<[@#/t:]|@everyone|@here", text)
        assert set(re.findall(r"(?<!\\)\]\(<?(\w+:[^>]*)>", text)) <= {
            "https://example.org/talks",
            "https://evil.example/%29%5Bx%5D%28https://a.example",
        }


@SOME
@given(digests())
def test_being_late_changes_the_headline_alone(context: Context, digest: Digest) -> None:
    naming = LongNames(context)
    in_time = render_briefing(SUBSCRIPTION, DELIVERY, digest, naming)
    late = render_briefing(SUBSCRIPTION, replace(DELIVERY, delayed=True, attempts=3), digest, naming)

    assert [replace(part, content="") for part in late] == [replace(part, content="") for part in in_time]


def test_the_headline_is_plain_and_names_the_topics(naming: Naming) -> None:
    other = replace(BEFORE, id="ua-san-1", party="ukraine", topic="sanctions")
    [part] = render_briefing(SUBSCRIPTION, DELIVERY, digest_of(item(BEFORE), item(other)), naming)

    names = [naming.shown_name(Slot.TOPIC, slug) for slug in ("territory", "sanctions")]
    assert part.content == f"Briefing: 2 changes on {names[0]}, {names[1]}"
    assert part.topics == tuple(names)
    assert part.title == "Briefing of 22 November 2026"
    assert part.footer == "b-4k2m9qzz · 2026-11-22 07:00 UTC · part 1 of 1"
    assert part.name == f"22 November 2026: {names[0]} · {names[1]}"


def test_a_new_claim_has_all_that_a_reader_needs(naming: Naming) -> None:
    [part] = render_briefing(SUBSCRIPTION, DELIVERY, digest_of(item(BEFORE)), naming)

    assert part.description.split("\n") == [
        f"### {naming.shown_name(Slot.TOPIC, 'territory')}",
        "**Russia**",
        "**New** · Russia wants a city.",
        "Stance · undated · `ru-ter-1`",
        "Source [s1 · Talks resume, Reuters](<https://example.org/talks>) (example.org)",
        "Read more: `/position russia territory`",
    ]


def test_what_changed_is_marked_and_other_fields_are_told_before_and_after(naming: Naming) -> None:
    after = replace(BEFORE, claim="Russia wants two cities.", speaker="Lavrov")
    [part] = render_briefing(SUBSCRIPTION, DELIVERY, digest_of(item(after, Change.CHANGED, BEFORE)), naming)

    assert "**Changed** · Russia wants ~~a~~**two** ~~city~~**cities**." in part.description
    assert "**Speaker**: Lavrov" in part.description


def test_what_changed_altogether_is_told_before_and_after() -> None:
    before, after = replace(BEFORE, claim="a*" * 140), replace(BEFORE, claim="b*" * 140)
    text = item_text(item(after, Change.CHANGED, before), LIBRARY)

    assert f"~~{safe(before.claim)}~~ → {safe(after.claim)}" in text


@pytest.mark.parametrize(
    ("change", "status", "word"),
    [
        (Change.NO_LONGER_HELD, Status.SUPERSEDED, "No longer held"),
        (Change.RETRACTED, Status.RETRACTED, "Retracted"),
    ],
)
def test_what_is_gone_is_told_with_its_reason(naming: Naming, change: Change, status: Status, word: str) -> None:
    gone = replace(BEFORE, status=status, reason="Moscow dropped it.")
    [part] = render_briefing(SUBSCRIPTION, DELIVERY, digest_of(item(gone, change, BEFORE)), naming)

    assert f"**{word}** · Russia wants a city.\nReason: Moscow dropped it.\n" in part.description
    assert "`/entry history ru-ter-1`" in part.description


def test_the_newest_comes_first_below_one_heading(naming: Naming) -> None:
    items = [item(replace(BEFORE, id=f"ru-ter-{number}"), sequence=number) for number in (1, 3, 2)]
    [part] = render_briefing(SUBSCRIPTION, DELIVERY, digest_of(*items), naming)

    assert re.findall(r"· `(ru-ter-\d)`", part.description) == ["ru-ter-3", "ru-ter-2", "ru-ter-1"]
    assert part.description.count("### ") == 1


def test_what_has_no_party_does_not_stand_below_the_one_before(naming: Naming) -> None:
    event = replace(BEFORE, id="ev-1", kind=Kind.EVENT, party=None)
    [part] = render_briefing(SUBSCRIPTION, DELIVERY, digest_of(item(BEFORE), item(event)), naming)

    assert "**Other**\n**New**" in part.description
    assert "`/entry show ev-1`" in part.description


def test_only_the_first_part_pings_and_each_part_is_numbered(naming: Naming) -> None:
    items = [item(replace(BEFORE, id=f"ru-ter-{n}", claim="word " * 50), sequence=n) for n in range(40)]
    parts = render_briefing(replace(SUBSCRIPTION, role=5), DELIVERY, digest_of(*items), naming)

    assert len(parts) > 2
    assert [part.role for part in parts] == [5, *[None] * (len(parts) - 1)]
    assert ["<@&5>" in part.content for part in parts] == [True, *[False] * (len(parts) - 1)]
    assert parts[1].content.endswith(f"(2/{len(parts)})")
    assert len({part.footer for part in parts}) == len(parts)


def test_a_delayed_briefing_says_since_when(naming: Naming) -> None:
    [part] = render_briefing(SUBSCRIPTION, replace(DELIVERY, delayed=True), digest_of(item(BEFORE)), naming)

    assert part.content.endswith(f" (delayed from <t:{int(SLOT.timestamp())}:f>)")


def test_a_quiet_channel_gets_a_line_that_pings_nobody(naming: Naming) -> None:
    [part] = render_briefing(replace(SUBSCRIPTION, role=5), DELIVERY, None, naming)

    assert part.content == "Briefing: nothing has changed"
    assert part.description == "Nothing has changed since the last briefing."
    assert part.role is None


def test_the_mark_is_another_one_for_each_slot_and_part() -> None:
    later = SLOT + timedelta(seconds=1)
    marks = [mark("4k2m9qzz", slot, index, 2) for slot in (SLOT, later) for index in (0, 1)]

    assert len(set(marks)) == len(marks)
    assert marks[3] == "b-4k2m9qzz · 2026-11-22 07:00:01 UTC · part 2 of 2"
