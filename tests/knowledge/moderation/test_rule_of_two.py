"""The rule of two has no way around it: not over forgetting, not over a file, not over what was overtaken."""

import json

import pytest

from knowledge.moderation.errors import Forbidden, NoSuchProposal, OwnProposal
from knowledge.moderation.model import Caller, ProposalState
from knowledge.moderation.outcomes import Applied, Overtaken, Submitted
from tests.knowledge.moderation.desk import ANN, APPROVERS, BOB, CLEO, EDITORS, EVE, Office, draft
from tests.knowledge.samples import SERVER


def file_of(*claims: str) -> bytes:
    """A file of obstacles."""
    citation = {"document": "000", "locator": "paragraph 1"}
    entries = [{"kind": "obstacle", "topic": "water", "claim": claim, "citations": [citation]} for claim in claims]
    return json.dumps({"entries": entries}).encode()


async def test_who_had_themselves_forgotten_cannot_approve_what_they_proposed(office: Office) -> None:
    await office.set_roles(two_person="all")
    waits = await office.moderation.add(SERVER, BOB, draft("Bob's own wish."))
    assert isinstance(waits, Submitted)
    await office.moderation.forget(SERVER, BOB.user)

    for caller in (BOB, EVE):  # nobody knows any more whose it was
        with pytest.raises(OwnProposal):
            await office.moderation.approve(SERVER, caller, waits.proposal.id)


async def test_what_a_forgotten_person_proposed_is_taken_up_by_two_others(office: Office) -> None:
    await office.set_roles(two_person="all")
    waits = await office.moderation.add(SERVER, ANN, draft("Ann's wish."))
    assert isinstance(waits, Submitted)
    await office.moderation.forget(SERVER, ANN.user)
    await office.moderation.edit_pending(SERVER, BOB, waits.proposal.id, draft("Ann's wish."))
    with pytest.raises(OwnProposal):
        await office.moderation.approve(SERVER, BOB, waits.proposal.id)
    done = await office.moderation.approve(SERVER, EVE, waits.proposal.id)

    assert done.proposal.state is ProposalState.APPLIED


async def test_a_file_waits_for_a_second_person_too(office: Office) -> None:
    plan = await office.moderation.plan_import(SERVER, BOB, file_of("One.", "Two."))
    assert plan.proposal
    await office.set_roles(two_person="all")
    waits = await office.moderation.apply_import(SERVER, BOB, plan.proposal.id)

    assert isinstance(waits, Submitted)
    with pytest.raises(OwnProposal):
        await office.moderation.approve(SERVER, BOB, waits.proposal.id)


async def test_a_dry_run_is_applied_as_a_file_only(office: Office) -> None:
    plan = await office.moderation.plan_import(SERVER, BOB, file_of("One.", "Two."))
    assert plan.proposal

    with pytest.raises(NoSuchProposal):
        await office.moderation.apply_on_top(SERVER, BOB, plan.proposal.id)


async def test_a_file_that_was_overtaken_still_needs_an_approver(office: Office) -> None:
    made = await office.moderation.add(SERVER, ANN, draft("First."))
    assert isinstance(made, Applied)
    exported = json.loads(await office.moderation.export_entries(SERVER, BOB, "json"))
    for entry in exported["entries"]:
        entry["claim"] += " Again."
    plan = await office.moderation.plan_import(SERVER, BOB, json.dumps(exported).encode())
    assert plan.proposal, plan.faults
    key = made.changes[0].key
    await office.moderation.revise(SERVER, ANN, key, await office.version(key), draft("Second."))
    late = await office.moderation.apply_import(SERVER, BOB, plan.proposal.id)
    assert isinstance(late, Overtaken)
    with pytest.raises(Forbidden):
        await office.moderation.apply_on_top(SERVER, Caller(BOB.user, frozenset({EDITORS})), late.typed.id)

    assert isinstance(await office.moderation.apply_on_top(SERVER, BOB, late.typed.id), Applied)


async def test_who_approves_sees_what_the_entries_are_now(office: Office) -> None:
    await office.set_roles(two_person="all")
    version = await office.version("up-wat-1")
    waits = await office.moderation.revise(SERVER, ANN, "up-wat-1", version, draft("New.", sources="000 | paragraph 1"))

    assert isinstance(waits, Submitted)
    assert waits.heads["up-wat-1"].sequence == version


async def test_an_edited_suggestion_brings_its_source_once(office: Office) -> None:
    waits = await office.moderation.suggest(SERVER, CLEO, draft("A wish."), None, notify=False)
    await office.moderation.edit_pending(SERVER, EVE, waits.proposal.id, draft("A wish, better."))
    async with office.storage.reading() as work:
        found = [each.url for each in await work.documents.all(SERVER)]

    assert found.count("https://gazette.example/1") == 1


async def test_the_roles_are_asked_at_the_click(office: Office) -> None:
    waits = await office.moderation.suggest(SERVER, CLEO, draft("A wish."), None, notify=False)

    with pytest.raises(Forbidden) as error:
        await office.moderation.approve(SERVER, Caller(EVE.user), waits.proposal.id)
    assert error.value.role == APPROVERS


async def test_a_source_that_is_there_already_stays_as_it_is(office: Office) -> None:
    def file(title: str, claim: str) -> bytes:
        citation = {"document": "minutes", "locator": "p. 3"}
        entry = {"kind": "obstacle", "topic": "water", "claim": claim, "citations": [citation]}
        return json.dumps({"entries": [entry], "documents": [{"id": "minutes", "title": title}]}).encode()

    plans = [
        await office.moderation.plan_import(SERVER, BOB, file("True", "One.")),
        await office.moderation.plan_import(SERVER, BOB, file("False", "Two.")),
    ]
    for plan in plans:
        assert plan.proposal, plan.faults
        await office.moderation.apply_import(SERVER, BOB, plan.proposal.id)
    async with office.storage.reading() as work:
        titles = {each.id: each.title for each in await work.documents.all(SERVER)}

    assert titles["minutes"] == "True"
