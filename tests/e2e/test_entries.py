"""``/entry`` as moderators and members type it."""

import re

import discord
import pytest

from tests.fakes.world import Person, Seen, World

CLAIM = "Russia wants a land bridge to Crimea by treaty."
MANAGER = discord.Permissions(manage_guild=True)
SOURCE = "Talks resume | https://example.org/talks | 2025-06-02"


async def added(person: Person, claim: str = CLAIM, **options: str) -> str:
    """Adds an entry; returns its id."""
    form = await person.opens("entry add", **({"party": "russia", "topic": "territory"} | options))
    seen = await person.sends(form, act="demand", claim=claim, sources=SOURCE, said="2025-06")
    found = re.search(r"Entry (\S+) added", seen.text)
    assert found, seen.text
    return found[1]


async def revised(person: Person, entry: str, claim: str) -> Seen:
    return await person.sends(await person.opens("entry revise", entry=entry), claim=claim)


async def test_with_party_and_topic_the_form_asks_for_the_rest(world: World) -> None:
    form = await world.moderator.opens("entry add", party="russia", topic="Territory")

    assert form.title == "Add an entry · Russia · Territory"
    assert list(form.filled) == ["act", "claim", "sources", "said"]


async def test_with_one_option_the_form_asks_for_the_other(world: World) -> None:
    form = await world.moderator.opens("entry add", party="russia")
    seen = await world.moderator.sends(form, topic="territory", act="demand", claim=CLAIM, sources=SOURCE, said="2025")

    assert list(form.filled) == ["topic", "act", "claim", "sources", "said"]
    assert "**Topic**: territory" in seen.text
    assert "**Said on**: 2025" in seen.text


async def test_without_options_the_date_shares_a_field_with_the_sources(world: World) -> None:
    form = await world.moderator.opens("entry add")
    seen = await world.moderator.sends(
        form, party="russia", topic="territory", act="demand", claim=CLAIM, sources=f"{SOURCE}\nsaid 2025-06"
    )

    assert list(form.filled) == ["party", "topic", "act", "claim", "sources"]
    assert "**Said on**: 2025-06" in seen.text
    assert "**Party**: russia" in seen.text


async def test_a_name_that_is_only_likely_is_chosen_in_the_form(world: World) -> None:
    form = await world.moderator.opens("entry add", party="russ", topic="territory")

    assert form.title == "Add an entry · Territory"
    assert form.filled["party"] == "russia"
    assert "ukraine" in form.options["party"]


async def test_other_kinds_have_no_act_and_keep_what_the_options_say(world: World) -> None:
    options = {"kind": "obstacle", "speaker": "Lavrov", "contested": "The sources differ."}
    form = await world.moderator.opens("entry add", topic="territory", **options)
    seen = await world.moderator.sends(form, claim="Nobody trusts anybody.", sources=SOURCE)

    assert list(form.filled) == ["party", "claim", "sources", "said"]
    for line in ("**Kind**: obstacle", "**Speaker**: Lavrov", "**Contested**: The sources differ."):
        assert line in seen.text


async def test_what_is_added_is_answered_at_once_here_and_nowhere_else(world: World) -> None:
    await added(world.moderator)

    assert "land bridge" in await everything(world.mia)
    assert "land bridge" not in await everything(world.elsewhere("zoe"))
    assert "land bridge" not in await everything(world.in_dm("eve"))


async def test_a_claim_that_is_too_long_comes_back_and_can_be_edited_again(world: World) -> None:
    form = await world.moderator.opens("entry add", party="russia", topic="territory")
    claim = "word " * 60
    back = await world.moderator.sends(form, act="demand", claim=claim, sources=SOURCE, said="2025-06")

    assert back.ephemeral
    assert "299 characters" in back.text
    assert claim in back.text
    assert SOURCE in back.text
    again = await world.moderator.click_opens(back, "Edit again")
    assert again.filled == {"act": "demand", "claim": claim, "sources": SOURCE, "said": "2025-06"}
    seen = await world.moderator.sends(again, claim=CLAIM)
    assert "added" in seen.text


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("said", "last June", "I cannot read “last June” as a date"),
        ("sources", "Talks | http://example.org | 2025", "Sources"),
        ("sources", "https://example.org/talks", "Sources"),
        ("sources", "Talks | https://example.org | some day", "I cannot read “some day” as a date"),
    ],
)
async def test_what_is_faulty_is_explained_and_comes_back(world: World, field: str, typed: str, said: str) -> None:
    form = await world.moderator.opens("entry add", party="russia", topic="territory")
    values = {"act": "demand", "claim": CLAIM, "sources": SOURCE} | {field: typed}
    back = await world.moderator.sends(form, **values)

    assert said.casefold() in back.text.casefold()
    assert CLAIM in back.text
    assert typed in back.text
    assert "Edit again" in back.buttons


