"""A trial: a server with subscriptions of every kind, three days, processes that die, and the count at the end."""

import asyncio
import multiprocessing
import random
import shutil
from collections import Counter
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from multiprocessing.process import BaseProcess
from pathlib import Path

from knowledge.briefing.model import Delivery, DeliveryState, Subscription, WhenQuiet
from knowledge.storage import SqlStorage, make_engine
from tests.harness.child import Order, work
from tests.harness.stand_in import FORUM, NEWS, TEXT, THREAD, Json, StandIn, footer_of, stand_in
from tests.knowledge.briefing.making import AT_SEVEN, ON_CHANGE, START, subscription
from tests.knowledge.samples import record, sqlite_url, stance, step

NEWS_A_DAY = 14
"""So much is new that it takes two messages."""
WINDOW = 120.0
"""Seconds for which the stand-in remembers a nonce."""
PAUSES = (61.0, 61.0, 200.0, 700.0)
"""Seconds of the trial's clock between a death and the next process: more than a lease, within the window and past."""
PATIENCE = 120.0
MOST_LIVES = 60
"""So many processes one after the other must do for a day."""
_LONG = "Much water is wanted here, and nobody knows how much of it there is. " * 4

SUBSCRIPTIONS = (
    subscription("textevry", 10),
    subscription("textdam2", 10, topics=("dam",)),
    subscription("newsevry", 11, publish=True),
    subscription("threadev", 12, role=77),
    subscription("forumevr", 13),
    subscription("onchange", 14, ON_CHANGE),
    subscription("linequie", 15, topics=("tolls",), when_quiet=WhenQuiet.LINE),
)
KINDS = {10: TEXT, 11: NEWS, 12: THREAD, 13: FORUM, 14: TEXT, 15: TEXT}


@dataclass
class Trial:
    """What a trial works on. ``offset`` is what its clock, and the stand-in's, are ahead of the machine's."""

    database: Path
    storage: SqlStorage
    there: StandIn
    chance: random.Random
    days: int
    """On the last of three or more nothing is new."""
    offset: timedelta = timedelta()
    learned: list[tuple[str, str]] = field(default_factory=list)
    """The word by which each thing that was learned is known again, and its topic."""
    deaths: int = 0

    def now(self) -> datetime:
        """What the trial's clock shows."""
        return datetime.now(UTC) + self.offset

    def be(self, moment: datetime) -> None:
        """Puts the trial's clock forward."""
        self.offset = moment - datetime.now(UTC)

    async def learn(self, day: int) -> None:
        """Records what is new that day, in one transaction, as a moderator's import does."""
        made = [(f"token{day}x{number:02}", "dam" if number % 4 == 0 else "water") for number in range(NEWS_A_DAY)]
        entries = [stance(token, topic=topic, claim=f"{token} {_LONG}"[:280]) for token, topic in made]
        await record(self.storage, *(step(each, at=self.now()) for each in entries))
        self.learned += made

    def slot(self, day: int) -> datetime:
        """The slot of a day."""
        return (START + timedelta(days=day + 1)).replace(hour=AT_SEVEN.at.hour)

    async def begin(self, day: int) -> None:
        """Lets something happen on the eve, and the slot of the day come."""
        self.be(self.slot(day) - timedelta(hours=3))
        if day < max(self.days - 1, 2):
            await self.learn(day)
        self.be(self.slot(day) + timedelta(seconds=1))

    def start(self, *, skew: float = 0.0, die_at: str = "", die_after: int = 1, idle: float = 0.0) -> BaseProcess:
        """A process of the bot; one that is to die at "send" or "sent" is killed by the stand-in."""
        offset = self.offset.total_seconds() + skew
        process = _context().Process(
            target=work, args=(Order(self.database, self.there.port, offset, die_at, die_after, idle),)
        )
        process.start()
        if die_at in ("send", "sent"):
            self.there.seen = Killer(process, {"send": "received", "sent": "accepted"}[die_at], die_after)
        return process

    async def ended(self, *processes: BaseProcess) -> list[int]:
        """Their exit codes, as soon as all have ended."""
        async with asyncio.timeout(PATIENCE):
            while any(each.is_alive() for each in processes):  # noqa: ASYNC110 - a process sets no event
                await asyncio.sleep(0.005)
        self.there.seen = lambda _: None
        self.deaths += sum(each.exitcode == -9 for each in processes)
        return [each.exitcode or 0 for each in processes]

    async def finish(self) -> None:
        """Starts one process after the other until nothing is left, with a pause of the trial's clock before each."""
        for _ in range(MOST_LIVES):
            self.offset += timedelta(seconds=self.chance.choice(PAUSES))
            if await self.ended(self.start()) == [0]:
                return
        raise AssertionError("it never ends")

    async def faults(self) -> list[str]:
        """What is wrong with all that was posted; empty if nothing is."""
        async with self.storage.reading() as reading:
            latest = await reading.revisions.latest()
            found = []
            for each in (await reading.subscriptions.by_ids({each.id for each in SUBSCRIPTIONS})).values():
                deliveries = await reading.deliveries.last(each.id, 100)
                found += _faults(each, deliveries, list(self.posted(each)), self, latest)
        return found

    def posted(self, of: Subscription) -> Iterable[Json]:
        """The messages of a subscription."""
        posts = (int(n) for n, each in self.there.channels.items() if each.get("parent_id") == str(of.channel))
        for place in (of.channel, *posts):
            yield from (each for each in self.there.messages[place] if footer_of(each).startswith(f"b-{of.id} "))


