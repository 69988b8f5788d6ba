"""The trail: who did what and why, in order, and a chain that shows when somebody altered it."""

import json
from collections.abc import Callable
from dataclasses import replace

import pytest

from knowledge.model import Status
from knowledge.moderation.auditing import PAGE, verify
from knowledge.moderation.chain import Verified, follow, link_of
from knowledge.moderation.errors import Forbidden
from knowledge.moderation.model import Change, Subject
from tests.knowledge.moderation.desk import ANN, BOB, CLEO, DANA, DRAFT, EVE, Office
from tests.knowledge.samples import OTHER_SERVER, SERVER


async def trail(office: Office) -> list[Change]:
    """All changes of the server."""
    async with office.storage.reading() as work:
        return await work.changes.page(SERVER, 0, 100)


async def busy(office: Office) -> list[Change]:
    """A trail of some length."""
    await office.moderation.add(SERVER, ANN, DRAFT)
    version = await office.version("up-wat-2")
    await office.moderation.set_status(SERVER, BOB, "up-wat-2", version, Status.RETRACTED, "a slip")
    await office.moderation.add_alias(SERVER, ANN, "the brook", "topic/water")
    return await trail(office)


async def test_the_trail_says_who_did_what_and_why(office: Office) -> None:
    changes = await busy(office)

    assert [(each.subject.value, each.action.value, each.reason) for each in changes] == [
        ("settings", "revise", None),
        ("entry", "add", None),
        ("entry", "retract", "a slip"),
        ("alias", "add", None),
    ]
    assert changes[1].actor == changes[3].actor != changes[2].actor
    assert all(str(ANN.user) not in each.actor for each in changes)
    assert changes[2].before is not None
    assert (changes[2].before["status"], (changes[2].after or {})["status"]) == ("active", "retracted")


async def test_an_untouched_chain_is_whole(office: Office) -> None:
    changes = await busy(office)

    assert await verify(office.storage, SERVER) == Verified(4, changes[-1].link)
    assert await verify(office.storage, OTHER_SERVER) == Verified(0)


@pytest.mark.parametrize(
    "altered",
    [
        lambda change: replace(change, reason="other"),
        lambda change: replace(change, actor="other"),
        lambda change: replace(change, key="other"),
    ],
)
async def test_an_altered_line_breaks_the_chain_there(office: Office, altered: Callable[[Change], Change]) -> None:
    changes = await busy(office)
    changes[2] = altered(changes[2])

    assert follow(changes, Verified(0)).broken_at == 3


async def test_an_altered_claim_breaks_the_chain(office: Office) -> None:
    changes = await busy(office)
    content = {**(changes[1].after or {}), "claim": "Uplands demands nothing."}
    assert follow([changes[0], replace(changes[1], after=content), *changes[2:]], Verified(0)).broken_at == 2


async def test_a_dropped_or_swapped_line_breaks_the_chain(office: Office) -> None:
    first, second, third, fourth = await busy(office)

    assert follow([first, third, fourth], Verified(0)).broken_at == 2
    assert follow([first, third, second, fourth], Verified(0)).broken_at == 2


async def test_a_forged_line_breaks_the_next_one(office: Office) -> None:
    first, second, third, fourth = await busy(office)
    forged = replace(second, reason="forged")
    forged = replace(forged, link=link_of(forged, first.link))

    assert follow([first, forged, third, fourth], Verified(0)).broken_at == 3


async def test_forgetting_a_person_leaves_the_chain_whole_and_a_handle_behind(office: Office) -> None:
    await busy(office)
    (handle,) = await office.moderation.forget(SERVER, ANN.user)

    assert (await verify(office.storage, SERVER)).broken_at is None
    assert handle in {each.actor for each in await trail(office)}
    assert await office.moderation.stored_about(SERVER, ANN.user) == []
    async with office.storage.reading() as work:
        assert await work.people.user(SERVER, handle) is None


async def test_who_was_forgotten_gets_another_handle(office: Office) -> None:
    await busy(office)
    (handle,) = await office.moderation.forget(SERVER, ANN.user)
    await office.moderation.add_alias(SERVER, ANN, "the stream", "topic/water")

    assert (await trail(office))[-1].actor != handle


async def test_each_change_is_to_be_told_once_also_after_a_restart(office: Office) -> None:
    await office.moderation.change_settings(SERVER, DANA, {"audit_channel": 77})
    await busy(office)
    found = await office.moderation.unposted(SERVER)
    assert (found.channel, [batch[0].position for batch in found.batches]) == (77, [1, 2, 3, 4, 5])
    assert found.who[found.batches[2][0].actor] == ANN.user

    await office.moderation.mark_posted(SERVER, 3)
    office.restart()
    assert await office.moderation.scopes_behind() == [SERVER]
    assert [batch[0].position for batch in (await office.moderation.unposted(SERVER)).batches] == [4, 5]

    await office.moderation.mark_posted(SERVER, 5)
    await office.moderation.mark_posted(SERVER, 2)
    assert await office.moderation.scopes_behind() == []


async def test_a_batch_is_told_whole_however_long_it_is(office: Office) -> None:
    citation = {"document": "000", "locator": "paragraph 1"}
    entries = [
        {"kind": "obstacle", "topic": "water", "claim": f"No. {number}", "citations": [citation]}
        for number in range(PAGE + 100)
    ]
    plan = await office.moderation.plan_import(SERVER, BOB, json.dumps({"entries": entries}).encode())
    assert plan.proposal, plan.faults
    await office.moderation.apply_import(SERVER, BOB, plan.proposal.id)
    found = await office.moderation.unposted(SERVER)

    assert len(found.batches[-1]) == PAGE + 100


async def test_approvers_get_the_trail_as_a_file(office: Office) -> None:
    await busy(office)
    lines = (await office.moderation.audit_export(SERVER, EVE)).decode().splitlines()

    assert [json.loads(line)["position"] for line in lines] == [1, 2, 3, 4]
    assert json.loads(lines[1])["after"]["claim"] == DRAFT.claim
    for nobody in (ANN, CLEO):
        with pytest.raises(Forbidden):
            await office.moderation.audit_export(SERVER, nobody)


async def test_what_is_stored_about_a_person_names_their_changes_here(office: Office) -> None:
    await busy(office)
    await office.moderation.suggest(SERVER, CLEO, DRAFT, "https://discord.com/channels/1/2/3", notify=True)

    (ann,) = await office.moderation.stored_about(SERVER, ANN.user)
    assert [each.subject for each in ann.changes] == [Subject.ENTRY, Subject.ALIAS]
    told = json.loads(await office.moderation.privacy_export(SERVER, CLEO.user))
    assert told["servers"][0]["proposals"][0]["message"] == "https://discord.com/channels/1/2/3"
    assert json.loads(await office.moderation.privacy_export(OTHER_SERVER, CLEO.user))["servers"] == []