async def test_a_date_that_shares_the_field_is_there_again(world: World) -> None:
    form = await world.moderator.opens("entry add")
    typed = {"party": "russia", "topic": "territory", "act": "demand", "claim": CLAIM}
    back = await world.moderator.sends(form, **typed, sources=f"{SOURCE}\nsaid last June")
    again = await world.moderator.click_opens(back, "Edit again")

    assert again.filled == typed | {"sources": f"{SOURCE}\nsaid last June"}


async def test_text_that_fits_no_message_comes_back_as_a_file(world: World) -> None:
    form = await world.moderator.opens("entry add", party="russia", topic="territory")
    lines = "\n".join(f"Source {number} | https://example.org/{number} | soon" for number in range(60))
    back = await world.moderator.sends(form, act="demand", claim=CLAIM, sources=lines)

    (file,) = back.message.attachments
    assert lines in (await file.read()).decode()
    assert CLAIM in (await file.read()).decode()


async def test_after_a_restart_edit_again_says_that_the_text_stands_above(world: World) -> None:
    form = await world.moderator.opens("entry add", party="russia", topic="territory")
    back = await world.moderator.sends(form, act="demand", claim="word " * 60, sources=SOURCE)
    await world.restart()
    seen = await world.moderator.click(back, "Edit again")

    assert "That form is gone" in seen.text
    assert "Your text still stands above" in seen.text


async def test_a_form_that_was_open_over_a_restart_gives_the_text_back(world: World) -> None:
    form = await world.moderator.opens("entry add", party="russia", topic="territory")
    await world.restart()
    seen = await world.moderator.sends(form, act="demand", claim=CLAIM, sources=SOURCE)

    assert seen.ephemeral
    assert "so I could not take it" in seen.text
    assert CLAIM in seen.text
    assert SOURCE in seen.text
    assert "land bridge" not in await everything(world.mia)


async def test_a_base_entry_revised_here_is_unchanged_elsewhere(world: World) -> None:
    form = await world.moderator.opens("entry revise", entry="ru-sec-2")
    assert form.title == "Revise · ru-sec-2"
    assert list(form.filled) == ["claim", "act", "sources", "said", "reason"]
    assert form.filled["claim"].startswith("Russia wants legally binding security guarantees")
    seen = await world.moderator.sends(form, claim="Russia wants guarantees on paper.", reason="Shorter")

    assert "~~" in seen.text
    assert "Reason: Shorter" in seen.text
    asked = {"party": "russia", "topic": "security"}
    assert "guarantees on paper" in (await world.mia.slash("position", **asked)).text
    for person in (world.elsewhere("zoe"), world.in_dm("eve")):
        assert "Russia wants legally binding" in (await person.slash("position", **asked)).text


async def test_what_no_form_asks_for_is_changed_by_options(world: World) -> None:
    entry = await added(world.moderator, speaker="Lavrov", contested="Kyiv denies it.")
    form = await world.moderator.opens("entry revise", entry=entry, speaker="Peskov", contested="-")
    seen = await world.moderator.sends(form)

    assert "**Speaker**: ~~Lavrov~~ → Peskov" in seen.text
    assert "**Contested**: ~~Kyiv denies it.~~" in seen.text
    assert "Claim" not in seen.text


async def test_the_slower_of_two_moderators_sees_the_newer_version_and_can_go_on_top(world: World) -> None:
    entry = await added(world.moderator)
    slow = await world.moderator.opens("entry revise", entry=entry)
    role = world.guild.create_role("Others", permissions=MANAGER)
    world.give_role(world.ben, role)
    await revised(world.ben, entry, "Russia wants a bridge by force.")

    late = await world.moderator.sends(slow, claim="Russia wants a tunnel.")
    assert "was changed in the meantime" in late.text
    assert "Russia wants a bridge by force." in late.text
    assert "```\nRussia wants a tunnel.\n```" in late.text
    assert "by force" in await everything(world.mia)

    done = await world.moderator.click(late, "Apply on top")
    assert "revised" in done.text
    shown = await everything(world.mia)
    assert "Russia wants a tunnel." in shown
    history = await world.mia.slash("entry history", entry=entry)
    assert "by force" in history.text
    assert history.text.index("**3** · revised") < history.text.index("**2** · revised")


