"""``/briefing``: from subscribing to what stands in the channel, at its time and never twice."""

import asyncio
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import cast

import discord
import pytest
from simcord.builders import ChannelHandle

from bot.client import ParleyClient
from bot.house import Services, make_services
from knowledge.service.context import Context
from knowledge.storage import SqlStorage
from tests.fakes.world import Person, Seen, World

MONDAY = datetime(2026, 3, 2, 8, tzinfo=UTC)
SLOT = datetime(2026, 3, 3, 7, tzinfo=UTC)
"""The first one at 09:00 in Kyiv."""
DAY = timedelta(days=1)
SOURCE = "Talks resume | https://example.org/talks | 2025-06-02"
CLAIM = "Ankara wants a bridge."


@dataclass
class Clock:
    """A clock that stands still until it is set."""

    now: datetime = MONDAY

    def __call__(self) -> datetime:
        """The time that it shows."""
        return self.now


@pytest.fixture
def clock() -> Clock:
    """Monday morning."""
    return Clock()


@pytest.fixture
def services(storage: SqlStorage, context: Context, clock: Clock) -> Services:
    """The services, by that clock."""
    return make_services(replace(context, storage=storage, clock=clock))


@pytest.fixture
def briefings(world: World) -> ChannelHandle:
    """The channel for briefings."""
    return world.guild.create_text_channel("briefings")


@dataclass
class Newsroom:
    """The server, its clock, and its channel for briefings."""

    world: World
    clock: Clock
    channel: ChannelHandle

    async def type(self, command: str, **given: object) -> Seen:
        """A moderator types a command."""
        return await self.world.moderator.slash(f"briefing {command}", **given)

    async def subscribe(self, every: str = "daily", **given: object) -> Seen:
        """A moderator subscribes the channel, daily at nine in Kyiv unless told otherwise."""
        wanted = {"channel": self.channel, "timezone": "Europe/Kyiv"} | given
        return await self.type("subscribe", every=every, **wanted)

    async def at(self, moment: datetime) -> list[Seen]:
        """All that stands in the channel after that moment."""
        self.clock.now = moment
        await cast(ParleyClient, self.world.env.bot).publisher.run_once()
        return self.world.said(self.channel)


@pytest.fixture
def room(world: World, clock: Clock, briefings: ChannelHandle) -> Newsroom:
    """A server."""
    return Newsroom(world, clock, briefings)


async def add(person: Person, claim: str = CLAIM, topic: str = "nato") -> str:
    """Somebody adds an entry; returns its id."""
    form = await person.opens("entry add", party="turkey", topic=topic)
    seen = await person.sends(form, act="demand", claim=claim, sources=SOURCE)
    return seen.text.split()[2]


async def revise(person: Person, entry: str, claim: str) -> None:
    """Somebody revises it."""
    form = await person.opens("entry revise", entry=entry)
    assert "revised" in (await person.sends(form, claim=claim)).text


async def test_a_change_is_told_at_the_next_slot_and_never_again(room: Newsroom) -> None:
    told = await room.subscribe()
    assert told.ephemeral
    assert f"<t:{int(SLOT.timestamp())}:F> (<t:{int(SLOT.timestamp())}:R>)" in told.text
    entry = await add(room.world.moderator)

    assert await room.at(SLOT - timedelta(minutes=1)) == []
    [seen] = await room.at(SLOT)
    assert seen.headline == "Briefing: 1 change on NATO and neutrality"
    assert f"**New** · {CLAIM}" in seen.card
    assert "[" in seen.card
    assert "](<https://example.org/talks>) (example.org)" in seen.card
    assert f"`{entry}`" in seen.card
    assert "`/position turkey nato`" in seen.card
    assert "2026-03-03 07:00 UTC · part 1 of 1" in seen.card
    assert len(await room.at(SLOT)) == 1
    assert len(await room.at(SLOT + DAY)) == 1


async def test_what_was_there_before_is_not_told(room: Newsroom) -> None:
    entry = await add(room.world.moderator)
    await room.subscribe()
    await revise(room.world.moderator, entry, "Ankara wants two bridges.")

    [seen] = await room.at(SLOT)
    assert "**Changed** · Ankara wants ~~a~~**two** ~~bridge~~**bridges**." in seen.card


async def test_nothing_new_is_silence_and_status_says_why(room: Newsroom) -> None:
    await room.subscribe()

    assert await room.at(SLOT) == []
    status = await room.type("status", channel=room.channel)
    assert "nothing had changed, so nothing was posted" in status.text
    assert "**Why the last one was not posted**: nothing has changed since the last briefing" in status.text
    assert f"<t:{int((SLOT + DAY).timestamp())}:F>" in status.text


