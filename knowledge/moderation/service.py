"""The one door to moderation. Every use case takes the caller and asks, in its transaction, whether they may."""

from collections.abc import Mapping, Sequence, Set

from knowledge.errors import Slot
from knowledge.matching.complete import complete
from knowledge.model import Revision, Scope, Status
from knowledge.moderation import (
    auditing,
    editing,
    importing,
    privacy,
    purging,
    reviewing,
    setting,
    terms,
    undoing,
)
from knowledge.moderation.chain import Verified
from knowledge.moderation.context import Moderation, settings_of
from knowledge.moderation.drafts import Draft
from knowledge.moderation.files import Format
from knowledge.moderation.model import Audience, Caller, Proposal, Settings, Visible
from knowledge.moderation.outcomes import (
    Applied,
    Decided,
    ImportPlan,
    Outcome,
    Review,
    Submitted,
    Unposted,
)


class ModerationService:
    """Changes and shows what a server keeps. Holds no connection; safe to share between tasks.

    What raises is said at the use cases; ``Forbidden`` can come from each that takes a caller.
    """

    def __init__(self, mod: Moderation) -> None:
        self._mod = mod

    async def find_entries(self, scope: Scope, typed: str) -> list[Revision]:
        """At most 25 entries of which the id or words of the claim are being typed."""
        return await editing.find(self._mod, scope, typed)

    async def to_edit(self, scope: Scope, caller: Caller, entry_id: str) -> Visible:
        """An entry as it is, for an editor's form."""
        return await editing.to_edit(self._mod, scope, caller, entry_id)

    async def may_add(self, scope: Scope, caller: Caller) -> Settings:
        """The server's settings, for who may add entries."""
        return await editing.may_add(self._mod, scope, caller)

    async def add(self, scope: Scope, caller: Caller, draft: Draft) -> Outcome:
        """Adds an entry."""
        return await editing.add(self._mod, scope, caller, draft)

    async def revise(self, scope: Scope, caller: Caller, entry_id: str, version: int, draft: Draft) -> Outcome:
        """Revises an entry that is still at ``version``."""
        return await editing.revise(self._mod, scope, caller, entry_id, version, draft)

    async def set_status(
        self, scope: Scope, caller: Caller, entry_id: str, version: int, status: Status, reason: str
    ) -> Outcome:
        """Supersedes, retracts or restores an entry that is still at ``version``."""
        return await editing.set_status(self._mod, scope, caller, entry_id, version, status, reason)

    async def suggest(
        self, scope: Scope, caller: Caller, draft: Draft, message_url: str | None, *, notify: bool
    ) -> Submitted:
        """Puts a member's suggestion before the approvers."""
        return await editing.suggest(self._mod, scope, caller, draft, message_url, notify=notify)

    async def review(self, scope: Scope, caller: Caller) -> Review:
        """What waits for approval."""
        return await reviewing.review(self._mod, scope, caller)

    async def pending(self, scope: Scope, caller: Caller, proposal_id: str) -> Proposal:
        """One that waits, for an approver's form."""
        return await reviewing.pending(self._mod, scope, caller, proposal_id)

    async def approve(self, scope: Scope, caller: Caller, proposal_id: str, *, newest: bool = False) -> Decided:
        """Makes what waits; ``newest`` on top of what was changed since."""
        return await reviewing.approve(self._mod, scope, caller, proposal_id, newest=newest)

    async def edit_pending(self, scope: Scope, caller: Caller, proposal_id: str, draft: Draft) -> Decided:
        """Makes what waits, in the approver's words."""
        return await editing.edit_pending(self._mod, scope, caller, proposal_id, draft)

    async def reject(self, scope: Scope, caller: Caller, proposal_id: str, why: str | None) -> Decided:
        """Closes what waits."""
        return await reviewing.reject(self._mod, scope, caller, proposal_id, why)

    async def apply_on_top(self, scope: Scope, caller: Caller, proposal_id: str) -> Outcome:
        """Applies what the caller typed over an older version on top of the newest."""
        return await reviewing.apply_on_top(self._mod, scope, caller, proposal_id)

    async def undo(self, scope: Scope, caller: Caller, position: int) -> Applied:
        """Takes back a batch of changes."""
        return await undoing.undo(self._mod, scope, caller, position)

    async def plan_import(self, scope: Scope, caller: Caller, data: bytes) -> ImportPlan:
        """What applying a file would do."""
        return await importing.plan_import(self._mod, scope, caller, data)

    async def apply_import(self, scope: Scope, caller: Caller, proposal_id: str) -> Outcome:
        """Does it."""
        return await importing.apply_import(self._mod, scope, caller, proposal_id)

    async def export_entries(self, scope: Scope, caller: Caller, form: Format) -> bytes:
        """All entries that the server sees, as a file."""
        return await importing.export_entries(self._mod, scope, caller, form)

    async def add_alias(self, scope: Scope, caller: Caller, word: str, target: str) -> Applied:
        """Makes a word mean a party, a topic or a person."""
        return await terms.add_alias(self._mod, scope, caller, word, target)

    async def remove_alias(self, scope: Scope, caller: Caller, word: str) -> Applied:
        """Takes it away again."""
        return await terms.remove_alias(self._mod, scope, caller, word)

    async def aliases(self, scope: Scope, caller: Caller) -> Sequence[terms.ServerAlias]:
        """A server's own words, for editors."""
        return await terms.aliases(self._mod, scope, caller)

    async def add_party(self, scope: Scope, caller: Caller, name: str, about: str) -> Applied:
        """Gives a server a party of its own."""
        return await terms.add_party(self._mod, scope, caller, name, about)

    async def add_topic(self, scope: Scope, caller: Caller, name: str, about: str) -> Applied:
        """Gives a server a topic of its own."""
        return await terms.add_topic(self._mod, scope, caller, name, about)

    async def complete_target(self, scope: Scope, typed: str) -> list[tuple[str, str]]:
        """At most 25 pairs of shown name and target ("party/russia") for what is being typed; from memory."""
        context = await self._mod.contexts.of(scope)
        return terms.complete_target(context, typed)

    async def complete_name(self, scope: Scope, slot: Slot, typed: str) -> list[tuple[str, str]]:
        """At most 25 pairs of shown name and slug for what is being typed; from memory."""
        return complete(typed, (await self._mod.contexts.of(scope)).lexicon.names(slot))

    async def settings(self, scope: Scope, caller: Caller) -> Settings:
        """What the server has set, for who may manage it."""
        return await setting.show_settings(self._mod, scope, caller)

    async def change_settings(self, scope: Scope, caller: Caller, values: Mapping[str, int | str | None]) -> Applied:
        """Sets some of it."""
        return await setting.change_settings(self._mod, scope, caller, values)

    async def audience(self, scope: Scope) -> Audience:
        """Who sees the answers in a server."""
        if scope.is_base:
            return Audience.EPHEMERAL
        async with self._mod.storage.reading() as work:
            return (await settings_of(work, scope)).answers

    async def timezone(self, scope: Scope) -> str:
        """The IANA name of a server's time zone."""
        async with self._mod.storage.reading() as work:
            return (await settings_of(work, scope)).timezone

    async def unposted(self, scope: Scope) -> Unposted:
        """What the audit channel is to be told yet."""
        return await auditing.unposted(self._mod, scope)

    async def mark_posted(self, scope: Scope, position: int) -> None:
        """Remembers that it was told up to there."""
        await auditing.mark_posted(self._mod, scope, position)

    async def scopes_behind(self) -> list[Scope]:
        """The servers in which something is to be told yet."""
        return await auditing.scopes_behind(self._mod)

    async def audit_export(self, scope: Scope, caller: Caller) -> bytes:
        """The audit trail as a file."""
        return await auditing.audit_export(self._mod, scope, caller)

    async def audit_verify(self, scope: Scope, caller: Caller) -> Verified:
        """Whether the audit trail is whole."""
        return await auditing.audit_verify(self._mod, scope, caller)

    async def stored_about(self, scope: Scope, user: int) -> list[privacy.Stored]:
        """What is stored about a user."""
        return await privacy.stored_about(self._mod, scope, user)

    async def privacy_export(self, scope: Scope, user: int) -> bytes:
        """The same as a file."""
        return await privacy.privacy_export(self._mod, scope, user)

    async def forget(self, scope: Scope, user: int) -> list[str]:
        """Forgets who stands behind the user's handles; returns those."""
        return await privacy.forget(self._mod, scope, user)

    async def server_left(self, scope: Scope) -> None:
        """Remembers that a server has removed the bot."""
        await purging.mark_left(self._mod.storage, self._mod.clock, scope)

    async def server_back(self, scope: Scope) -> None:
        """Remembers that a server has the bot again."""
        await purging.mark_back(self._mod.storage, scope)

    async def compare_servers(self, here: Set[int]) -> None:
        """Brings in line who has left with the servers that the bot is in now."""
        await purging.compare_servers(self._mod.storage, self._mod.clock, here, lambda _: True)
