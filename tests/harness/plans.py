"""What is done to the processes of a trial: each plan runs it to its end and returns what is wrong then."""

import asyncio
import random
import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import closing
from datetime import timedelta

from tests.harness.stand_in import Fault
from tests.harness.trial import Trial

Plan = Callable[[Trial], Awaitable[None]]
SOME = 0.12
"""How many of the requests fail, where some do."""
LIFE = 0.35
"""Seconds within which a process that is to be killed at random dies after its first request; longer than its work."""
HOUR = 3_600.0


async def check(trial: Trial, plan: Plan) -> list[str]:
    """Runs a plan on each day of a trial; what is wrong in the end."""
    for day in range(trial.days):
        await trial.begin(day)
        await plan(trial)
        await trial.finish()
    return await trial.faults()


async def undisturbed(_: Trial) -> None:
    """Nothing happens."""


def dying_at(step: str, after: int, deaths: int = 2) -> Plan:
    """The first process dies at a step, and those that take over die there too."""

    async def plan(trial: Trial) -> None:
        for _ in range(deaths):
            await trial.ended(trial.start(die_at=step, die_after=after))
            trial.offset += timedelta(seconds=trial.chance.choice((61.0, 200.0)))

    return plan


async def dying_at_random(trial: Trial) -> None:
    """Processes die at random instants, while some requests fail."""
    trial.there.fault = _some_fault(trial.chance)
    for _ in range(trial.chance.randint(1, 3)):
        await _killed_within(trial, LIFE)
        trial.offset += timedelta(seconds=trial.chance.choice((61.0, 200.0)))
    trial.there.fault = lambda _, __: None


def together(processes: int) -> Plan:
    """Several processes at once; one of them dies at random."""

    async def plan(trial: Trial) -> None:
        others = [trial.start(idle=0.3) for _ in range(processes - 1)]
        await _killed_within(trial, LIFE)
        await trial.ended(*others)

    return plan


def clock_steps(*skews: float) -> Plan:
    """Processes die, and the clocks of those that follow are wrong by so many seconds; in the end it is right."""

    async def plan(trial: Trial) -> None:
        for skew in skews:
            await trial.ended(trial.start(skew=skew, die_at="sent", die_after=3))
        trial.offset += timedelta(seconds=2 * HOUR)

    return plan


def locked(seconds: float) -> Plan:
    """Somebody else locks the database for a while, soon after a process has begun."""

    async def plan(trial: Trial) -> None:
        process = trial.start(idle=seconds + 1)
        await _first_request(trial)
        await asyncio.sleep(trial.chance.uniform(0, 0.15))
        with closing(sqlite3.connect(trial.database, isolation_level=None)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            await asyncio.sleep(seconds)
            connection.execute("ROLLBACK")
        await trial.ended(process)

    return plan


def unreachable(seconds: float) -> Plan:
    """Discord answers nothing but errors for so long, by the trial's clock, beginning in the middle of it."""

    async def plan(trial: Trial) -> None:
        left = trial.chance.randint(4, 12)

        def fault(method: str, path: str) -> Fault | None:
            nonlocal left
            left -= 1
            return None if left > 0 or path.endswith("@me") else trial.chance.choice((Fault.ERROR, Fault.CUT))

        trial.there.fault = fault
        end = trial.now() + timedelta(seconds=seconds)
        while trial.now() < end:
            await trial.ended(trial.start())
            trial.offset += timedelta(seconds=min(200.0, seconds / 2))
        trial.there.fault = lambda _, __: None

    return plan


async def _killed_within(trial: Trial, seconds: float) -> None:
    process = trial.start()
    await _first_request(trial)
    await asyncio.sleep(trial.chance.uniform(0, seconds))
    process.kill()
    await trial.ended(process)


async def _first_request(trial: Trial) -> None:
    """Until a process has begun: its first request."""
    before = len(trial.there.requests)
    while len(trial.there.requests) == before:  # noqa: ASYNC110 - another process sets no event
        await asyncio.sleep(0.002)


def _some_fault(chance: random.Random) -> Callable[[str, str], Fault | None]:
    def fault(_: str, path: str) -> Fault | None:
        return chance.choice(list(Fault)) if chance.random() < SOME and not path.endswith("@me") else None

    return fault