async def test_a_channel_that_wants_it_gets_a_line(room: Newsroom) -> None:
    await room.subscribe(when_quiet="line")

    [seen] = await room.at(SLOT)
    assert seen.headline == "Briefing: nothing has changed"


async def test_what_is_changed_and_changed_back_is_no_change(room: Newsroom) -> None:
    entry = await add(room.world.moderator)
    await room.subscribe()
    await revise(room.world.moderator, entry, "Ankara wants two bridges.")
    await revise(room.world.moderator, entry, CLAIM)

    assert await room.at(SLOT) == []


async def test_what_another_server_adds_is_never_told_here(room: Newsroom) -> None:
    await room.subscribe()
    await add(room.world.elsewhere("zoe"))

    assert await room.at(SLOT) == []


async def test_a_retraction_is_told_with_its_reason(room: Newsroom) -> None:
    await room.subscribe()
    form = await room.world.moderator.opens("entry retract", entry="ru-sec-2")
    await room.world.moderator.sends(form, reason="A slip.")

    [seen] = await room.at(SLOT)
    assert "**Retracted** · " in seen.card
    assert "Reason: A slip." in seen.card
    assert "`/entry history ru-sec-2`" in seen.card


async def test_only_what_was_asked_for_is_told(room: Newsroom) -> None:
    shown = await room.subscribe(parties="russia, Kyiv", topics="nato")
    assert "**Parties**: Russia, Ukraine" in shown.text
    await add(room.world.moderator)

    assert await room.at(SLOT) == []
    await room.type("edit", channel=room.channel, reset="parties")
    await add(room.world.moderator, "Ankara wants a ferry.")
    [seen] = await room.at(SLOT + DAY)
    assert "ferry" in seen.card


async def test_while_it_is_paused_nothing_comes_and_then_all_of_it_once(room: Newsroom) -> None:
    await room.subscribe()
    assert "paused" in (await room.type("pause", channel=room.channel)).text
    await add(room.world.moderator)

    assert await room.at(SLOT + 3 * DAY) == []
    resumed = await room.type("resume", channel=room.channel)
    assert f"<t:{int((SLOT + 4 * DAY).timestamp())}:F>" in resumed.text
    assert await room.at(SLOT + 3 * DAY) == []
    [seen] = await room.at(SLOT + 4 * DAY)
    assert "1 change" in seen.headline


async def test_another_schedule_holds_from_now_on(room: Newsroom) -> None:
    await room.subscribe()
    await add(room.world.moderator)
    edited = await room.type("edit", channel=room.channel, every="weekly", at="18:30", day="friday")

    friday = datetime(2026, 3, 6, 16, 30, tzinfo=UTC)
    assert "weekly on Friday at 18:30 Europe/Kyiv" in edited.text
    assert await room.at(SLOT) == []
    assert len(await room.at(friday)) == 1


async def test_an_edit_may_move_it_to_another_channel(room: Newsroom) -> None:
    shown = await room.subscribe()
    key = shown.text.rsplit("`", 2)[1]
    other = room.world.guild.create_text_channel("other")
    moved = await room.type("edit", subscription=key, channel=other)

    assert f"<#{other.id}>" in moved.text
    await add(room.world.moderator)
    assert await room.at(SLOT) == []
    assert len(room.world.said(other)) == 1


async def test_an_ended_one_says_nothing_more(room: Newsroom) -> None:
    await room.subscribe()
    await add(room.world.moderator)
    assert f"<#{room.channel.id}> gets no more" in (await room.type("unsubscribe", channel=room.channel)).text

    assert await room.at(SLOT) == []
    assert "There are no briefings in this server yet." in (await room.type("show")).text


async def test_a_preview_is_seen_by_one_and_moves_nothing(room: Newsroom) -> None:
    await room.subscribe()
    assert "Nothing new" in (await room.type("preview", channel=room.channel)).text
    await add(room.world.moderator)
    seen = await room.type("preview", channel=room.channel)

    assert seen.ephemeral
    assert seen.headline.startswith("-# Preview, seen only by you: part 1 of 1\nBriefing: 1 change on ")
    assert CLAIM in seen.card
    assert len(await room.at(SLOT)) == 1


