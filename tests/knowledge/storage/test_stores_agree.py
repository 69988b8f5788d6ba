"""The fake store and the real ones, side by side: whatever is done to all, all tell the same afterwards."""

import asyncio
import shutil
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.briefing.model import Delivery, DeliveryKind, DeliveryState, SubscriptionState
from knowledge.errors import StaleRevision
from knowledge.model import BASE, Status
from knowledge.moderation.model import ProposalState, Record, Subject
from knowledge.ports import Selection, Storage, UnitOfWork
from knowledge.storage import SqlStorage, make_engine
from tests.fakes.postgresql import empty
from tests.fakes.storage import MemoryStorage
from tests.knowledge.samples import MONDAY, OTHER_SERVER, SERVER, TREATY, sqlite_url, stance, step
from tests.knowledge.storage.briefing import DAY, NINE, delivery, subscription
from tests.knowledge.storage.moderating import change, proposal
from tests.knowledge.storage.observing import observe
from tests.knowledge.strategies import EXAMPLES


@dataclass(frozen=True)
class Act:
    """One thing that is done: a name of ``DOINGS`` and what that needs."""

    name: str
    given: tuple[Any, ...]
    commit: bool = True


async def append(work: UnitOfWork, scope: Any, name: str, claim: str, topic: str, flags: tuple[bool, ...]) -> object:
    """Mostly the next revision of an entry, sometimes one that exists."""
    follows, gone, stale, early = flags
    steps = [each for each in await work.revisions.history(scope, name) if each.scope == scope]
    status = {"status": Status.RETRACTED, "reason": "a slip"} if gone else {}
    at = MONDAY + timedelta(days=0 if early else len(steps))
    revision = step(stance(name, topic=topic, claim=claim, **status), len(steps) + (not stale), scope=scope, at=at)
    return await work.revisions.append(replace(revision, follows_base=follows and scope != BASE))


async def add_change(work: UnitOfWork, scope: Any, position: int, key: str, previous: int, of_entry: bool) -> None:
    """A line of a trail, where there may be one."""
    subject = Subject.ENTRY if of_entry else Subject.TOPIC
    batch = (position + 1) // 2
    await work.changes.append(
        change(position, scope, batch=batch, subject=subject, key=key, number=1, previous=previous)
    )


async def plan_slot(work: UnitOfWork, each: Delivery) -> None:
    """A slot, where there is a subscription for it."""
    if await work.subscriptions.get(each.scope, each.subscription):
        await work.deliveries.plan(each)


