"""The other commands as people type them."""

import pytest

from tests.fakes.world import World

COMMANDS = {
    "compare": {"topic": "territory"},
    "party": {"name": "russia"},
    "topic": {"name": "nato"},
    "timeline": {},
    "obstacles": {},
    "proposals": {},
    "sources": {},
    "about": {},
}


@pytest.mark.parametrize(("command", "options"), COMMANDS.items())
async def test_every_command_answers_only_who_asked_and_can_be_shared(
    world: World, command: str, options: dict[str, str]
) -> None:
    seen = await world.mia.slash(command, **options)
    shared = await world.mia.click(seen, "Share")

    assert seen.ephemeral
    assert not shared.ephemeral
    assert seen.text.splitlines()[0] == shared.text.splitlines()[0]


async def test_compare_shows_what_they_agree_and_differ_on_first(world: World) -> None:
    seen = await world.mia.slash("compare", topic="territory")

    assert seen.text.startswith("## Territory: Russia and Ukraine\n**≠ They differ on** recognition of the annexed")
    assert "• **Russia** demands" in seen.text
    assert "• **Ukraine** rejects" in seen.text
    assert {"Russia in full", "Ukraine in full"} <= set(seen.buttons)


async def test_compare_says_plainly_who_has_no_position(world: World) -> None:
    seen = await world.mia.slash("compare", topic="territory", first="russia", second="turkey")

    assert "**Turkey has no recorded position on Territory.**" in seen.text
    assert "Turkey in full" not in seen.buttons


async def test_one_named_party_is_compared_with_a_principal_one(world: World) -> None:
    seen = await world.mia.slash("compare", topic="mediation", first="ankara")

    assert seen.text.startswith("## Mediation: Turkey and Russia")


async def test_a_profile_names_people_with_their_offices(world: World) -> None:
    seen = await world.mia.slash("party", name="turkey")

    assert "• Erdogan, President of Turkey" in seen.text
    assert "• Hakan Fidan, Foreign Minister of Turkey" in seen.text
    position = await world.mia.choose(seen, "Mediation")
    assert position.text.startswith("## Turkey · Mediation")


async def test_a_topic_shows_each_party_and_who_is_silent(world: World) -> None:
    seen = await world.mia.slash("topic", name="crimea")

    assert seen.text.startswith("## Territory")
    assert "**United States:** President Trump insists" in seen.text
    assert "No recorded position: " in seen.text


async def test_the_time_line_dates_no_more_precisely_than_the_sources(world: World) -> None:
    seen = await world.mia.slash("timeline")

    assert "**2014** · Russia annexed Crimea." in seen.text
    assert seen.text.index("Russia annexed Crimea") < seen.text.index("full-scale invasion of Ukraine")


async def test_the_time_line_can_be_narrowed(world: World) -> None:
    seen = await world.mia.slash("timeline", party="turkey")

    assert seen.text.startswith("## Time line · Turkey")
    assert "Istanbul" in seen.text
    assert "Russia annexed Crimea" not in seen.text


async def test_an_empty_time_line_offers_all_events(world: World) -> None:
    seen = await world.mia.slash("timeline", party="nato", topic="language")
    assert "No event is recorded for this." in seen.text
    everything = await world.mia.click(seen, "All events")

    assert "Russia annexed Crimea" in everything.text


async def test_sources_lead_to_what_was_taken_from_one(world: World) -> None:
    seen = await world.mia.slash("sources")
    assert "**000 · Russia-Ukraine Peace Talks: Latest Updates Now**" in seen.text
    detail = await world.mia.choose(seen, "001 Questions and answers on negotiations with Russia")

    assert detail.text.startswith("## Source 001")
    assert "no author named" in detail.text


async def test_a_source_is_found_by_number_or_title(world: World) -> None:
    for words in ("003", "3", "ukraine and russia peace talks resume in turkey with low hopes"):
        seen = await world.mia.slash("sources", document=words)
        assert seen.text.startswith("## Source 003"), words


async def test_about_tells_how_much_from_what_and_as_of_when(world: World) -> None:
    seen = await world.mia.slash("about")

    assert "from 5 documents. Last changed 2026-01-02 03:04 UTC." in seen.text
    assert "take no side" in seen.text
    assert "I store no messages" in seen.text


async def test_typing_offers_parties_principal_ones_first(world: World) -> None:
    offered = await world.mia.typing("position", "party", "")

    assert offered[:2] == ["Russia", "Ukraine"]
    assert len(offered) == 11


async def test_typing_forgives_slips_and_knows_people_and_languages(world: World) -> None:
    assert (await world.mia.typing("position", "party", "ukrane"))[0] == "Ukraine"
    assert (await world.mia.typing("position", "party", "erdo"))[0] == "Turkey"
    assert (await world.mia.typing("compare", "topic", "крим"))[0] == "Territory"
