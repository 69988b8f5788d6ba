"""What the use cases of moderation work with, and the one way in which they change anything."""

import secrets
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass, field

from knowledge.model import Scope
from knowledge.moderation.model import Audience, Caller, Level, Settings, Subject, TwoPerson
from knowledge.moderation.rights import require
from knowledge.moderation.trail import Trail, open_trail
from knowledge.ports import Clock, Storage, UnitOfWork
from knowledge.service.context import Context
from knowledge.service.scoped import ScopedContexts

ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
"""Digits and letters that cannot be taken for one another."""
SETTINGS_KEY = "settings"
NewId = Callable[[int], str]
"""Returns that many random characters of ``ALPHABET``."""


def random_id(length: int) -> str:
    """Characters that nobody can guess; 30 to the power of ``length`` are possible."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


@dataclass(frozen=True, slots=True)
class Moderation:
    """The store, the contexts of the servers (what they call things), the clock, and where new ids come from."""

    storage: Storage
    contexts: ScopedContexts
    clock: Clock
    new_id: NewId = field(default=random_id)


@dataclass(frozen=True, slots=True)
class Sitting:
    """One moderator in one transaction: what they may write to, under which settings, and what words mean there."""

    mod: Moderation
    work: UnitOfWork
    scope: Scope
    caller: Caller
    settings: Settings
    trail: Trail
    context: Context

    @property
    def handle(self) -> str:
        """Under what the caller's changes are recorded."""
        return self.trail.actor


@asynccontextmanager
async def sitting(mod: Moderation, scope: Scope, caller: Caller, needed: Level) -> AsyncIterator[Sitting]:
    """A transaction for a caller who has the level ``needed``; committed at its end unless an error leaves it.

    Raises:
        Forbidden: the caller has not.
    """
    context = await mod.contexts.of(scope)
    async with mod.storage.writing() as work:
        settings = await settings_of(work, scope)
        require(caller, settings, needed)
        handle = await _handle(mod, work, scope, caller)
        yield Sitting(mod, work, scope, caller, settings, await open_trail(work, scope, handle, mod.clock()), context)
        await work.commit()
    mod.contexts.forget(scope)


@asynccontextmanager
async def looking(
    mod: Moderation, scope: Scope, caller: Caller, needed: Level
) -> AsyncIterator[tuple[UnitOfWork, Settings]]:
    """A transaction that only reads, for a caller who has the level ``needed``; raises Forbidden otherwise."""
    async with mod.storage.reading() as work:
        settings = await settings_of(work, scope)
        require(caller, settings, needed)
        yield work, settings


async def settings_of(work: UnitOfWork, scope: Scope) -> Settings:
    """What a server has set, defaults for the rest."""
    record = await work.records.get(scope, Subject.SETTINGS, SETTINGS_KEY)
    return settings_from(record.content) if record else Settings()


def settings_from(content: Mapping[str, object]) -> Settings:
    """The settings that ``settings_to`` made."""
    values = Settings(**content)  # type: ignore[arg-type]  # our own record: the names and types are those of Settings
    return Settings(
        **{**asdict(values), "two_person": TwoPerson(values.two_person), "answers": Audience(values.answers)}
    )


def settings_to(settings: Settings) -> dict[str, object]:
    """The settings as plain data."""
    return asdict(settings)


async def _handle(mod: Moderation, work: UnitOfWork, scope: Scope, caller: Caller) -> str:
    known = await work.people.handle(scope, caller.user)
    if known:
        return known
    handle = f"ed-{mod.new_id(6)}"
    await work.people.add(scope, caller.user, handle)
    return handle
