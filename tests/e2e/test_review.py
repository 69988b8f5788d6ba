"""``/review list`` and the buttons of what waits, for several moderators, over restarts, under the two-person rule."""

from simcord.actors import MemberActor
from simcord.builders import ChannelHandle

from tests.fakes.world import Person, Seen, World

CLAIM = "Ankara wants a bridge to NATO by treaty."
OTHER = "Ankara would lease the bridge."
SOURCE = "Talks resume | https://example.org/talks | 2025-06-02"


async def suggested(world: World, claim: str = CLAIM, *, by: Person | None = None, notify: bool = True) -> None:
    """Somebody suggests an entry."""
    member = by or world.mia
    form = await member.opens("suggest", party="turkey", topic="nato", notify=notify)
    await member.sends(form, act="demand", claim=claim, sources=SOURCE)


async def added(world: World, claim: str, **options: str) -> Seen:
    """The moderator adds an entry."""
    form = await world.moderator.opens("entry add", party="turkey", topic="nato", **options)
    return await world.moderator.sends(form, act="demand", claim=claim, sources=SOURCE)


async def channel_for(world: World, setting: str) -> ChannelHandle:
    """A channel of the server that is set for something."""
    channel = world.guild.create_text_channel(setting.replace("_", "-"))
    await world.moderator.slash("settings set", **{setting: channel})
    return channel


def newest(world: World, channel: ChannelHandle) -> Seen:
    """The last message of a channel."""
    found = world.newest(channel)
    assert found is not None
    return found


def dm(world: World, person: Person) -> str:
    """The last direct message to somebody; empty if there is none."""
    assert isinstance(person.actor, MemberActor)
    found = world.newest(person.actor.user.dm_channel)
    return found.message.content if found else ""


async def position(person: Person) -> str:
    """What somebody reads where the suggestions belong."""
    return (await person.slash("position", party="turkey", topic="nato")).text


async def test_an_approved_suggestion_is_in_the_next_answer_and_its_author_is_told(world: World) -> None:
    review, audit = await channel_for(world, "review_channel"), await channel_for(world, "audit_channel")
    await suggested(world)
    waiting = newest(world, review)
    assert "[example.org](<https://example.org/talks>)" in waiting.text
    seen = await world.moderator.click(waiting, "Approve")

    assert seen.text.startswith("## Approved")
    assert f"by <@{world.moderator.actor.id}>" in seen.text
    assert newest(world, review).text == seen.text
    assert seen.buttons == []
    assert dm(world, world.mia) == f"Your suggestion in **Test server** was approved, thank you:\n> {CLAIM}"
    assert CLAIM in await position(world.ben)
    assert CLAIM in newest(world, audit).text


async def test_a_rejection_tells_the_reason(world: World) -> None:
    review = await channel_for(world, "review_channel")
    await suggested(world)
    form = await world.moderator.click_opens(newest(world, review), "Reject")
    await world.moderator.sends(form, reason="The source says something *else*.")

    seen = newest(world, review)
    assert seen.text.startswith("## Rejected")
    assert "Reason: The source says something \\*else\\*." in seen.text
    assert seen.buttons == []
    assert "was not taken up" in dm(world, world.mia)
    assert "something \\*else\\*." in dm(world, world.mia)
    assert CLAIM not in await position(world.ben)


async def test_who_did_not_ask_to_be_told_is_not(world: World) -> None:
    await suggested(world, notify=False)
    await world.moderator.click(await world.moderator.slash("review list"), "Approve")

    assert dm(world, world.mia) == ""


async def test_a_suggestion_is_taken_up_in_the_words_of_an_approver(world: World) -> None:
    review = await channel_for(world, "review_channel")
    await suggested(world)
    form = await world.moderator.click_opens(newest(world, review), "Edit")
    assert form.filled["claim"] == CLAIM
    assert form.filled["topic"] == "nato"
    await world.moderator.sends(form, claim=OTHER)

    seen = newest(world, review)
    assert seen.text.startswith("## Approved")
    assert f"in the words of <@{world.moderator.actor.id}>" in seen.text
    assert "approved in a moderator's words" in dm(world, world.mia)
    assert OTHER in await position(world.ben)


async def test_a_faulty_edit_comes_back_and_decides_nothing(world: World) -> None:
    await suggested(world)
    form = await world.moderator.click_opens(await world.moderator.slash("review list"), "Edit")
    back = await world.moderator.sends(form, claim="word " * 60)
    assert "word word" in back.text
    assert (await world.moderator.slash("review list")).text.startswith("## 1 of 1")
    again = await world.moderator.click_opens(back, "Edit again")
    seen = await world.moderator.sends(again, claim=OTHER)

    assert seen.text.startswith("## Approved")


async def test_the_slower_of_two_moderators_is_told_who_decided(world: World) -> None:
    review = await channel_for(world, "review_channel")
    second = world.another_moderator("sam")
    await suggested(world)
    before = newest(world, review)
    form = await second.click_opens(before, "Reject")
    listed = await second.slash("review list")
    await world.moderator.click(before, "Approve")
    late = await second.sends(form)

    assert late.ephemeral
    assert f"applied already, by <@{world.moderator.actor.id}>" in late.text
    assert newest(world, review).text.startswith("## Approved")
    again = await second.click(listed, "Approve")
    assert f"by <@{world.moderator.actor.id}>" in again.text


