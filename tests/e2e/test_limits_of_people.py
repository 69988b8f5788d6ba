"""How fast and how much one member may go on: kindly told, and never a reason for somebody else to wait."""

from handlers import pace
from knowledge.model import Scope
from knowledge.moderation.drafts import Draft
from knowledge.moderation.editing import SUGGESTIONS_A_DAY
from knowledge.moderation.model import Caller
from knowledge.moderation.service import ModerationService
from tests.fakes.world import Person, Seen, World

SOURCE = "Talks resume | https://example.org/talks | 2025-06-02"
TOO_FAST = "That was a little fast. Please wait 30 seconds and try again."


async def hurries(person: Person) -> Seen:
    """Types as many commands as possible; the last answer."""
    for _ in range(pace.RATE - 1):
        await person.slash("obstacles")
    return await person.slash("obstacles")


async def test_who_is_too_fast_is_told_so_alone_and_how_long_to_wait(world: World) -> None:
    assert "Obstacles" in (await hurries(world.mia)).text
    seen = await world.mia.slash("about")

    assert seen.ephemeral
    assert TOO_FAST in seen.text


async def test_others_in_the_same_channel_do_not_wait(world: World) -> None:
    await hurries(world.mia)
    assert TOO_FAST in (await world.mia.slash("about")).text

    assert "/position" in (await world.ben.slash("about")).text
    assert "/position" in (await world.in_dm("eve").slash("about")).text


async def test_after_the_wait_it_goes_on(world: World) -> None:
    await hurries(world.mia)
    await world.later(20)
    assert "Please wait 10 seconds" in (await world.mia.slash("about")).text
    await world.later(11)

    assert "/position" in (await world.mia.slash("about")).text


async def test_typing_costs_nothing(world: World) -> None:
    for _ in range(pace.RATE + 1):
        assert (await world.mia.typing("party", "name", "rus"))[0] == "Russia"

    assert "/position" in (await world.mia.slash("about")).text


async def test_clicks_count_and_may_wait_too(world: World) -> None:
    seen = await world.mia.slash("timeline")
    await hurries(world.mia)
    refused = await world.mia.click(seen, "Next ›")
    assert refused.ephemeral
    assert TOO_FAST in refused.text
    await world.later(31)

    assert (await world.mia.click(seen, "Next ›")).text.startswith("## Time line")


async def test_what_was_typed_into_a_form_is_taken_however_fast(world: World) -> None:
    form = await world.mia.opens("suggest", party="turkey", topic="nato")
    for _ in range(pace.RATE):
        await world.mia.slash("obstacles")
    seen = await world.mia.sends(form, act="demand", claim="Ankara wants a bridge.", sources=SOURCE)

    assert "Waits for approval" in seen.text


async def test_suggestions_are_slower_for_one_member_alone(world: World) -> None:
    for _ in range(3):
        await world.mia.opens("suggest")
    refused = await world.mia.slash("suggest")
    assert "Please wait 60 seconds" in refused.text
    assert "/position" in (await world.mia.slash("about")).text
    form = await world.ben.opens("suggest")
    assert form.title == "Suggest an entry"
    await world.later(61)

    assert (await world.mia.opens("suggest")).title == "Suggest an entry"


async def test_the_quota_of_a_day_is_told_and_the_text_comes_back(world: World, moderation: ModerationService) -> None:
    scope, caller = Scope(world.guild.id), Caller(world.mia.actor.id)
    for number in range(SUGGESTIONS_A_DAY):
        draft = Draft(f"Ankara wants {number} bridges.", SOURCE, act="demand", party="turkey", topic="nato")
        await moderation.suggest(scope, caller, draft, None, notify=False)
    form = await world.mia.opens("suggest", party="turkey", topic="nato")
    refused = await world.mia.sends(form, act="demand", claim="Ankara wants one more.", sources=SOURCE)

    assert f"You have made {SUGGESTIONS_A_DAY} suggestions in the last 24 hours" in refused.text
    assert "Ankara wants one more." in refused.text
    form = await world.ben.opens("suggest", party="turkey", topic="nato")
    assert "Waits" in (await world.ben.sends(form, act="demand", claim="Ankara waits.", sources=SOURCE)).text