async def test_a_status_that_was_overtaken_goes_onto_the_newest_words(world: World) -> None:
    entry = await added(world.moderator)
    slow = await world.moderator.opens("entry retract", entry=entry)
    await revised(world.moderator, entry, "Russia wants a bridge by force.")

    late = await world.moderator.sends(slow, reason="Nobody said so")
    assert "**Status**: ~~active~~ → retracted" in late.text
    assert "Nobody said so" in late.text
    await world.moderator.click(late, "Apply on top")
    shown = await world.mia.slash("entry show", entry=entry)
    assert "by force" in shown.text
    assert "**Status**: retracted" in shown.text


@pytest.mark.parametrize(("command", "status"), [("entry retract", "retracted"), ("entry supersede", "no longer held")])
async def test_what_no_longer_stands_is_answered_no_more_until_it_is_restored(
    world: World, command: str, status: str
) -> None:
    entry = await added(world.moderator)
    form = await world.moderator.opens(command, entry=entry)
    assert CLAIM in form.text
    assert list(form.filled) == ["reason"]
    seen = await world.moderator.sends(form, reason="The source was corrected")

    assert "Reason: The source was corrected" in seen.text
    assert CLAIM not in await everything(world.mia)
    shown = await world.mia.slash("entry show", entry=entry)
    assert f"**Status**: {status}" in shown.text
    assert "**Why**: The source was corrected" in shown.text

    await world.moderator.sends(await world.moderator.opens("entry restore", entry=entry), reason="It was right")
    assert CLAIM in await everything(world.mia)


async def test_restoring_what_stands_changes_nothing(world: World) -> None:
    form = await world.moderator.opens("entry restore", entry="ru-sec-2")
    seen = await world.moderator.sends(form, reason="Why not")

    assert "nothing has changed" in seen.text
    assert "Why not" in seen.text


@pytest.mark.parametrize(
    ("command", "options"),
    [
        ("entry add", {"party": "russia", "topic": "territory"}),
        ("entry revise", {"entry": "ru-sec-2"}),
        ("entry retract", {"entry": "ru-sec-2"}),
        ("entry supersede", {"entry": "ru-sec-2"}),
        ("entry restore", {"entry": "ru-sec-2"}),
    ],
)
async def test_a_member_gets_no_form_but_is_told_what_it_needs(
    world: World, command: str, options: dict[str, str]
) -> None:
    seen = await world.mia.slash(command, **options)

    assert seen.ephemeral
    assert "This is for editors" in seen.text


async def test_who_loses_the_role_while_typing_is_refused_and_keeps_the_text(world: World) -> None:
    role = world.guild.create_role("Others", permissions=MANAGER)
    world.give_role(world.ben, role)
    form = await world.ben.opens("entry add", party="russia", topic="territory")
    world.take_role(world.ben, role)
    seen = await world.ben.sends(form, act="demand", claim=CLAIM, sources=SOURCE)

    assert "This is for editors" in seen.text
    assert CLAIM in seen.text
    assert "land bridge" not in await everything(world.mia)
    assert "This is for editors" in (await world.ben.click(seen, "Edit again")).text


async def test_show_has_all_fields_and_the_sources_in_full(world: World) -> None:
    entry = await added(world.moderator, speaker="Lavrov", contested="Kyiv denies it.")
    seen = await world.mia.slash("entry show", entry=entry)

    assert seen.text.startswith(f"## Entry `{entry}`\n**{CLAIM}**")
    for line in (
        "**Party**: russia",
        "**Topic**: territory",
        "**Act**: Demand",
        "**Kind**: Stance",
        "**Speaker**: Lavrov",
        "**Said on**: June 2025",
        "**Contested**: Kyiv denies it.",
        "**Status**: stands",
        "[Talks resume](<https://example.org/talks>) (example.org) · 2 June 2025",
        f"-# version 1: added by <@{world.moderator.actor.id}>, <t:",
    ):
        assert line in seen.text
    assert "History" in seen.buttons


