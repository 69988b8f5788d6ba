"""Who stands behind the handles of the history, as far as it is still known."""

from collections.abc import Iterable

from knowledge.model import Scope
from knowledge.moderation.outcomes import Who
from knowledge.ports import UnitOfWork


async def who_of(work: UnitOfWork, scope: Scope, handles: Iterable[str | None]) -> Who:
    """The user ids of these handles, without those that are forgotten."""
    found = {handle: await work.people.user(scope, handle) for handle in set(handles) if handle}
    return {handle: user for handle, user in found.items() if user is not None}
