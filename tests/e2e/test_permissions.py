"""Who may do what: the table of ``permissions.py``, gone through by people of every kind."""

import discord
import pytest
from discord import app_commands

from bot.client import ParleyClient
from handlers.custom_ids import DeedVerb
from handlers.moderation.forms import LIFETIME
from knowledge.model import Scope
from knowledge.moderation.model import Caller, Level
from knowledge.moderation.service import ModerationService
from tests.e2e.permissions import MAY, ROWS, Row, Scene, Who
from tests.fakes.world import Seen, World

ALLOWED = "allowed"
PAUSE = 8
"""After so many rows everyone waits for a while. Waiting costs a test more than going on."""
MANAGER = discord.Permissions(manage_guild=True)
REFUSALS = ("This is for", "For this you need the permission")


def leaves(client: ParleyClient) -> set[str]:
    """Every command that can be typed, and every menu."""
    commands = client.tree.walk_commands()
    typed = {f"/{each.qualified_name}" for each in commands if isinstance(each, app_commands.Command)}
    kinds = (discord.AppCommandType.message, discord.AppCommandType.user)
    return typed | {f"menu {each.name}" for kind in kinds for each in client.tree.get_commands(type=kind)}


def test_every_command_every_menu_and_every_button_is_in_the_table(world: World) -> None:
    client = world.env.bot
    assert isinstance(client, ParleyClient)
    buttons = {f"button {verb}" for verb in DeedVerb}

    assert {name.partition(",")[0] for name in ROWS} == leaves(client) | buttons


@pytest.fixture
async def scene(world: World, moderation: ModerationService, who: Who) -> Scene:
    """A server in which the roles are set, unless it is about the time before that."""
    create = world.guild.create_role
    managers = create("Managers", permissions=MANAGER)
    roles = {Level.MANAGER: managers}
    if who is not Who.MANAGER_AT_FIRST:
        roles |= {Level.EDITOR: create("Editors"), Level.APPROVER: create("Approvers")}
        values = {"editor_role": roles[Level.EDITOR].id, "approver_role": roles[Level.APPROVER].id}
        await moderation.change_settings(Scope(world.guild.id), Caller(1, manages=True), values)
    given = {
        Who.EDITOR: roles.get(Level.EDITOR),
        Who.APPROVER: roles.get(Level.APPROVER),
        Who.MANAGER: managers,
        Who.MANAGER_AT_FIRST: managers,
    }
    if role := given.get(who):
        world.give_role(world.ben, role)
    for hidden in ("gaps", "settings"):
        world.allow(hidden, world.ben)
    return Scene(who, world, moderation, world.ben, roles)


@pytest.mark.parametrize("who", Who)
async def test_everyone_may_do_what_their_role_allows_and_is_told_the_role_otherwise(scene: Scene) -> None:
    seen, expected = {}, {}
    for number, (name, row) in enumerate(ROWS.items()):
        if number % PAUSE == 0:
            await scene.world.later(LIFETIME)  # so that nobody is too fast, and forms that were left open are gone
        may = row.needs in MAY[scene.who]
        expected[name] = ALLOWED if may else f"refused: {needed(scene, row.needs)}"
        opened = await row.act(scene)
        answer = opened.instead
        seen[name] = (
            told(scene, answer, row.shows) if answer else ALLOWED if row.shows in opened.title else opened.title
        )
        assert not may or (answer is None) == (row.filled is not None), f"{name}: does it open a form or not?"
        if row.filled is not None and (may or scene.who is Who.DEMOTED):
            seen[f"form of {name}"], expected[f"form of {name}"] = await sent(scene, row), expected[name]

    assert {name: each for name, each in seen.items() if each != expected[name]} == {}


async def sent(scene: Scene, row: Row) -> str:
    """Opens a form once more and sends it; what comes of that. What was typed and not taken comes back."""
    async with scene.before():
        form = await row.act(scene)
    typed = {name: text for name, text in (row.filled or {}).items() if name in form.filled}
    answer = await scene.person.sends(form, **typed)
    outcome = told(scene, answer, row.sent)
    lost = [text for text in typed.values() if text not in answer.text] if outcome != ALLOWED else []
    return f"{outcome}, and {lost} is lost" if lost else outcome


def told(scene: Scene, answer: Seen, shows: str) -> str:
    """What an answer says: that it is done, or why not; otherwise all of it."""
    text = answer.text
    refusal = next((each for each in text.splitlines() if each.startswith(REFUSALS)), None)
    if refusal is None:
        return ALLOWED if shows.casefold() in text.casefold() else f"{shows} is not in: {text}"
    named = next((level for level in reversed(Level) if needed(scene, level).casefold() in refusal.casefold()), None)
    if named is None or not answer.ephemeral:
        return f"refused where everyone sees it, or without a role: {text}"
    return f"refused: {needed(scene, named)}"


def needed(scene: Scene, level: Level) -> str:
    """What a refusal names."""
    return "Manage Server" if level is Level.MANAGER else scene.roles[level].mention if level in scene.roles else "-"