async def test_send_tells_what_is_new_now_and_leaves_the_schedule(room: Newsroom) -> None:
    await room.subscribe()
    assert "Nothing new" in (await room.type("send", channel=room.channel)).text
    await add(room.world.moderator)
    told = await room.type("send", channel=room.channel)

    assert f"1 change will be in <#{room.channel.id}> in a moment." in told.text
    assert f"<t:{int(SLOT.timestamp())}:F>" in told.text
    assert len(await room.at(MONDAY)) == 1
    assert len(await room.at(SLOT)) == 1


async def test_on_change_waits_until_nothing_changes_any_more(room: Newsroom) -> None:
    told = await room.subscribe("on change")
    assert "**Next**: as soon as something has changed" in told.text
    await add(room.world.moderator)

    assert await room.at(MONDAY + timedelta(minutes=14)) == []
    [seen] = await room.at(MONDAY + timedelta(minutes=15))
    assert "1 change" in seen.headline
    assert len(await room.at(MONDAY + DAY)) == 1


async def test_a_missed_slot_is_told_late_and_says_so(room: Newsroom) -> None:
    await room.subscribe()
    await add(room.world.moderator)

    [seen] = await room.at(SLOT + timedelta(hours=2))
    assert f"(delayed from <t:{int(SLOT.timestamp())}:f>)" in seen.headline


async def test_a_role_is_pinged_by_the_briefing_alone(room: Newsroom) -> None:
    role = room.world.guild.create_role("Readers", mentionable=True)
    await room.subscribe(role=role)
    await add(room.world.moderator)

    [seen] = await room.at(SLOT)
    assert seen.headline.endswith(f" <@&{role.id}>")
    bodies = [each.json for each in room.world.requests if isinstance(each.json, dict)]
    assert [each["allowed_mentions"] for each in bodies if each.get("embeds")] == [{"roles": [role.id], "parse": []}]
    assert "Changed" in (await room.type("edit", channel=room.channel, reset="role")).text
    assert "**Pings**: nobody" in (await room.type("show", channel=room.channel)).text


async def test_a_role_that_cannot_be_pinged_is_refused(room: Newsroom) -> None:
    everyone, quiet = room.world.guild.default_role, room.world.guild.create_role("Quiet")
    refused = discord.PermissionOverwrite(mention_everyone=False)
    calm = room.world.guild.create_text_channel("calm", overwrites={everyone: refused})

    assert f"I cannot ping <@&{quiet.id}> there." in (await room.subscribe(channel=calm, role=quiet)).text
    assert "I do not ping everyone." in (await room.subscribe(role=everyone)).text


@pytest.mark.parametrize(
    ("lacking", "name"),
    [
        (discord.PermissionOverwrite(send_messages=False), "*Send Messages*, *Embed Links*"),
        (discord.PermissionOverwrite(embed_links=False), "*Embed Links*"),
        (discord.PermissionOverwrite(read_message_history=False), "*Read Message History*"),
    ],
)
async def test_a_channel_that_cannot_be_posted_in_is_refused(
    room: Newsroom, lacking: discord.PermissionOverwrite, name: str
) -> None:
    everyone = room.world.guild.default_role
    closed = room.world.guild.create_text_channel("closed", overwrites={everyone: lacking})
    seen = await room.subscribe(channel=closed)

    assert f"I cannot brief <#{closed.id}>: I lack {name} there." in seen.text
    assert "There are none yet." in (await room.type("list")).text


async def test_only_announcement_channels_publish(room: Newsroom) -> None:
    news = room.world.guild.create_news_channel("news")

    assert "is no announcement channel" in (await room.subscribe(publish=True)).text
    assert "**Published**" in (await room.subscribe(channel=news, publish=True)).text
    moved = await room.type("edit", subscription=await only_id(room), channel=room.channel)
    assert "is no announcement channel" in moved.text


async def test_a_forum_gets_a_post(room: Newsroom) -> None:
    forum = room.world.guild.create_forum_channel("digests")
    await room.subscribe(channel=forum)
    await add(room.world.moderator)
    await room.at(SLOT)

    posts = [each for each in room.world.env.backend.channels.values() if each.parent_id == forum.id]
    assert [each.name for each in posts] == ["3 March 2026: NATO and neutrality"]


async def test_a_thread_gets_its_briefings(room: Newsroom) -> None:
    channel = room.world.env.bot.get_channel(room.channel.id)
    assert isinstance(channel, discord.TextChannel)
    await channel.create_thread(name="digest", type=discord.ChannelType.public_thread)
    [thread] = room.channel.threads
    await room.subscribe(channel=thread)
    await add(room.world.moderator)
    await room.at(SLOT)

    assert [CLAIM in each.card for each in room.world.said(thread)] == [True]


