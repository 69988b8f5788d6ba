"""``/position`` as people type it."""

from tests.fakes.world import World
from tests.paths import TEXTS, needs


async def test_the_preferred_claim_comes_first_with_its_act_date_and_source(world: World) -> None:
    seen = await world.mia.slash("position", party="russia", topic="security")

    assert seen.ephemeral
    assert seen.text.startswith("## Russia · Security guarantees\n**Russia wants legally binding security guarantees")
    assert "-# Demand · undated · `ru-sec-2`" in seen.text
    assert "[3] 004 · Analysis of Russia's core demand for talks" in seen.text
    assert seen.buttons == ["Sources", "History", "Compare", "Share"]


async def test_any_words_name_a_party_and_a_topic(world: World) -> None:
    for party, topic in [("Kremlin", "neutrality"), ("Путін", "НАТО"), ("putni", "nato membership"), ("RU", "otan")]:
        seen = await world.mia.slash("position", party=party, topic=topic)
        assert seen.text.startswith("## Russia · NATO"), (party, topic)


async def test_a_guess_is_shown_as_a_guess(world: World) -> None:
    seen = await world.mia.slash("position", party="putni", topic="neutralty")
    sure = await world.mia.slash("position", party="putin", topic="neutrality")

    assert "-# I read “putni” as Russia, “neutralty” as NATO and neutrality." in seen.text
    assert "I read" not in sure.text


async def test_a_contested_claim_says_how_the_documents_differ(world: World) -> None:
    seen = await world.mia.slash("position", party="russia", topic="nato")

    assert "⚠ Contested: " in seen.text


@needs(TEXTS)
async def test_sources_shows_where_it_stands_and_the_words(world: World) -> None:
    position = await world.mia.slash("position", party="russia", topic="sanctions")
    seen = await world.mia.click(position, "Sources")

    assert seen.ephemeral
    assert "-# 002: Russia’s Position > Sanctions Relief" in seen.text
    assert "Sanctions Relief: Russia hopes for gradual removal" in seen.text


async def test_history_shows_when_each_claim_was_recorded(world: World) -> None:
    position = await world.mia.slash("position", party="russia", topic="language")
    seen = await world.mia.click(position, "History")

    assert "**2026-01-02 03:04** · added in the shipped base" in seen.text


async def test_compare_puts_the_other_principal_party_beside_it(world: World) -> None:
    position = await world.mia.slash("position", party="ukraine", topic="nato")
    seen = await world.mia.click(position, "Compare")

    assert seen.text.startswith("## NATO and neutrality: Ukraine and Russia")


async def test_share_posts_the_answer_for_everyone_and_names_who_shared(world: World) -> None:
    position = await world.mia.slash("position", party="russia", topic="security")
    before = world.public_messages
    shared = await world.mia.click(position, "Share")

    assert not shared.ephemeral
    assert world.public_messages == before + 1
    assert "Shared by mia" in shared.text
    assert "Share" not in shared.buttons


async def test_a_button_of_a_shared_answer_answers_only_who_clicked(world: World) -> None:
    position = await world.mia.slash("position", party="russia", topic="security")
    shared = await world.mia.click(position, "Share")
    seen = await world.ben.click(shared, "Sources")

    assert seen.ephemeral


async def test_a_long_position_is_paged_and_says_every_claim_once(world: World) -> None:
    first = await world.mia.slash("position", party="russia", topic="territory")
    assert "Page 1 of" in first.text
    texts, seen = [first.text], first
    while "Next ›" in seen.buttons:
        seen = await world.mia.click(seen, "Next ›")
        texts.append(seen.text)

    ids = [word for text in texts for word in text.split("`") if word.startswith("ru-ter-")]
    assert len(ids) == len(set(ids)) > 10


async def test_buttons_work_after_a_restart(world: World) -> None:
    position = await world.mia.slash("position", party="russia", topic="security")
    await world.restart()
    seen = await world.mia.click(position, "History")

    assert seen.text.startswith("## History · Russia · Security guarantees")


async def test_an_unknown_word_gets_choices_that_work(world: World) -> None:
    asked = await world.mia.slash("position", party="Kremlin", topic="cabbage rolls")
    assert asked.ephemeral
    seen = await world.mia.click(asked, asked.buttons[0])

    assert seen.text.startswith("## Russia · ")


async def test_what_was_typed_is_never_obeyed(world: World) -> None:
    asked = await world.mia.slash("position", party="@everyone <@1> **x** https://evil.example", topic="nato")

    assert "<@1>" not in asked.text.replace("\\<", "")
    assert "@everyone" not in asked.text
    assert "https://" not in asked.text


async def test_a_known_pair_without_a_claim_offers_what_is_recorded(world: World) -> None:
    asked = await world.mia.slash("position", party="turkey", topic="territory")
    assert "**No recorded position** of Turkey on this topic." in asked.text
    assert {"Mediation", "Negotiations"} <= set(asked.options)
    seen = await world.mia.choose(asked, "Mediation")

    assert seen.text.startswith("## Turkey · Mediation")


async def test_before_recording_began_nothing_was_known(world: World) -> None:
    seen = await world.mia.slash("position", party="russia", topic="nato", as_of="2025-12")

    assert "**No recorded position** as recorded by December 2025" in seen.text
    assert "Recording began on 2026-01-02" in seen.text


async def test_a_date_that_cannot_be_read_is_explained(world: World) -> None:
    seen = await world.mia.slash("position", party="russia", topic="nato", as_of="last week")

    assert "I cannot read “last week” as a date. Write it as `2026`" in seen.text


async def test_it_works_in_a_dm(world: World) -> None:
    seen = await world.in_dm("eve").slash("position", party="ukraine", topic="nato")

    assert seen.text.startswith("## Ukraine · NATO")
