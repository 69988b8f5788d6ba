"""What each server sees that adds names of its own: made when it is first needed, forgotten when it is not."""

from collections import OrderedDict
from collections.abc import Awaitable, Callable

from knowledge.matching.additions import Additions
from knowledge.model import Scope
from knowledge.service.context import Context

MOST = 1_000
"""So many servers' names are kept in memory, about 20 kB for 20 of them; who asked longest ago is loaded anew."""


class ScopedContexts:
    """The contexts of scopes, each laid over the one that ships. Safe to share between tasks."""

    def __init__(self, base: Context, load: Callable[[Scope], Awaitable[Additions]], most: int = MOST) -> None:
        self._base, self._load, self._most = base, load, most
        self._kept: OrderedDict[Scope, Context] = OrderedDict()
        self._changes = 0
        """How often something was forgotten: what was loaded meanwhile may be out of date, and is not kept."""

    async def of(self, scope: Scope) -> Context:
        """The context of a scope; the one that ships for a scope that adds nothing."""
        if (known := self._kept.get(scope)) is None:
            return await self._loaded(scope)
        self._kept.move_to_end(scope)
        return known

    def forget(self, scope: Scope) -> None:
        """Makes the next request of a scope load what it adds anew; for when that was changed."""
        self._changes += 1
        self._kept.pop(scope, None)

    async def _loaded(self, scope: Scope) -> Context:
        before = self._changes
        context = self._base.with_additions(await self._load(scope))
        if before == self._changes:
            self._kept[scope] = context
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return context
