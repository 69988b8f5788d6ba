"""Undo takes back any change of the last 30 days by another change."""

from datetime import timedelta

import pytest

from knowledge.model import Status
from knowledge.moderation.errors import CannotUndo, Forbidden, NoUndo
from knowledge.moderation.outcomes import Applied, Outcome
from tests.knowledge.moderation.desk import ANN, BOB, CLEO, DANA, DRAFT, Office, draft
from tests.knowledge.samples import SERVER, preferred, record, step

OF_BASE = "000 | paragraph 1"
BASE_CLAIMS = ["Claim up-wat-1.", "Claim up-wat-2."]


def position(outcome: Outcome) -> int:
    """What the *Undo* button of a change carries."""
    assert isinstance(outcome, Applied)
    return outcome.changes[0].batch


async def test_an_addition_undone_is_retracted_and_an_undo_can_be_undone(office: Office) -> None:
    added = await office.moderation.add(SERVER, ANN, DRAFT)
    undone = await office.moderation.undo(SERVER, ANN, position(added))
    assert await office.told() == BASE_CLAIMS

    await office.moderation.undo(SERVER, ANN, position(undone))
    assert "Uplands demands two meters of water." in await office.told()


async def test_a_base_entry_whose_change_is_undone_follows_the_base_again(office: Office) -> None:
    version = await office.version("up-wat-1")
    changed = await office.moderation.revise(SERVER, ANN, "up-wat-1", version, draft("Ours.", sources=OF_BASE))
    await office.moderation.undo(SERVER, ANN, position(changed))
    assert (await office.told())[0] == "Claim up-wat-1."

    await record(office.storage, step(preferred("up-wat-1", claim="A later release."), 2))
    assert (await office.told())[0] == "A later release."
    assert [action for action, _ in await office.steps("up-wat-1")] == ["add", "revise", "revise", "add"]


async def test_a_second_change_undone_goes_back_to_the_first(office: Office) -> None:
    for claim in ("First.", "Second."):
        version = await office.version("up-wat-1")
        done = await office.moderation.revise(SERVER, ANN, "up-wat-1", version, draft(claim, sources=OF_BASE))
    await office.moderation.undo(SERVER, ANN, position(done))

    assert (await office.told())[0] == "First."


async def test_a_retraction_undone_is_told_again(office: Office) -> None:
    version = await office.version("up-wat-2")
    done = await office.moderation.set_status(SERVER, ANN, "up-wat-2", version, Status.RETRACTED, "a slip")
    await office.moderation.undo(SERVER, BOB, position(done))

    assert await office.told() == BASE_CLAIMS


async def test_what_was_changed_again_since_stays(office: Office) -> None:
    version = await office.version("up-wat-1")
    first = await office.moderation.revise(SERVER, ANN, "up-wat-1", version, draft("First.", sources=OF_BASE))
    version = await office.version("up-wat-1")
    await office.moderation.revise(SERVER, BOB, "up-wat-1", version, draft("Second.", sources=OF_BASE))

    with pytest.raises(CannotUndo) as told:
        await office.moderation.undo(SERVER, ANN, position(first))
    assert (told.value.why, told.value.key) == (NoUndo.CHANGED_SINCE, "up-wat-1")
    assert (await office.told())[0] == "Second."


async def test_undo_works_for_thirty_days(office: Office) -> None:
    added = await office.moderation.add(SERVER, ANN, DRAFT)
    office.now += timedelta(days=30, seconds=1)
    with pytest.raises(CannotUndo) as told:
        await office.moderation.undo(SERVER, ANN, position(added))
    assert told.value.why is NoUndo.TOO_OLD

    office.now -= timedelta(seconds=1)
    await office.moderation.undo(SERVER, ANN, position(added))


async def test_words_and_settings_are_undone_by_those_who_could_set_them(office: Office) -> None:
    word = await office.moderation.add_alias(SERVER, ANN, "the brook", "topic/water")
    settings = await office.moderation.change_settings(SERVER, DANA, {"timezone": "Europe/Kyiv"})
    with pytest.raises(Forbidden):
        await office.moderation.undo(SERVER, ANN, position(settings))
    with pytest.raises(Forbidden):
        await office.moderation.undo(SERVER, CLEO, position(word))

    await office.moderation.undo(SERVER, DANA, position(settings))
    await office.moderation.undo(SERVER, ANN, position(word))

    assert (await office.moderation.settings(SERVER, DANA)).timezone == "UTC"
    assert await office.moderation.aliases(SERVER, BOB) == []


async def test_an_import_is_undone_as_one_by_an_approver(office: Office) -> None:
    file = b"""
entries:
- {id: x-1, kind: stance, party: uplands, topic: water, act: demand, claim: One., rank: normal,
   citations: [{document: "000", locator: paragraph 1}]}
- {id: x-2, kind: stance, party: uplands, topic: water, act: demand, claim: Two.,
   citations: [{document: "000", locator: paragraph 1}]}
"""
    plan = await office.moderation.plan_import(SERVER, BOB, file)
    assert plan.faults == []
    assert plan.proposal is not None
    applied = await office.moderation.apply_import(SERVER, BOB, plan.proposal.id)
    assert (await office.told())[1:] == ["Claim up-wat-2.", "One.", "Two."]

    with pytest.raises(Forbidden):
        await office.moderation.undo(SERVER, ANN, position(applied))
    await office.moderation.undo(SERVER, BOB, position(applied))
    assert await office.told() == BASE_CLAIMS


async def test_by_the_rule_of_two_only_approvers_undo(office: Office) -> None:
    added = await office.moderation.add(SERVER, ANN, DRAFT)
    await office.moderation.change_settings(SERVER, DANA, {"two_person": "all"})

    with pytest.raises(Forbidden):
        await office.moderation.undo(SERVER, ANN, position(added))
    await office.moderation.undo(SERVER, BOB, position(added))


async def test_a_position_that_is_none_is_unknown(office: Office) -> None:
    with pytest.raises(CannotUndo) as told:
        await office.moderation.undo(SERVER, ANN, 999)
    assert told.value.why is NoUndo.UNKNOWN
