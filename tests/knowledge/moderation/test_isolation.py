"""Nothing of one server shows in another or in a DM, and no server changes the base: tried in any order of deeds."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, initialize, invariant, rule

from knowledge.answers import About, Sources
from knowledge.errors import ParleyError
from knowledge.model import BASE, Scope, Status
from knowledge.moderation.model import Caller
from knowledge.moderation.outcomes import Applied, Outcome
from knowledge.requests import AboutRequest, EntryRequest, PositionRequest, SourcesRequest, TimelineRequest
from tests.knowledge.moderation.desk import Office, draft
from tests.knowledge.samples import LETTER, TREATY, preferred, put_documents, record_entries, stance

SERVERS = (Scope(101), Scope(202), Scope(303))
WORDS = {101: "zebrafinch", 202: "quokkabush", 303: "axolotlpond"}
"""A word that only that server ever writes: wherever it shows, something of that server shows."""
MANAGER = Caller(7, manages=True)
T = TypeVar("T")
scopes = st.sampled_from(SERVERS)


class Isolation(RuleBasedStateMachine):
    """Three servers on one store, whose managers do whatever comes to their mind."""

    entries = Bundle("entries")
    proposals = Bundle("proposals")
    changes = Bundle("changes")

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.number = 0

    def teardown(self) -> None:
        """Closes the loop."""
        self.runner.close()

    def run_(self, work: Coroutine[Any, Any, T]) -> T:
        """The result of an async call."""
        return self.runner.run(work)

    @initialize()
    def open(self) -> None:
        """The base, and what is told of it."""
        self.office = Office()
        self.run_(put_documents(self.office.storage, TREATY, LETTER))
        self.run_(record_entries(self.office.storage, [preferred("up-wat-1"), stance("low-wat-1", "lowlands")]))
        self.base = self.run_(self.seen(BASE))

    @rule(target=entries, scope=scopes)
    def add(self, scope: Scope) -> tuple[Scope, str]:
        """A new entry with a source."""
        word = self.word(scope)
        sources = f"{word} gazette | https://{WORDS[scope.id]}.example/{self.number}"
        outcome = self.run_(self.office.moderation.add(scope, MANAGER, draft(f"Claim of {word}.", sources=sources)))
        return scope, outcome.changes[0].key if isinstance(outcome, Applied) else "up-wat-1"

    @rule(target=changes, entry=entries, base=st.booleans())
    def revise(self, entry: tuple[Scope, str], base: bool) -> tuple[Scope, int]:
        """An own entry, or one of the base."""
        scope, key = entry[0], "up-wat-1" if base else entry[1]
        version = self.run_(self.office.version(key, scope))
        typed = draft(f"Revised by {self.word(scope)}.", sources="000 | paragraph 1", reason=self.word(scope))
        return self.done(scope, self.run_(self.office.moderation.revise(scope, MANAGER, key, version, typed)))

    @rule(target=changes, entry=entries)
    def retract(self, entry: tuple[Scope, str]) -> tuple[Scope, int]:
        """An own entry."""
        scope, key = entry
        version = self.run_(self.office.version(key, scope))
        work = self.office.moderation.set_status(scope, MANAGER, key, version, Status.RETRACTED, self.word(scope))
        try:
            return self.done(scope, self.run_(work))
        except ParleyError:
            return scope, 0

    @rule(target=changes, scope=scopes)
    def name(self, scope: Scope) -> tuple[Scope, int]:
        """A word of its own."""
        return self.done(
            scope, self.run_(self.office.moderation.add_alias(scope, MANAGER, self.word(scope), "topic/water"))
        )

    @rule(target=changes, scope=scopes)
    def found(self, scope: Scope) -> tuple[Scope, int]:
        """A party of its own."""
        return self.done(scope, self.run_(self.office.moderation.add_party(scope, MANAGER, self.word(scope), "New.")))

    @rule(target=proposals, scope=scopes)
    def suggest(self, scope: Scope) -> tuple[Scope, str]:
        """A suggestion that waits."""
        typed = draft(f"Suggested by {self.word(scope)}.")
        try:
            work = self.office.moderation.suggest(scope, Caller(self.number), typed, None, notify=False)
            return scope, self.run_(work).proposal.id
        except ParleyError:
            return scope, ""

    @rule(proposal=consumes(proposals), other=scopes)
    def approve(self, proposal: tuple[Scope, str], other: Scope) -> None:
        """In its server; in another one it is unknown."""
        try:
            self.run_(self.office.moderation.approve(other, MANAGER, proposal[1]))
            assert other == proposal[0]
        except ParleyError:
            assert other != proposal[0] or not proposal[1]

    @rule(change=changes, other=scopes)
    def undo(self, change: tuple[Scope, int], other: Scope) -> None:
        """Any change, in any server: at worst it undoes a change of that server's own."""
        try:
            self.run_(self.office.moderation.undo(other, MANAGER, change[1]))
        except ParleyError:
            return

    @rule(scope=scopes)
    def ask(self, scope: Scope) -> None:
        """Something that nobody knows, which is counted."""
        self.run_(self.office.knowledge.note_gap(self.word(scope), scope))

    @rule()
    def restart(self) -> None:
        """A new process on the same store."""
        self.office.restart()

    @invariant()
    def nothing_leaks(self) -> None:
        """No server sees another's word, and the base is what it was."""
        if not hasattr(self, "base"):
            return
        for scope in SERVERS:
            seen = self.run_(self.seen(scope)) + self.run_(self.kept(scope))
            assert not [word for server, word in WORDS.items() if server != scope.id and word in seen]
        assert self.run_(self.seen(BASE)) == self.base

    async def seen(self, scope: Scope) -> str:
        """All that members of a server, or people in a DM, can be told."""
        office = self.office
        answers = [
            await office.knowledge.answer(PositionRequest("uplands", "water"), scope),
            await office.knowledge.answer(PositionRequest("uplands", "water", "2026-11-18"), scope),
            await office.knowledge.answer(EntryRequest("up-wat-1"), scope),
            await office.knowledge.answer(TimelineRequest(), scope),
        ]
        sources = await office.knowledge.answer(SourcesRequest(), scope)
        about = await office.knowledge.answer(AboutRequest(), scope)
        assert isinstance(sources, Sources)
        assert isinstance(about, About)
        asked = [await office.knowledge.ask(f"uplands {word}1", scope) for word in WORDS.values()]
        found = [await office.moderation.find_entries(scope, typed) for typed in ("claim", "revised", "suggested", "")]
        offered = [await office.moderation.complete_target(scope, word[:4]) for word in WORDS.values()]
        exported = await office.knowledge.export(scope)
        return repr((answers, sources, about, asked, found, offered, exported))

    async def kept(self, scope: Scope) -> str:
        """All that moderators of a server can see besides."""
        office = self.office
        return repr(
            (
                await office.moderation.aliases(scope, MANAGER),
                await office.moderation.review(scope, MANAGER),
                await office.moderation.audit_export(scope, MANAGER),
                await office.moderation.export_entries(scope, MANAGER, "json"),
                await office.moderation.unposted(scope),
                await office.moderation.privacy_export(scope, MANAGER.user),
                await office.knowledge.gaps(scope),
            )
        )

    def word(self, scope: Scope) -> str:
        """A new word of a server."""
        self.number += 1
        return f"{WORDS[scope.id]}{self.number}"

    def done(self, scope: Scope, outcome: Outcome) -> tuple[Scope, int]:
        """Where a change stands in the trail."""
        return scope, outcome.changes[0].batch if isinstance(outcome, Applied) else 0


Isolation.TestCase.settings = settings(max_examples=8, stateful_step_count=14, deadline=None)
TestIsolation = Isolation.TestCase
