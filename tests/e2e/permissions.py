"""The table of who may do what: every command, menu, form and button, and how each is used."""

import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import count
from typing import Final

import discord
from simcord.builders import RoleHandle

from handlers.custom_ids import Deed, DeedVerb, encode
from knowledge.model import Scope
from knowledge.moderation.drafts import Draft
from knowledge.moderation.model import Caller, Level
from knowledge.moderation.outcomes import Applied, Overtaken
from knowledge.moderation.service import ModerationService
from tests.fakes.world import Opened, Person, Seen, World

SOURCE = "Talks resume | https://example.org/talks | 2025-06-02"
FILE = b"kind: obstacle\n"
KNOWN = "ru-sec-2"
WAITS = "Waits for approval"
FILLED = {"party": "turkey", "topic": "nato", "act": "demand", "claim": "Ankara wants a bridge.", "sources": SOURCE}
V, E, A, M = Level.VIEWER, Level.EDITOR, Level.APPROVER, Level.MANAGER


class Who(StrEnum):
    """The kinds of people."""

    MEMBER = "member"
    EDITOR = "editor"
    APPROVER = "approver"
    MANAGER_AT_FIRST = "manager before roles are set"
    MANAGER = "manager after roles are set"
    DEMOTED = "somebody whose roles are taken away between opening and clicking"


MAY: Final[dict[Who, set[Level]]] = {
    Who.MEMBER: {V},
    Who.EDITOR: {V, E},
    Who.APPROVER: {V, E, A},
    Who.MANAGER_AT_FIRST: {V, E, A, M},
    Who.MANAGER: {V, M},
    Who.DEMOTED: {V},
}


@dataclass
class Scene:
    """One of them in a server of their own, and what else there is."""

    who: Who
    world: World
    moderation: ModerationService
    person: Person
    roles: Mapping[Level, RoleHandle]
    numbers: "count[int]" = field(default_factory=lambda: count(1))
    is_before: bool = False

    @property
    def scope(self) -> Scope:
        """The server."""
        return Scope(self.world.guild.id)

    @property
    def chief(self) -> Caller:
        """Somebody else, who may do everything at any time."""
        return Caller(1, frozenset(role.id for role in self.roles.values()), manages=True)

    @property
    def self_as_chief(self) -> Caller:
        """The person, at a time when they could do everything."""
        return Caller(self.person.actor.id, self.chief.roles, manages=True)

    def new(self, words: str) -> str:
        """The words with a number that they did not have before."""
        return f"{words} {next(self.numbers)}"

    def draft(self) -> Draft:
        """A new entry."""
        return Draft(self.new("Ankara wants bridge"), SOURCE, act="demand", party="turkey", topic="nato")

    async def suggested(self) -> str:
        """The id of what somebody suggested."""
        made = await self.moderation.suggest(self.scope, Caller(next(self.numbers)), self.draft(), None, notify=False)
        return made.proposal.id

    @asynccontextmanager
    async def before(self) -> AsyncIterator[None]:
        """The time before somebody's roles are taken away; for others it is like any other."""
        was = self.is_before
        self._turn(True)
        yield
        self._turn(was)

    def _turn(self, is_before: bool) -> None:
        turn = self.world.give_role if is_before else self.world.take_role
        for role in self.roles.values() if self.who is Who.DEMOTED and is_before != self.is_before else ():
            turn(self.person, role)
        self.is_before = is_before


Act = Callable[[Scene], Awaitable[Opened]]
Key = Callable[[Scene], Awaitable[str]]


@dataclass(frozen=True)
class Row:
    """What can be done, and the level it needs; ``shows`` is read by who may do it.

    ``filled`` is typed into the form that opens, if one does; sending it needs the same level, and ``sent`` is read
    after it.
    """

    needs: Level
    act: Act
    shows: str
    filled: Mapping[str, str] | None = None
    sent: str = ""


def types(command: str, **options: object) -> Act:
    """Types a command."""
    return lambda scene: scene.person.opens(command, **options)


def briefs(command: str, **options: object) -> Act:
    """Types a command of briefings about this channel."""
    return lambda scene: scene.person.opens(f"briefing {command}", channel=scene.world.channel, **options)


def chooses(menu: str) -> Act:
    """Right-clicks a message."""
    return lambda scene: scene.person.right_click_opens("Ankara says what it wants.", menu)


def clicks(verb: DeedVerb, key: Key) -> Act:
    """Clicks a button in a message that everybody sees: a message can be left standing, or be forged."""

    async def act(scene: Scene) -> Opened:
        button = await post_button(scene, encode(Deed(verb, await key(scene))))
        return await scene.person.click_opens(button, "Do it")

    return act