async def test_buttons_work_after_a_restart(world: World) -> None:
    review = await channel_for(world, "review_channel")
    await suggested(world)
    await world.restart()
    seen = await world.moderator.click(newest(world, review), "Approve")

    assert seen.text.startswith("## Approved")
    assert "was approved" in dm(world, world.mia)


async def test_a_reason_that_was_being_typed_over_a_restart_comes_back(world: World) -> None:
    review = await channel_for(world, "review_channel")
    await suggested(world)
    form = await world.moderator.click_opens(newest(world, review), "Reject")
    await world.restart()
    seen = await world.moderator.sends(form, reason="The source says otherwise.")

    assert "The source says otherwise." in seen.text
    assert newest(world, review).buttons == ["Approve", "Edit", "Reject"]


async def test_a_list_leads_from_one_to_the_next_and_on_after_a_decision(world: World) -> None:
    await suggested(world, CLAIM, by=world.mia)
    await suggested(world, OTHER, by=world.ben)
    first = await world.moderator.slash("review list")
    assert first.text.startswith("## 1 of 2 · Suggestion")
    assert CLAIM in first.text
    assert OTHER in first.text.partition("After this")[2] or CLAIM in first.text.partition("After this")[2]
    assert first.buttons == ["Approve", "Edit", "Reject", "Next ›"]
    second = await world.moderator.click(first, "Next ›")
    assert second.text.startswith("## 2 of 2")
    assert second.buttons[-1] == "‹ Back"
    done = await world.moderator.click(second, "Approve")
    left = await world.moderator.click(done, "What else waits")

    assert left.text.startswith("## 1 of 1")
    assert "Next ›" not in left.buttons


async def test_members_may_not_decide(world: World) -> None:
    review = await channel_for(world, "review_channel")
    await suggested(world)
    for label in ("Approve", "Edit", "Reject"):
        refused = await world.ben.click(newest(world, review), label)
        assert refused.ephemeral
        assert "This is for approvers" in refused.text

    assert "This is for approvers" in (await world.ben.slash("review list")).text
    assert newest(world, review).buttons == ["Approve", "Edit", "Reject"]


async def test_under_the_rule_of_two_somebody_else_must_approve(world: World) -> None:
    review = await channel_for(world, "review_channel")
    second = world.another_moderator("sam")
    await world.moderator.slash("settings set", two_person="all")
    waiting = await added(world, CLAIM)
    assert f"An approver decides in <#{review.id}>" in waiting.text
    refused = await world.moderator.click(newest(world, review), "Approve")
    assert "someone else has to approve" in refused.text
    assert CLAIM not in await position(world.ben)
    seen = await second.click(newest(world, review), "Approve")

    assert seen.text.startswith("## Approved")
    assert CLAIM in await position(world.ben)


async def test_under_the_rule_for_contested_entries_the_others_are_made_at_once(world: World) -> None:
    await world.moderator.slash("settings set", two_person="contested")
    await added(world, OTHER)
    contested = await added(world, CLAIM, contested="Kyiv denies it.")

    assert OTHER in await position(world.ben)
    assert contested.text.startswith("## Waits for approval")
    assert CLAIM not in await position(world.ben)


async def test_an_edit_under_the_rule_of_two_waits_for_somebody_else(world: World) -> None:
    review = await channel_for(world, "review_channel")
    second = world.another_moderator("sam")
    await world.moderator.slash("settings set", two_person="all")
    await suggested(world)
    form = await world.moderator.click_opens(newest(world, review), "Edit")
    await world.moderator.sends(form, claim=OTHER)
    edited = newest(world, review)
    assert OTHER in edited.text
    assert edited.buttons == ["Approve", "Edit", "Reject"]
    assert "someone else" in (await world.moderator.click(edited, "Approve")).text
    seen = await second.click(edited, "Approve")

    assert seen.text.startswith("## Approved")
    assert OTHER in await position(world.ben)


async def test_what_was_overtaken_shows_the_newer_version_and_can_be_put_on_top(world: World) -> None:
    review = await channel_for(world, "review_channel")
    second = world.another_moderator("sam")
    made = await added(world, CLAIM)
    key = made.text.split()[2]
    early, late = await world.moderator.opens("entry revise", entry=key), await second.opens("entry revise", entry=key)
    await world.moderator.slash("settings set", two_person="all")
    await world.moderator.sends(early, claim="By treaty, within a year.")
    first = newest(world, review)
    await second.sends(late, claim="By treaty, within two years.")
    other = newest(world, review)
    await second.click(first, "Approve")
    shown = await world.moderator.click(other, "Approve")
    assert "was changed in the meantime" in shown.text
    seen = await world.moderator.click(shown, "Apply on top")

    assert seen.text.startswith("## Approved")
    assert "By treaty, within two years." in await position(world.ben)