async def test_show_of_a_base_entry_says_that_it_is_shipped(world: World) -> None:
    seen = await world.mia.slash("entry show", entry="ru-sec-2")

    assert "added by the shipped base, <t:1767323040:f>" in seen.text
    assert "`004`" in seen.text


async def test_history_tells_who_when_why_and_what_over_several_pages(world: World) -> None:
    entry = await added(world.moderator)
    for number in range(1, 9):
        form = await world.moderator.opens("entry revise", entry=entry)
        await world.moderator.sends(
            form, claim=f"{CLAIM} {number} " + "and more " * 20, reason=f"Reason number {number}"
        )
    seen = await world.mia.slash("entry history", entry=entry)

    assert seen.text.startswith(f"## History of `{entry}`\n-# Newest first")
    assert f"**9** · revised by <@{world.moderator.actor.id}>, <t:" in seen.text
    assert "Reason: Reason number 8" in seen.text
    assert "~~7~~**8**" in seen.text
    texts = [seen.text]
    while "Next ›" in seen.buttons:
        seen = await world.mia.click(seen, "Next ›")
        texts.append(seen.text)
    assert len(texts) > 1
    assert "**1** · added by" in texts[-1]


async def test_history_leads_to_the_entry_and_the_last_change(world: World) -> None:
    entry = await added(world.moderator)
    await revised(world.moderator, entry, "Russia wants a tunnel.")
    history = await world.mia.click(await world.mia.slash("entry show", entry=entry), "History")
    change = await world.mia.click(history, "Last change")

    assert change.text.startswith(f"## `{entry}` · version 1 → 2")
    assert (await world.mia.click(history, "Entry")).text.startswith(f"## Entry `{entry}`")


async def test_diff_marks_the_changed_words_of_any_two_versions(world: World) -> None:
    entry = await added(world.moderator, claim="Russia wants peace.")
    for claim in ("Russia wants more.", "Russia demands more."):
        await revised(world.moderator, entry, claim)
    last = await world.mia.slash("entry diff", entry=entry)
    both = await world.mia.slash("entry diff", entry=entry, first=1, second=3)
    same = await world.mia.slash("entry diff", entry=entry, first=2, second=2)
    none = await world.mia.slash("entry diff", entry=entry, first=7)

    assert "Russia ~~wants~~**demands** more." in last.text
    assert "version 1 → 3" in both.text
    assert "Russia ~~wants~~**demands** ~~peace~~**more**." in both.text
    assert "say the same" in same.text
    assert "I know no revision called “7”" in none.text


async def test_an_entry_is_found_by_its_id_and_by_words_of_its_claim(world: World) -> None:
    entry = await added(world.moderator)

    assert (await world.mia.typing("entry show", "entry", "ru-sec-2"))[0].startswith("ru-sec-2 · Russia wants legally")
    assert await world.mia.typing("entry show", "entry", "land bridge") == [f"{entry} · {CLAIM}"]
    assert await world.elsewhere("zoe").typing("entry show", "entry", "land bridge") == []
    assert all(len(each) <= 100 for each in await world.mia.typing("entry show", "entry", "russia"))


async def test_another_servers_entry_is_unknown(world: World) -> None:
    entry = await added(world.moderator)
    zoe = world.elsewhere("zoe")

    for command in ("entry show", "entry history", "entry diff", "entry revise", "entry retract"):
        seen = await zoe.slash(command, entry=entry)
        assert f"I know no entry called “{entry}”" in seen.text, command


async def test_add_to_knowledge_starts_with_the_words_of_a_message(world: World) -> None:
    form = await world.moderator.right_click_opens(f"{CLAIM}  \u202e Really.", "Add to knowledge")
    refused = await world.mia.right_click("Peace now", "Add to knowledge")

    assert form.filled["claim"] == f"{CLAIM} Really."
    assert form.filled["sources"].startswith("Message of 2")
    assert " | https://discord.com/channels/" in form.filled["sources"]
    seen = await world.moderator.sends(form, party="russia", topic="territory", act="demand")
    assert "added" in seen.text
    assert "This is for editors" in refused.text


async def everything(person: Person) -> str:
    """All that is answered on Russia and territory."""
    seen = await person.slash("position", party="russia", topic="territory")
    text = seen.text
    while "Next ›" in seen.buttons:
        seen = await person.click(seen, "Next ›")
        text += seen.text
    return text