@asynccontextmanager
async def open_trial(folder: Path, empty: Path, seed: int, days: int = 3) -> AsyncIterator[Trial]:
    """A trial on a database of its own, a copy of an empty one."""
    database = Path(shutil.copy(empty, folder / f"trial-{seed}.db"))
    engine = make_engine(sqlite_url(database))
    async with stand_in(window=WINDOW) as there:
        trial = Trial(database, SqlStorage(engine), there, random.Random(seed), days)  # noqa: S311 - no secret
        there.now = trial.now
        trial.be(START)
        for number, kind in KINDS.items():
            there.add_channel(number, kind, parent=10)
        async with trial.storage.writing() as writing:
            await writing.subscriptions.put(*SUBSCRIPTIONS)
            await writing.commit()
        try:
            yield trial
        finally:
            await engine.dispose()


def _faults(of: Subscription, deliveries: list[Delivery], posted: list[Json], trial: Trial, latest: int) -> list[str]:
    found = [f"{of.id}: {mark} {times} times" for mark, times in Counter(map(footer_of, posted)).items() if times > 1]
    told = "\n".join(str(each["embeds"][0]["description"]) for each in posted)
    wanted = {token for token, topic in trial.learned if not of.topics or topic in of.topics}
    for token, _ in trial.learned:
        if (times := told.count(f"{token} ")) != (token in wanted):
            found.append(f"{of.id}: {token} told {times} times")
    parts = sum(len(each.parts) for each in deliveries)
    if {str(part) for each in deliveries for part in each.parts} != {each["id"] for each in posted}:
        found.append(f"{of.id}: {parts} parts noted, {len(posted)} posted")
    bad = [each for each in deliveries if each.state not in (DeliveryState.DONE, DeliveryState.QUIET)]
    found += [f"{of.id}: {each.slot} {each.state} {each.error}" for each in bad]
    found += [f"{of.id}: {each.slot} incomplete" for each in deliveries if each.parts and len(each.parts) != each.total]
    if of.schedule == AT_SEVEN and len(deliveries) != trial.days:
        found.append(f"{of.id}: {len(deliveries)} slots")
    if of.cursor != latest:
        found.append(f"{of.id}: told up to {of.cursor} of {latest}")
    return found


@dataclass
class Killer:
    """Kills a process at the so-manieth time that the stand-in sees something of it."""

    process: BaseProcess
    what: str
    left: int

    def __call__(self, what: str) -> None:
        self.left -= what == self.what
        if self.left == 0 and what == self.what:
            self.process.kill()
            self.process.join()  # so that not even the answer to this request reaches it


def _context() -> multiprocessing.context.ForkServerContext:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.harness.warm"])
    return context