async def test_another_process_goes_on_where_one_ended(room: Newsroom) -> None:
    await room.subscribe()
    await add(room.world.moderator)
    await room.at(SLOT)
    await add(room.world.moderator, "Ankara wants a ferry.")
    await room.world.restart()

    assert len(await room.at(SLOT)) == 1
    first, second = await room.at(SLOT + DAY)
    assert "ferry" in second.card
    assert "ferry" not in first.card


async def only_id(room: Newsroom) -> str:
    """The id of the one subscription."""
    return (await room.type("list")).text.split("`")[1]


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"at": "25:00"}, "I cannot read “25:00” as a time of day"),
        ({"timezone": "Middle/Earth"}, "I cannot read “Middle/Earth” as a time zone"),
        ({"timezone": "Kyiv"}, "Near it: `Europe/Kyiv`."),
        ({"every": "weekly", "day": "soon"}, "I cannot read “soon” as the day"),
        ({"topics": "nato, nonsense"}, "I know no topic called “nonsense”."),
    ],
)
async def test_what_is_not_understood_is_explained(room: Newsroom, given: dict[str, str], told: str) -> None:
    assert told in (await room.subscribe(**given)).text
    assert "There are none yet." in (await room.type("list")).text


async def test_the_time_zone_is_the_servers_if_none_is_given(room: Newsroom) -> None:
    await room.world.moderator.slash("settings set", timezone="Asia/Tokyo")
    seen = await room.type("subscribe", channel=room.channel, every="weekdays", at="7:05")

    assert "on weekdays at 07:05 Asia/Tokyo" in seen.text


async def test_what_is_typed_is_completed(room: Newsroom) -> None:
    await room.subscribe()
    person = room.world.moderator

    assert await person.typing("briefing show", "subscription", "brief") == ["#briefings · daily at 09:00 Europe/Kyiv"]
    assert await person.typing("briefing show", "subscription", "nowhere") == []
    assert await person.typing("briefing subscribe", "timezone", "kyiv") == ["Europe/Kyiv"]
    assert "Russia, Ukraine" in await person.typing("briefing subscribe", "parties", "Russia, ukr")
    assert await person.typing("briefing subscribe", "day", "fr") == ["Friday"]
    assert await room.world.mia.typing("briefing show", "subscription", "brief") == []


async def test_two_of_a_channel_are_told_apart_by_their_id_and_other_servers_know_neither(room: Newsroom) -> None:
    first = (await room.subscribe()).text.rsplit("`", 2)[1]
    await room.subscribe("weekly")
    other = room.world.elsewhere("zoe")
    await other.slash("briefing subscribe", channel=other.channel, every="daily")

    unclear = await room.type("show", channel=room.channel)
    assert f"I cannot tell which briefings you mean by <#{room.channel.id}>." in unclear.text
    assert "**When**: daily" in (await room.type("show", subscription=first)).text
    assert f"“{first}”" in (await other.slash("briefing unsubscribe", subscription=first)).text
    assert "weekly on Monday" in (await room.type("list")).text


async def test_a_channel_that_is_closed_stops_it_tells_a_moderator_and_resumes_when_it_is_open_again(
    room: Newsroom,
) -> None:
    await room.subscribe()
    await room.world.moderator.slash("settings set", audit_channel=room.world.channel)
    await add(room.world.moderator)
    room.world.close(room.channel)

    assert await room.at(SLOT) == []
    assert await room.at(SLOT + DAY) == []
    told = [each for each in room.world.said(room.world.channel) if f"<#{room.channel.id}>" in each.headline]
    assert len(told) == 1
    status = await room.type("status", channel=room.channel)
    assert "stopped" in status.text
    assert "**Last error**" in status.text
    assert "I lack" in (await room.type("resume", channel=room.channel)).text
    room.world.open_again(room.channel)
    assert "Resumed" in (await room.type("resume", channel=room.channel)).text
    [seen] = await room.at(SLOT + 2 * DAY)
    assert CLAIM in seen.card


async def test_two_rounds_at_once_post_once(room: Newsroom) -> None:
    await room.subscribe()
    await add(room.world.moderator)
    room.clock.now = SLOT
    publisher = cast(ParleyClient, room.world.env.bot).publisher
    await asyncio.gather(publisher.run_once(), publisher.run_once())

    assert len(room.world.said(room.channel)) == 1
