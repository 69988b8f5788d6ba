"""Editors add, revise, retract and restore; what they do is seen in their server at once, and only there."""

from dataclasses import replace

import pytest

from knowledge.errors import DateNotUnderstood, UnknownName
from knowledge.model import BASE, Status
from knowledge.moderation.errors import FaultyFields, Forbidden, NothingChanged, QuotaReached
from knowledge.moderation.model import Level, ProposalKind, TwoPerson
from knowledge.moderation.outcomes import Applied, Overtaken, Submitted
from knowledge.moderation.text import TextTooLong
from knowledge.requests import EntryRequest
from tests.knowledge.moderation.desk import ANN, BOB, CLEO, DANA, DRAFT, EVE, Office, draft
from tests.knowledge.samples import OTHER_SERVER, SERVER

TWO_METERS = "Uplands demands two meters of water."
THREE_METERS = "Uplands demands three meters of water."
BASE_CLAIMS = ["Claim up-wat-1.", "Claim up-wat-2."]


async def test_an_added_entry_is_in_the_next_answer_of_that_server_alone(office: Office) -> None:
    outcome = await office.moderation.add(SERVER, ANN, DRAFT)

    assert isinstance(outcome, Applied)
    assert TWO_METERS in await office.told()
    assert await office.told(scope=OTHER_SERVER) == await office.told(scope=BASE) == BASE_CLAIMS


async def test_an_added_entry_has_its_source_and_the_date_as_precise_as_it_was_given(office: Office) -> None:
    outcome = await office.moderation.add(SERVER, ANN, DRAFT)
    assert isinstance(outcome, Applied)
    answer = await office.knowledge.answer(EntryRequest(outcome.changes[0].key), SERVER)

    (document,) = answer.library.values()  # type: ignore[union-attr]  # an entry was asked
    assert (document.title, document.url, str(document.published_on)) == (
        "River gazette",
        "https://gazette.example/1",
        "2026-11",
    )
    assert str(answer.revision.entry.stated_on) == "2026-11-17"  # type: ignore[union-attr]


async def test_the_same_source_is_kept_once(office: Office) -> None:
    await office.moderation.add(SERVER, ANN, DRAFT)
    await office.moderation.add(SERVER, ANN, draft("Another claim."))

    async with office.storage.reading() as work:
        assert [each.url for each in await work.documents.all(SERVER)] == [None, None, "https://gazette.example/1"]


async def test_a_revised_base_entry_is_changed_here_and_stays_elsewhere(office: Office) -> None:
    version = await office.version("up-wat-1")
    sources = "000 | paragraph 1"
    await office.moderation.revise(SERVER, ANN, "up-wat-1", version, draft(THREE_METERS, sources=sources))

    assert (await office.told())[0] == THREE_METERS
    assert (await office.told(scope=OTHER_SERVER))[0] == "Claim up-wat-1."
    assert await office.steps("up-wat-1") == [("add", None), ("revise", None)]
    assert await office.steps("up-wat-1", OTHER_SERVER) == [("add", None)]


async def test_a_retracted_entry_is_told_no_more_until_it_is_restored(office: Office) -> None:
    for status, told in ((Status.RETRACTED, BASE_CLAIMS[:1]), (Status.ACTIVE, BASE_CLAIMS)):
        version = await office.version("up-wat-2")
        await office.moderation.set_status(SERVER, ANN, "up-wat-2", version, status, "a reason")
        assert await office.told() == told

    assert await office.steps("up-wat-2") == [("add", None), ("retract", "a reason"), ("restore", "a reason")]


async def test_what_is_recorded_already_changes_nothing(office: Office) -> None:
    version = await office.version("up-wat-2")

    with pytest.raises(NothingChanged):
        await office.moderation.set_status(SERVER, ANN, "up-wat-2", version, Status.ACTIVE, "no need")
    assert await office.steps("up-wat-2") == [("add", None)]


@pytest.mark.parametrize(
    ("faulty", "error"),
    [
        (draft("x" * 281), TextTooLong),
        (draft("A claim.", said="yesterday"), DateNotUnderstood),
        (draft("A claim.", party="nobody at all"), UnknownName),
        (draft("A claim.", sources="Title | http://plain.example"), FaultyFields),
        (draft("A claim.", sources="Title | https://user@host.example"), FaultyFields),
        (draft("A claim.", sources=""), FaultyFields),
        (draft("A claim.", act=""), FaultyFields),
        (draft("A claim.", topic=""), FaultyFields),
    ],
)
async def test_what_cannot_be_an_entry_is_refused_and_leaves_nothing(
    office: Office, faulty: object, error: type[Exception]
) -> None:
    with pytest.raises(error):
        await office.moderation.add(SERVER, ANN, faulty)  # type: ignore[arg-type]  # drafts all

    assert await office.told() == BASE_CLAIMS
    async with office.storage.reading() as work:
        assert len(await work.documents.all(SERVER)) == 2


async def test_the_slower_of_two_moderators_sees_the_newer_version_and_can_put_hers_on_top(office: Office) -> None:
    version = await office.version("up-wat-1")
    sources = "000 | paragraph 1"
    await office.moderation.revise(SERVER, BOB, "up-wat-1", version, draft("Bob's words.", sources=sources))
    late = await office.moderation.revise(SERVER, ANN, "up-wat-1", version, draft("Ann's words.", sources=sources))

    assert isinstance(late, Overtaken)
    assert late.newer.revision.entry.claim == "Bob's words."
    assert late.typed.items[0].entry.claim == late.on_top.claim == "Ann's words."
    assert (await office.told())[0] == "Bob's words."

    office.restart()
    await office.moderation.apply_on_top(SERVER, ANN, late.typed.id)

    assert (await office.told())[0] == "Ann's words."
    assert [action for action, _ in await office.steps("up-wat-1")] == ["add", "revise", "revise"]