DOINGS: dict[str, Callable[..., Awaitable[object]]] = {
    "append": append,
    "add_change": add_change,
    "mark_posted": lambda work, scope, position: work.changes.mark_posted(scope, position),
    "put_record": lambda work, scope, key, value: work.records.put(Record(scope, Subject.ALIAS, key, {"is": value})),
    "remove_record": lambda work, scope, key: work.records.remove(scope, Subject.ALIAS, key),
    "put_proposal": lambda work, scope, name, state, day: work.proposals.put(
        proposal(name, scope, state=state, created_at=MONDAY + timedelta(days=day))
    ),
    "forget_drafts": lambda work, day: work.proposals.forget_drafts(MONDAY + timedelta(days=day)),
    "add_person": lambda work, scope, user, handle: work.people.add(scope, user, handle),
    "forget_person": lambda work, scope, user: work.people.forget(scope, user),
    "put_document": lambda work, scope, label: work.documents.put(replace(TREATY, id="s-1", label=label), scope),
    "note": lambda work, scope, words: work.gaps.note(scope, words, MONDAY),
    "mark_left": lambda work, scope, day: work.servers.mark_left(scope, MONDAY + timedelta(days=day)),
    "mark_back": lambda work, scope: work.servers.mark_back(scope),
    "subscribe": lambda work, scope, name, state, day: work.subscriptions.put(
        subscription(f"{name}-{scope.id}", scope, state=state, cursor=day, next_slot=NINE + day * DAY)
    ),
    "unsubscribe": lambda work, scope, name: work.subscriptions.remove(scope, f"{name}-{scope.id}"),
    "move": lambda work, scope, name, cursor: work.subscriptions.move(f"{name}-{scope.id}", cursor, "moved"),
    "plan_slot": plan_slot,
    "put_slot": lambda work, each: work.deliveries.put(each),
    "hold_slot": lambda work, each: work.deliveries.hold(each, "ann"),
    "forget_slots": lambda work, day: work.deliveries.forget(NINE + day * DAY),
    "purge": lambda work, scope: work.servers.purge(scope),
}
scopes, servers = st.sampled_from([BASE, SERVER, SERVER, OTHER_SERVER]), st.sampled_from([SERVER, OTHER_SERVER])
names = st.sampled_from(["a", "b", "s-1"])
claims = st.lists(st.sampled_from(["River", "rivers", "the", "dam", "Straße"]), min_size=1, max_size=4).map(" ".join)
flags = st.tuples(*(st.sampled_from([False, False, True]) for _ in range(4)))
days, positions = st.integers(0, 3), st.integers(1, 5)
moments = days.map(lambda day: NINE + day * DAY)
slots = st.builds(
    lambda name, scope, **fields: delivery(f"{name}-{scope.id}", scope=scope, **fields),
    names,
    servers,
    slot=moments,
    kind=st.sampled_from(DeliveryKind),
    state=st.sampled_from([DeliveryState.PLANNED, DeliveryState.CLAIMED, *DeliveryState]),
    worker=st.sampled_from(["ann", "bob"]),
    lease_until=st.none() | moments,
    retry_at=st.none() | moments,
    finished_at=st.none() | moments,
    told=st.booleans(),
)
NEEDS: dict[str, st.SearchStrategy[Any]] = {
    "append": st.tuples(scopes, names, claims, st.sampled_from(["water", "dam"]), flags),
    "add_change": st.tuples(servers, positions, names, st.integers(1, 9), st.booleans()),
    "mark_posted": st.tuples(servers, positions),
    "put_record": st.tuples(servers, names, names),
    "remove_record": st.tuples(servers, names),
    "put_proposal": st.tuples(servers, names, st.sampled_from(ProposalState), days),
    "forget_drafts": st.tuples(days),
    "add_person": st.tuples(servers, days, names),
    "forget_person": st.tuples(servers, days),
    "put_document": st.tuples(scopes, names),
    "note": st.tuples(scopes, names),
    "mark_left": st.tuples(servers, days),
    "mark_back": st.tuples(servers),
    "subscribe": st.tuples(servers, names, st.sampled_from(SubscriptionState), days),
    "unsubscribe": st.tuples(servers, names),
    "move": st.tuples(servers, names, days),
    "plan_slot": st.tuples(slots),
    "put_slot": st.tuples(slots),
    "hold_slot": st.tuples(slots),
    "forget_slots": st.tuples(days),
    "purge": st.tuples(servers),
}
OFTEN = ["append"] * 12 + ["add_change"] * 4 + ["subscribe", "plan_slot"] * 4 + list(NEEDS)
acts = st.sampled_from(OFTEN).flatmap(
    lambda name: st.builds(Act, st.just(name), NEEDS[name], st.sampled_from([True, True, True, False]))
)


@settings(EXAMPLES, max_examples=5)
@given(done=st.lists(acts, min_size=1, max_size=16))
def test_a_file_tells_the_same_as_the_fake_whatever_was_done(migrated_file: Path, done: list[Act]) -> None:
    with TemporaryDirectory() as folder:
        asyncio.run(compare(sqlite_url(Path(shutil.copy(migrated_file, folder))), done))


@settings(EXAMPLES, max_examples=3)
@given(done=st.lists(acts, min_size=1, max_size=16))
def test_a_server_tells_the_same_as_the_fake_whatever_was_done(postgres_shared: str, done: list[Act]) -> None:
    asyncio.run(compare(postgres_shared, done))


async def compare(url: str, done: list[Act]) -> None:
    """Does all to the fake and to the one that is there, which is emptied first."""
    engine = make_engine(url)
    await empty(engine)
    stores: list[Storage] = [MemoryStorage(), SqlStorage(engine)]
    try:
        for act in done:
            fake, real = [await outcome(store, act) for store in stores]
            assert fake == real, act
        fake, real = [await told(store) for store in stores]
        assert fake == real
    finally:
        await engine.dispose()


async def outcome(store: Storage, act: Act) -> object:
    """What came of it, inside the transaction."""
    async with store.writing() as work:
        try:
            result: object = await DOINGS[act.name](work, *act.given)
        except (StaleRevision, ValueError) as error:
            result = type(error)
        seen = await work.revisions.select(SERVER, Selection(active_only=False))
        if act.commit:
            await work.commit()
    return result, seen


async def told(store: Storage) -> dict[str, object]:
    """All that the store tells in the end."""
    async with store.reading() as work:
        return await observe(work)
