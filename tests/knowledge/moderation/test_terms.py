"""A server's own words, parties and topics: known in its next question, and nowhere else."""

import asyncio

import pytest

from knowledge.errors import AmbiguousName, UnknownName
from knowledge.interpretation import AnswerKind
from knowledge.model import BASE, Scope
from knowledge.moderation.errors import Forbidden, NoSuchSetting, NothingChanged, WordReserved, WordTaken
from knowledge.moderation.model import Audience, Caller, Settings
from knowledge.moderation.outcomes import Applied
from knowledge.moderation.text import TextEmpty, TextTooLong
from tests.knowledge.moderation.desk import ANN, BOB, CLEO, DANA, Office, draft
from tests.knowledge.samples import OTHER_SERVER, SERVER


async def asked(
    office: Office, question: str, scope: Scope = SERVER
) -> tuple[AnswerKind, tuple[str, ...], tuple[str, ...]]:
    """What a question is taken to mean in a server."""
    found = await office.knowledge.ask(question, scope)
    return found.kind, found.parties, found.topics


async def test_a_new_word_is_understood_in_the_next_question_of_that_server_alone(office: Office) -> None:
    for scope in (SERVER, OTHER_SERVER, BASE):
        assert (await asked(office, "uplands glimmerbrook", scope))[2] == ()
    await office.moderation.add_alias(SERVER, ANN, "Glimmerbrook", "topic/water")

    assert await asked(office, "uplands glimmerbrook") == (AnswerKind.STANCE, ("uplands",), ("water",))
    assert await asked(office, "uplands glimerbrook") == (AnswerKind.STANCE, ("uplands",), ("water",))
    for scope in (OTHER_SERVER, BASE):
        assert (await asked(office, "uplands glimmerbrook", scope))[2] == ()


async def test_a_word_that_was_removed_means_nothing_any_more(office: Office) -> None:
    await office.moderation.add_alias(SERVER, ANN, "Glimmerbrook", "topic/water")
    await office.moderation.remove_alias(SERVER, ANN, "glimmerbrook")

    assert (await asked(office, "uplands glimmerbrook"))[2] == ()
    with pytest.raises(UnknownName):
        await office.moderation.remove_alias(SERVER, ANN, "glimmerbrook")


async def test_a_word_may_mean_a_person(office: Office) -> None:
    await office.moderation.add_alias(SERVER, ANN, "Granite", "person/ada-kern")

    assert await asked(office, "granite on water") == (AnswerKind.STANCE, ("uplands",), ("water",))
    assert [(each.word, each.target) for each in await office.moderation.aliases(SERVER, BOB)] == [
        ("Granite", "person/ada-kern")
    ]


async def test_a_target_in_plain_words_is_resolved_and_asked_about_where_it_means_two_things(office: Office) -> None:
    await office.moderation.add_alias(SERVER, ANN, "Glimmerbrook", "Water")
    with pytest.raises(AmbiguousName) as told:
        await office.moderation.add_alias(SERVER, ANN, "Grinders", "guild")
    assert sorted(told.value.choices) == ["party/guild", "topic/guild"]
    with pytest.raises(UnknownName):
        await office.moderation.add_alias(SERVER, ANN, "Grinders", "no such thing at all")

    assert [each.target for each in await office.moderation.aliases(SERVER, BOB)] == ["topic/water"]


async def test_a_clash_says_what_the_word_means_already(office: Office) -> None:
    with pytest.raises(WordTaken) as told:
        await office.moderation.add_alias(SERVER, ANN, "RIVER", "topic/dam")
    assert told.value.target == "topic/water"

    with pytest.raises(WordTaken):
        await office.moderation.add_party(SERVER, BOB, "Lowlands", "A double.")


@pytest.mark.parametrize(
    ("word", "error"), [("what", WordReserved), ("🌊🌊", WordReserved), ("\u200b", TextEmpty), ("x" * 61, TextTooLong)]
)
async def test_words_that_would_spoil_questions_are_refused(office: Office, word: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        await office.moderation.add_alias(SERVER, ANN, word, "topic/water")


async def test_a_party_and_a_topic_of_ones_own_are_answered_here(office: Office) -> None:
    await office.moderation.add_party(SERVER, BOB, "Ferry Men", "They row.")
    await office.moderation.add_topic(SERVER, BOB, "Night crossings", "Rowing in the dark.")
    await office.moderation.add(
        SERVER, ANN, draft("The ferry men reject it.", party="ferry-men", topic="night-crossings", act="rejection")
    )

    assert await office.told("ferry men", "night crossings") == ["The ferry men reject it."]
    assert await asked(office, "ferry men on night crossings") == (
        AnswerKind.STANCE,
        ("ferry-men",),
        ("night-crossings",),
    )
    with pytest.raises(UnknownName):
        await office.told("ferry men", "water", scope=OTHER_SERVER)
    assert await office.moderation.complete_target(SERVER, "ferr") == [("Ferry Men (party)", "party/ferry-men")]
    assert await office.moderation.complete_target(OTHER_SERVER, "ferr") == []


async def test_only_approvers_add_parties_and_only_editors_words(office: Office) -> None:
    with pytest.raises(Forbidden):
        await office.moderation.add_party(SERVER, ANN, "Ferry Men", "They row.")
    with pytest.raises(Forbidden):
        await office.moderation.add_alias(SERVER, CLEO, "Glimmerbrook", "topic/water")
    with pytest.raises(Forbidden):
        await office.moderation.aliases(SERVER, CLEO)


async def test_the_slower_of_two_who_add_a_word_does_not_replace_it(office: Office) -> None:
    async def at_once(caller: Caller, target: str) -> object:
        return await office.moderation.add_alias(SERVER, caller, "Glimmerbrook", target)

    done = await asyncio.gather(at_once(ANN, "topic/water"), at_once(BOB, "party/uplands"), return_exceptions=True)

    assert [type(each) for each in done] == [Applied, WordTaken]
    assert [each.target for each in await office.moderation.aliases(SERVER, BOB)] == ["topic/water"]


async def test_settings_are_kept_and_put_back(office: Office) -> None:
    await office.moderation.change_settings(SERVER, DANA, {"timezone": "europe/kyiv", "answers": "public"})
    office.restart()
    assert await office.moderation.settings(SERVER, DANA) == Settings(
        editor_role=501, approver_role=502, timezone="Europe/Kyiv", answers=Audience.PUBLIC
    )
    assert await office.moderation.audience(OTHER_SERVER) is Audience.EPHEMERAL

    await office.moderation.change_settings(SERVER, DANA, {"timezone": None, "answers": None})
    with pytest.raises(NothingChanged):
        await office.moderation.change_settings(SERVER, DANA, {"timezone": None})


@pytest.mark.parametrize(
    ("name", "value"), [("timezone", "Mars/Olympus"), ("two_person", "three"), ("answers", "loud")]
)
async def test_a_value_that_a_setting_cannot_have_is_refused(office: Office, name: str, value: str) -> None:
    with pytest.raises(NoSuchSetting):
        await office.moderation.change_settings(SERVER, DANA, {name: value})
    with pytest.raises(Forbidden):
        await office.moderation.change_settings(SERVER, BOB, {"timezone": "UTC"})
