"""``/privacy``: what is stored about oneself, and being forgotten."""

import json

from simcord.actors import MemberActor

from tests.fakes.world import Person, World

SOURCE = "Talks resume | https://example.org/talks | 2025-06-02"


async def an_entry(world: World) -> str:
    """An entry that the moderator has added; its id."""
    form = await world.moderator.opens("entry add", party="turkey", topic="nato")
    seen = await world.moderator.sends(form, act="demand", claim="Ankara wants a bridge.", sources=SOURCE)
    return seen.text.split()[2]


def alone(person: Person) -> Person:
    """The same person in a DM."""
    assert isinstance(person.actor, MemberActor)
    return Person(person.actor.user, person.actor.user.dm_channel, person.env)


async def test_nothing_is_stored_about_who_only_asks(world: World) -> None:
    await world.mia.slash("ask", question="what does putin want on crimea?")
    seen = await world.mia.slash("privacy show")

    assert seen.ephemeral
    assert seen.text.startswith("## Nothing is stored about you")
    assert (await world.mia.slash("privacy forget-me")).buttons == []


async def test_what_is_stored_is_shown_and_comes_as_a_file(world: World) -> None:
    key = await an_entry(world)
    seen = await world.moderator.slash("privacy show")
    told = json.loads(await (await world.moderator.slash("privacy export")).file())

    assert "**Test server**: `ed-" in seen.text
    assert "1 change, 0 proposals" in seen.text
    assert told["user"] == str(world.moderator.actor.id)
    assert [change["key"] for change in told["servers"][0]["changes"]] == [key]


async def test_forgetting_asks_first_and_then_leaves_a_pseudonym(world: World) -> None:
    key = await an_entry(world)
    asked = await world.moderator.slash("privacy forget-me")
    assert "cannot be taken back" in asked.text
    assert f"<@{world.moderator.actor.id}>" in (await world.mia.slash("entry history", entry=key)).text
    done = await world.moderator.click(asked, "Forget me")
    history = await world.mia.slash("entry history", entry=key)

    handle = done.text.split("`")[1]
    assert handle.startswith("ed-")
    assert "is a pseudonym now" in done.text
    assert done.buttons == []
    assert f"by `{handle}`" in history.text
    assert str(world.moderator.actor.id) not in history.text
    assert (await world.moderator.slash("audit verify")).text.startswith("## The trail is whole")
    assert (await world.moderator.slash("privacy show")).text.startswith("## Nothing is stored about you")


async def test_in_a_dm_all_servers_are_meant(world: World) -> None:
    await an_entry(world)
    someone = alone(world.moderator)
    seen = await someone.slash("privacy show")
    assert "**Test server**" in seen.text
    await someone.click(await someone.slash("privacy forget-me"), "Forget me")

    assert (await world.moderator.slash("privacy show")).text.startswith("## Nothing is stored about you")


async def test_forgetting_in_one_server_leaves_the_others(world: World) -> None:
    await an_entry(world)
    zoe = world.elsewhere("zoe")
    await zoe.slash("alias add", word="Quibblefolk", target="party/turkey")
    await zoe.click(await zoe.slash("privacy forget-me"), "Forget me")

    assert "Test server" in (await world.moderator.slash("privacy show")).text