async def post_button(scene: Scene, custom_id: str) -> Seen:
    """The bot posts a button."""
    view = discord.ui.LayoutView()
    button: discord.ui.Button[discord.ui.LayoutView] = discord.ui.Button(label="Do it", custom_id=custom_id)
    view.add_item(discord.ui.ActionRow(button))
    channel = scene.world.env.bot.get_channel(scene.world.channel.id)
    assert isinstance(channel, discord.TextChannel)
    await channel.send(view=view)
    posted = scene.world.newest(scene.world.channel)
    assert posted is not None
    return posted


async def an_alias(scene: Scene) -> str:
    made = await scene.moderation.add_alias(scene.scope, scene.chief, scene.new("Ankaraland"), "party/turkey")
    return str(made.changes[0].batch)


async def a_party(scene: Scene) -> str:
    made = await scene.moderation.add_party(scene.scope, scene.chief, scene.new("Observers"), "They watch.")
    return str(made.changes[0].batch)


async def a_setting(scene: Scene) -> str:
    made = await scene.moderation.change_settings(scene.scope, scene.chief, {"timezone": "Europe/Kyiv"})
    return str(made.changes[0].batch)


async def an_entry(scene: Scene) -> str:
    made = await scene.moderation.add(scene.scope, scene.chief, scene.draft())
    assert isinstance(made, Applied)
    return str(made.changes[0].batch)


async def a_suggestion(scene: Scene) -> str:
    return await scene.suggested()


async def a_dry_run(scene: Scene) -> str:
    citation = {"document": "000", "locator": "paragraph 1"}
    entry = {"kind": "obstacle", "topic": "nato", "claim": scene.new("Nobody trusts anybody"), "citations": [citation]}
    data = json.dumps({"entries": [entry]}).encode()
    plan = await scene.moderation.plan_import(scene.scope, scene.self_as_chief, data)
    assert plan.proposal, plan.faults
    return plan.proposal.id


async def typed_over_an_older_version(scene: Scene) -> str:
    made = await scene.moderation.add(scene.scope, scene.chief, scene.draft())
    assert isinstance(made, Applied)
    key = made.changes[0].key
    version = (await scene.moderation.to_edit(scene.scope, scene.chief, key)).revision.sequence
    await scene.moderation.revise(scene.scope, scene.chief, key, version, scene.draft())
    late = await scene.moderation.revise(scene.scope, scene.self_as_chief, key, version, scene.draft())
    assert isinstance(late, Overtaken)
    return late.typed.id


async def anything(_: Scene) -> str:
    return "me"


async def lists_what_waits(scene: Scene) -> Opened:
    """Asks for the list when there is something on it."""
    await a_suggestion(scene)
    return await scene.person.opens("review list")


async def edits_again(scene: Scene) -> Opened:
    """Opens a form again that was not taken; who may not open it in the first place does not get so far."""
    async with scene.before():
        form = await scene.person.opens("entry add", party="turkey", topic="nato")
        if form.instead:
            return form
        back = await scene.person.sends(form, act="demand", claim="word " * 60, sources=SOURCE)
    return await scene.person.click_opens(back, "Edit again")


