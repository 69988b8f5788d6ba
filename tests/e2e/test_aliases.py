"""``/alias``: a server's own words."""

from tests.fakes.world import World


async def test_a_word_is_understood_in_the_next_question_here_and_nowhere_else(world: World) -> None:
    zoe = world.elsewhere("zoe")
    seen = await world.moderator.slash("alias add", word="the Quibblefolk", target="party/turkey")
    assert seen.text.startswith("## Word the Quibblefolk added")
    here = await world.mia.slash("ask", question="what do the quibblefolk say about mediation?")
    there = await zoe.slash("ask", question="what do the quibblefolk say about mediation?")

    assert here.text.startswith("## Turkey · Mediation")
    assert not there.text.startswith("## Turkey · Mediation")
    assert "Quibblefolk" not in (await zoe.slash("about")).text
    assert "the Quibblefolk → `party/turkey`" in (await world.moderator.slash("alias list")).text


async def test_a_removed_word_is_not_understood_any_more(world: World) -> None:
    await world.moderator.slash("alias add", word="Quibblefolk", target="Turkey")
    assert await world.moderator.typing("alias remove", "word", "quib") == ["Quibblefolk → party/turkey"]
    await world.moderator.slash("alias remove", word="quibblefolk")
    seen = await world.mia.slash("ask", question="quibblefolk on mediation")

    assert not seen.text.startswith("## Turkey · Mediation")
    assert "There are none yet" in (await world.moderator.slash("alias list")).text


async def test_a_target_is_found_while_typing(world: World) -> None:
    assert "Turkey (party)" in await world.moderator.typing("alias add", "target", "turk")
    assert any("(person)" in each for each in await world.moderator.typing("alias add", "target", "putin"))


async def test_a_clash_says_what_the_word_means(world: World) -> None:
    seen = await world.moderator.slash("alias add", word="Kremlin", target="party/turkey")

    assert seen.ephemeral
    assert "“Kremlin” means `party/russia` already" in seen.text


async def test_what_a_word_should_mean_must_be_known(world: World) -> None:
    seen = await world.moderator.slash("alias add", word="Quibblefolk", target="Zanzibar")

    assert "I know no party, topic or person called “Zanzibar”." in seen.text


async def test_members_may_not_add_words(world: World) -> None:
    seen = await world.mia.slash("alias add", word="Quibblefolk", target="party/turkey")

    assert "This is for editors" in seen.text


async def test_a_party_and_a_topic_of_this_server_can_be_used_at_once(world: World) -> None:
    await world.moderator.slash("alias party-add", name="Harbour Board", about="Runs the harbours.")
    await world.moderator.slash("alias topic-add", name="Tug boats", about="Who pulls whom.")
    form = await world.moderator.opens("entry add", party="Harbour Board", topic="Tug boats")
    source = "Minutes | https://example.org/m | 2025"
    await world.moderator.sends(form, act="demand", claim="More tug boats.", sources=source)
    seen = await world.mia.slash("ask", question="what does the harbour board want on tug boats?")

    assert seen.text.startswith("## Harbour Board · Tug boats")
    assert "More tug boats." in seen.text
    assert "Harbour Board" in await world.mia.typing("position", "party", "harb")


async def test_a_party_can_be_undone(world: World) -> None:
    added = await world.moderator.slash("alias party-add", name="Harbour Board", about="Runs the harbours.")
    await world.moderator.click(added, "Undo")

    assert await world.mia.typing("position", "party", "harb") == []


async def test_many_words_come_as_a_file(world: World) -> None:
    for number in range(26):
        await world.moderator.slash("alias add", word=f"quibblefolk {number}", target="party/turkey")
    seen = await world.moderator.slash("alias list")

    assert "… and 1 more" in seen.text
    assert (await seen.file()).decode().count("→ party/turkey\n") == 26
