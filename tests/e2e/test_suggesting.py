"""``/suggest`` and *Suggest from this message*."""

from simcord.builders import ChannelHandle

from tests.fakes.world import World

CLAIM = "Russia wants a land bridge to Crimea by treaty."
SOURCE = "Talks resume | https://example.org/talks | 2025-06-02"


async def review_channel(world: World) -> ChannelHandle:
    """A channel in which suggestions are reviewed."""
    channel = world.guild.create_text_channel("review")
    await world.moderator.slash("settings set", review_channel=channel)
    return channel


async def test_a_suggestion_of_anyone_waits_in_the_review_channel(world: World) -> None:
    channel = await review_channel(world)
    form = await world.mia.opens("suggest", party="russia", topic="territory")
    seen = await world.mia.sends(form, act="demand", claim=CLAIM, sources=SOURCE, said="2025-06")

    assert form.title == "Suggest an entry · Russia · Territory"
    assert seen.ephemeral
    assert "Thank you. The approvers of this server decide." in seen.text
    waiting = world.newest(channel)
    assert waiting is not None
    assert waiting.text.startswith("## Suggestion")
    assert f"by <@{world.mia.actor.id}>" in waiting.text
    assert CLAIM in waiting.text
    assert waiting.buttons == ["Approve", "Edit", "Reject"]
    assert "land bridge" not in (await world.mia.slash("position", party="russia", topic="territory")).text


async def test_a_suggestion_from_a_message_links_to_it(world: World) -> None:
    channel = await review_channel(world)
    form = await world.mia.right_click_opens("🕊️ " + "Peace now! " * 60, "Suggest from this message")
    assert form.filled["claim"].startswith("🕊️ Peace now! Peace now!")
    assert 270 < len(form.filled["claim"]) <= 281
    await world.mia.sends(form, party="russia", topic="territory", act="demand", claim=CLAIM)

    waiting = world.newest(channel)
    assert waiting is not None
    assert f"-# from https://discord.com/channels/{world.guild.id}/{world.channel.id}/" in waiting.text


async def test_a_message_without_words_leaves_the_claim_to_be_typed(world: World) -> None:
    form = await world.mia.right_click_opens("\u200b", "Suggest from this message")

    assert form.filled["claim"] == ""


async def test_a_faulty_suggestion_comes_back(world: World) -> None:
    form = await world.mia.opens("suggest", party="russia")
    back = await world.mia.sends(form, topic="territory", act="demand", claim="word " * 60, sources=SOURCE)
    again = await world.mia.click_opens(back, "Edit again")
    seen = await world.mia.sends(again, claim=CLAIM)

    assert "Waits for approval" in seen.text


async def test_a_member_can_suggest_three_times_a_minute_and_others_do_not_wait_for_that(world: World) -> None:
    for _ in range(2):
        await world.mia.opens("suggest")
    await world.mia.right_click_opens("Peace now", "Suggest from this message")
    seen = await world.mia.slash("suggest")

    assert seen.ephemeral
    assert "That was a little fast." in seen.text
    assert (await world.ben.opens("suggest")).title == "Suggest an entry"


async def test_suggestions_stay_in_their_server(world: World) -> None:
    zoe = world.elsewhere("zoe")
    form = await world.mia.opens("suggest", party="russia", topic="territory")
    await world.mia.sends(form, act="demand", claim=CLAIM, sources=SOURCE)

    assert "land bridge" in (await world.moderator.slash("review list")).text
    assert "land bridge" not in (await zoe.slash("review list")).text
