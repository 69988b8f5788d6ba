"""A part of the fault harness, for every day; the whole of it: ``python -m tests.harness``."""

import asyncio
from pathlib import Path

import pytest

from knowledge.storage import make_engine, upgrade
from tests.harness import plans
from tests.harness.child import STEPS
from tests.harness.plans import Plan
from tests.harness.trial import open_trial
from tests.knowledge.samples import sqlite_url

INSTANTS = 2


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database with the newest schema."""
    path = tmp_path_factory.mktemp("harness") / "empty.db"

    async def migrate() -> None:
        engine = make_engine(sqlite_url(path))
        await upgrade(engine)
        await engine.dispose()

    asyncio.run(migrate())
    return path


@pytest.mark.parametrize("step", STEPS)
async def test_a_process_that_is_killed_at_a_step(empty: Path, tmp_path: Path, step: str) -> None:
    async with open_trial(tmp_path, empty, len(step), days=1) as trial:
        times = 1 if "claim" in step or "plan" in step else 3
        assert not await plans.check(trial, plans.dying_at(step, times, deaths=1))
        assert trial.deaths == 1


@pytest.mark.parametrize("seed", range(INSTANTS))
async def test_processes_that_are_killed_at_random(empty: Path, tmp_path: Path, seed: int) -> None:
    async with open_trial(tmp_path, empty, seed, days=1) as trial:
        assert not await plans.check(trial, plans.dying_at_random)


@pytest.mark.parametrize(
    "plan",
    [
        plans.together(2),
        plans.clock_steps(plans.HOUR, -plans.HOUR),
        plans.locked(0.5),
        plans.unreachable(200),
    ],
    ids=["together", "clock", "locked", "away"],
)
async def test_other_mishaps(empty: Path, tmp_path: Path, plan: Plan) -> None:
    async with open_trial(tmp_path, empty, 1, days=1) as trial:
        assert not await plans.check(trial, plan)


async def test_three_days(empty: Path, tmp_path: Path) -> None:
    async with open_trial(tmp_path, empty, 2) as trial:
        assert not await plans.check(trial, plans.dying_at("sent", 2, deaths=1))