ROWS: Final[dict[str, Row]] = {
    "/position": Row(V, types("position", party="russia", topic="security"), "Security guarantees"),
    "/compare": Row(V, types("compare", topic="nato"), "NATO"),
    "/party": Row(V, types("party", name="russia"), "Russia"),
    "/topic": Row(V, types("topic", name="nato"), "NATO"),
    "/timeline": Row(V, types("timeline"), "Time line"),
    "/obstacles": Row(V, types("obstacles"), "Obstacles"),
    "/proposals": Row(V, types("proposals"), "Proposals"),
    "/sources": Row(V, types("sources"), "Sources"),
    "/about": Row(V, types("about"), "/position"),
    "/ask": Row(V, types("ask", question="russia security"), "Security guarantees"),
    "/gaps": Row(M, types("gaps"), "Asked and not found"),
    "/suggest": Row(V, types("suggest", party="turkey", topic="nato"), "Suggest an entry", FILLED, WAITS),
    "/entry show": Row(V, types("entry show", entry=KNOWN), KNOWN),
    "/entry history": Row(V, types("entry history", entry=KNOWN), KNOWN),
    "/entry diff": Row(V, types("entry diff", entry=KNOWN), KNOWN),
    "/entry add": Row(E, types("entry add", party="turkey", topic="nato"), "Add an entry", FILLED, "added"),
    "/entry revise": Row(
        E, types("entry revise", entry="ru-sec-2"), "Revise", {"claim": "Russia wants guarantees."}, "revised"
    ),
    "/entry supersede": Row(
        E,
        types("entry supersede", entry="ru-ter-2"),
        "Mark as no longer held",
        {"reason": "Dropped."},
        "no longer held",
    ),
    "/entry retract": Row(E, types("entry retract", entry="ru-ter-1"), "Retract", {"reason": "A slip."}, "retracted"),
    "/entry restore": Row(E, types("entry restore", entry="ru-ter-1"), "Restore", {"reason": "None."}, "restored"),
    "/entry import": Row(A, types("entry import", file=("entries.yaml", FILE)), "Dry run"),
    "/entry export": Row(A, types("entry export", format="json"), "Entries of this server"),
    "/alias add": Row(E, types("alias add", word="the mediators", target="turkey"), "the mediators"),
    "/alias remove": Row(E, types("alias remove", word="the mediators"), "the mediators"),
    "/alias list": Row(E, types("alias list"), "words"),
    "/alias party-add": Row(A, types("alias party-add", name="Brazil's envoys", about="They watch."), "Brazil"),
    "/alias topic-add": Row(A, types("alias topic-add", name="Fishing", about="Who may fish."), "Fishing"),
    "/review list": Row(A, lists_what_waits, "1 of"),
    "/settings show": Row(M, types("settings show"), "Settings of this server"),
    "/settings set": Row(M, types("settings set", answers="ephemeral", timezone="Asia/Tokyo"), "Asia/Tokyo"),
    "/audit export": Row(A, types("audit export"), "Audit trail"),
    "/audit verify": Row(A, types("audit verify"), "The trail is whole"),
    "/briefing subscribe": Row(E, briefs("subscribe", every="daily"), "Subscribed"),
    "/briefing list": Row(E, types("briefing list"), "Briefings of this server"),
    "/briefing show": Row(E, briefs("show"), "Subscription"),
    "/briefing status": Row(E, briefs("status"), "Status of"),
    "/briefing preview": Row(E, briefs("preview"), "Nothing new"),
    "/briefing send": Row(E, briefs("send"), "Nothing new"),
    "/briefing edit": Row(E, briefs("edit", at="18:30"), "Changed"),
    "/briefing pause": Row(E, briefs("pause"), "Paused"),
    "/briefing resume": Row(E, briefs("resume"), "Resumed"),
    "/briefing unsubscribe": Row(E, briefs("unsubscribe"), "Unsubscribed"),
    "/privacy show": Row(V, types("privacy show"), "stored about you"),
    "/privacy export": Row(V, types("privacy export"), "stored about you"),
    "/privacy forget-me": Row(V, types("privacy forget-me"), ""),
    "menu Where do they stand?": Row(V, chooses("Where do they stand?"), ""),
    "menu Suggest from this message": Row(V, chooses("Suggest from this message"), "Suggest an entry", FILLED, WAITS),
    "menu Add to knowledge": Row(E, chooses("Add to knowledge"), "Add an entry", FILLED, "added"),
    "button undo": Row(E, clicks(DeedVerb.UNDO, an_alias), "Ankaraland"),
    "button undo, of an entry": Row(E, clicks(DeedVerb.UNDO, an_entry), "retracted"),
    "button undo, of a party": Row(A, clicks(DeedVerb.UNDO, a_party), "Observers"),
    "button undo, of settings": Row(M, clicks(DeedVerb.UNDO, a_setting), "Europe/Kyiv"),
    "button approve": Row(A, clicks(DeedVerb.APPROVE, a_suggestion), "Approved"),
    "button newest": Row(A, clicks(DeedVerb.NEWEST, a_suggestion), "Approved"),
    "button edit": Row(A, clicks(DeedVerb.EDIT, a_suggestion), "Edit", {"claim": "Ankara wants it so."}, "Approved"),
    "button reject": Row(A, clicks(DeedVerb.REJECT, a_suggestion), "Reject", {"reason": "No source."}, "Rejected"),
    "button apply": Row(A, clicks(DeedVerb.APPLY, a_dry_run), "added"),
    "button ontop": Row(E, clicks(DeedVerb.ON_TOP, typed_over_an_older_version), "revised"),
    "button again": Row(E, edits_again, "Add an entry", {"claim": "Ankara wants it short."}, "added"),
    "button show": Row(A, clicks(DeedVerb.SHOW, a_suggestion), "Suggestion"),
    "button forget": Row(V, clicks(DeedVerb.FORGET, anything), ""),
}
