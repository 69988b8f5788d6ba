"""``/settings``: what is set holds from the next click on."""

import discord

from tests.fakes.world import World

SOURCE = "Talks resume | https://example.org/talks | 2025-06-02"


async def test_what_is_not_set_says_what_that_means(world: World) -> None:
    seen = await world.moderator.slash("settings show")

    assert seen.ephemeral
    assert "**Editor role**: not set, so whoever may manage the server" in seen.text
    assert "**Two-person rule**: off" in seen.text
    assert "**Time zone**: UTC" in seen.text


async def test_settings_are_kept_over_a_restart_and_can_be_put_back(world: World) -> None:
    await world.moderator.slash("settings set", answers="public", timezone="europe/kyiv")
    await world.restart()
    shown = await world.moderator.slash("settings show")
    assert "seen by everyone in the channel" in shown.text
    assert "Europe/Kyiv" in shown.text
    seen = await world.moderator.slash("settings set", reset="timezone")

    assert "~~Europe/Kyiv~~ → UTC" in seen.text
    assert "**Time zone**: UTC" in (await world.moderator.slash("settings set")).text


async def test_a_role_holds_at_once_and_takes_the_right_from_who_manages_the_server(world: World) -> None:
    editors = world.guild.create_role("Editors")
    assert "This is for editors" in (await world.mia.slash("entry add")).text
    await world.moderator.slash("settings set", editor_role=editors, approver_role=editors)
    world.give_role(world.mia, editors)
    form = await world.mia.opens("entry add", party="turkey", topic="nato")
    refused = await world.moderator.slash("entry add")
    assert f"This is for editors: it needs the role <@&{editors.id}>." in refused.text
    world.take_role(world.mia, editors)
    late = await world.mia.sends(form, act="demand", claim="Ankara wants a bridge.", sources=SOURCE)

    assert "This is for editors" in late.text
    assert "Ankara wants a bridge." in late.text


async def test_members_may_not_set_anything(world: World) -> None:
    world.allow("settings", world.mia)
    seen = await world.mia.slash("settings set", answers="public")

    assert "*Manage Server*" in seen.text
    assert (await world.ben.slash("position", party="turkey", topic="nato")).ephemeral


async def test_a_channel_in_which_the_bot_may_not_write_is_set_with_a_warning(world: World) -> None:
    refused = discord.PermissionOverwrite(send_messages=False)
    silent = world.guild.create_text_channel("silent", overwrites={world.guild.default_role: refused})
    open_to_all = world.guild.create_text_channel("open")
    seen = await world.moderator.slash("settings set", review_channel=silent, audit_channel=open_to_all)

    assert f"⚠ I may not write in <#{silent.id}>." in seen.text
    assert seen.text.count("⚠") == 1


async def test_a_time_zone_is_found_while_typing_and_a_wrong_one_is_explained(world: World) -> None:
    assert "Europe/Kyiv" in await world.moderator.typing("settings set", "timezone", "kyi")
    seen = await world.moderator.slash("settings set", timezone="Middle/Earth")

    assert "“Middle/Earth” is no value for `timezone`." in seen.text


async def test_public_answers_are_seen_by_everyone(world: World) -> None:
    await world.moderator.slash("settings set", answers="public")

    assert not (await world.mia.slash("position", party="turkey", topic="nato")).ephemeral


async def test_a_change_of_settings_can_be_undone(world: World) -> None:
    changed = await world.moderator.slash("settings set", two_person="all")
    seen = await world.moderator.click(changed, "Undo")

    assert "**Two-person rule**: ~~all~~ → off" in seen.text
