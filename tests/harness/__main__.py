"""``python -m tests.harness``: the full run, some twenty minutes; says what was done and everything that was wrong."""

import argparse
import asyncio
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from knowledge.storage import make_engine, upgrade
from tests.harness import plans
from tests.harness.child import STEPS
from tests.harness.plans import Plan
from tests.harness.trial import open_trial
from tests.knowledge.samples import sqlite_url

TIMES = (1, 2, 4, 7)
"""A process is killed at a step when it comes to it for the so-manieth time."""
AT_ONCE = 2
HOUR = 3_600.0


def programme(instants: int, lock: float, away: float) -> Iterator[tuple[str, Plan]]:
    """All that is tried, by name."""
    yield "undisturbed", plans.undisturbed
    for step in STEPS:
        yield from ((f"killed at {step}", plans.dying_at(step, times)) for times in TIMES)
    yield from (("killed at random", plans.dying_at_random) for _ in range(instants))
    for processes in (2, 4):
        yield from ((f"{processes} processes", plans.together(processes)) for _ in range(10))
    for skews in ((plans.HOUR, 0.0), (-plans.HOUR, 0.0), (plans.HOUR, -plans.HOUR), (-plans.HOUR, plans.HOUR)):
        yield "clock steps", plans.clock_steps(*skews)
    yield f"database locked for {lock:.0f} s", plans.locked(lock)
    yield f"REST down for {away:.0f} s", plans.unreachable(away)


async def run(instants: int, lock: float, away: float, only: str) -> int:
    """Runs the programme; how much was wrong."""
    with tempfile.TemporaryDirectory() as name:
        folder, room, wrong = Path(name), asyncio.Semaphore(AT_ONCE), list[str]()
        engine = make_engine(sqlite_url(folder / "empty.db"))
        await upgrade(engine)
        await engine.dispose()
        deaths: dict[str, list[int]] = {}

        async def one(seed: int, title: str, plan: Plan) -> None:
            async with room, open_trial(folder, folder / "empty.db", seed) as trial:
                found = await plans.check(trial, plan)
            deaths.setdefault(title, []).append(trial.deaths)
            wrong.extend(f"{title}, seed {seed}: {each}" for each in found)
            _tell("".join(f"\n{line}" for line in wrong[-len(found) :]) if found else ".")

        chosen = [each for each in programme(instants, lock, away) if only in each[0]]
        await asyncio.gather(*(one(seed, *each) for seed, each in enumerate(chosen)))
        _tell("\n")
        for title, each in deaths.items():
            _tell(f"{title}: {len(each)} trials, {sum(each)} processes killed\n")
    return len(wrong)


def _tell(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()


def main() -> None:
    """Reads what to run, and runs it."""
    parser = argparse.ArgumentParser(description="Kills processes while they publish, and counts what arrived.")
    parser.add_argument("--instants", type=int, default=200, help="trials with deaths at random instants")
    parser.add_argument("--lock", type=float, default=30.0, help="seconds for which the database is locked")
    parser.add_argument("--away", type=float, default=600.0, help="seconds, of the trial, for which Discord is away")
    parser.add_argument("--only", default="", help="only what has this in its name")
    given, began = parser.parse_args(), time.monotonic()
    wrong = asyncio.run(run(given.instants, given.lock, given.away, given.only))
    _tell(f"{wrong or 'nothing'} wrong, after {time.monotonic() - began:.0f} s\n")
    raise SystemExit(bool(wrong))


if __name__ == "__main__":
    main()