async def test_a_late_retraction_on_top_keeps_the_newer_words(office: Office) -> None:
    version = await office.version("up-wat-1")
    sources = "000 | paragraph 1"
    await office.moderation.revise(SERVER, BOB, "up-wat-1", version, draft("Bob's words.", sources=sources))
    late = await office.moderation.set_status(SERVER, ANN, "up-wat-1", version, Status.RETRACTED, "not said")
    assert isinstance(late, Overtaken)
    await office.moderation.apply_on_top(SERVER, ANN, late.typed.id)

    answer = await office.knowledge.answer(EntryRequest("up-wat-1"), SERVER)
    entry = answer.revision.entry  # type: ignore[union-attr]  # an entry was asked
    assert (entry.claim, entry.status, entry.reason) == ("Bob's words.", Status.RETRACTED, "not said")


async def test_a_member_cannot_edit_and_is_told_which_role_is_needed(office: Office) -> None:
    with pytest.raises(Forbidden) as told:
        await office.moderation.add(SERVER, CLEO, DRAFT)

    assert (told.value.needed, told.value.role) == (Level.EDITOR, 501)


async def test_who_manages_the_server_edits_only_until_roles_are_set(office: Office) -> None:
    with pytest.raises(Forbidden):
        await office.moderation.add(SERVER, DANA, DRAFT)
    await office.moderation.add(OTHER_SERVER, DANA, DRAFT)

    assert TWO_METERS in await office.told(scope=OTHER_SERVER)


async def test_another_servers_entry_is_unknown(office: Office) -> None:
    outcome = await office.moderation.add(SERVER, ANN, DRAFT)
    assert isinstance(outcome, Applied)

    with pytest.raises(UnknownName) as told:
        await office.moderation.to_edit(OTHER_SERVER, DANA, outcome.changes[0].key)
    assert outcome.changes[0].key not in told.value.suggestions


async def test_entries_are_found_by_id_and_by_words_of_the_claim(office: Office) -> None:
    outcome = await office.moderation.add(SERVER, ANN, DRAFT)
    assert isinstance(outcome, Applied)
    key = outcome.changes[0].key

    async def found(typed: str) -> list[str]:
        return [each.entry.id for each in await office.moderation.find_entries(SERVER, typed)]

    assert await found("up-wat-2") == ["up-wat-2"]
    assert await found("meters of wat") == [key]
    assert await found("METERS dem") == [key]
    assert [each.entry.id for each in await office.moderation.find_entries(OTHER_SERVER, "meters")] == []


async def test_a_member_can_suggest_twenty_times_a_day(office: Office) -> None:
    for number in range(20):
        await office.moderation.suggest(SERVER, CLEO, draft(f"Claim {number}."), None, notify=False)
    with pytest.raises(QuotaReached):
        await office.moderation.suggest(SERVER, CLEO, DRAFT, None, notify=False)

    await office.moderation.suggest(SERVER, ANN, DRAFT, None, notify=False)
    await office.moderation.suggest(OTHER_SERVER, CLEO, DRAFT, None, notify=False)
    office.now = office.now.replace(day=office.now.day + 2)
    await office.moderation.suggest(SERVER, CLEO, DRAFT, None, notify=False)


@pytest.mark.parametrize("rule", [TwoPerson.ALL, TwoPerson.CONTESTED])
async def test_by_the_rule_of_two_somebody_else_has_to_approve(office: Office, rule: TwoPerson) -> None:
    await office.moderation.change_settings(SERVER, DANA, {"two_person": rule.value})
    waiting = await office.moderation.add(SERVER, BOB, replace(DRAFT, contested="The letter differs."))

    assert isinstance(waiting, Submitted)
    assert waiting.proposal.kind is ProposalKind.CHANGE
    assert await office.told() == BASE_CLAIMS

    await office.moderation.approve(SERVER, EVE, waiting.proposal.id)
    assert TWO_METERS in await office.told()


async def test_what_is_not_contested_needs_no_second_person_by_the_middle_rule(office: Office) -> None:
    await office.moderation.change_settings(SERVER, DANA, {"two_person": "contested"})

    assert isinstance(await office.moderation.add(SERVER, ANN, DRAFT), Applied)


async def test_a_late_restoration_on_top_keeps_the_newer_words(office: Office) -> None:
    version = await office.version("up-wat-2")
    await office.moderation.set_status(SERVER, BOB, "up-wat-2", version, Status.RETRACTED, "a slip")
    version = await office.version("up-wat-2")
    sources = "000 | paragraph 1"
    await office.moderation.revise(SERVER, BOB, "up-wat-2", version, draft("Bob's words.", sources=sources))
    late = await office.moderation.set_status(SERVER, ANN, "up-wat-2", version, Status.ACTIVE, "it was said")
    assert isinstance(late, Overtaken)
    await office.moderation.apply_on_top(SERVER, ANN, late.typed.id)

    assert "Bob's words." in await office.told()
