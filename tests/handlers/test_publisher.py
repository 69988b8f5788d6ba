"""The publisher, on a Discord of ours: each part once, whatever Discord and the database do."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

import discord
import pytest

from handlers.briefing.delivering import nonce_of
from handlers.briefing.publisher import Publisher
from knowledge.briefing.claiming import Job
from knowledge.briefing.context import Briefings, Pace
from knowledge.briefing.model import Delivery, DeliveryKind, DeliveryState, Subscription, SubscriptionState, WhenQuiet
from knowledge.briefing.service import BriefingService
from knowledge.briefing.working import LeaseLost
from knowledge.model import Entry
from tests.fakes.storage import MemoryStorage
from tests.harness.rig import QUICK, logged_in
from tests.harness.stand_in import FORUM, NEWS, OWNER, TEXT, THREAD, Fault, Json, StandIn, footer_of, stand_in
from tests.knowledge.briefing.making import SERVER, SEVEN, START, briefings_on, subscription
from tests.knowledge.samples import record, stance, step

LONG = "Much water is wanted here. " * 9
CHANNEL, AUDIT = 10, 11


@pytest.fixture(autouse=True)
def api_put_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """The address of the API is one for the whole process."""
    monkeypatch.setattr(discord.http.Route, "BASE", discord.http.Route.BASE)


@dataclass
class Rig:
    """A publisher with all that it works on; ``now`` is what its clock shows."""

    there: StandIn
    client: discord.Client
    now: datetime = SEVEN
    storage: MemoryStorage = field(default_factory=MemoryStorage)
    briefings: Briefings = field(init=False)
    publisher: Publisher = field(init=False)

    def __post_init__(self) -> None:
        self.briefings = briefings_on(self.storage, lambda: self.now, Pace(late=timedelta(hours=1)))
        self.restart()

    def restart(self, service: BriefingService | None = None) -> None:
        """A new process."""
        service = service or BriefingService(self.briefings)
        self.publisher = Publisher(self.client, service, patience=QUICK, rate=1_000.0)

    async def subscribe(self, name: str = "aaaaaaaa", channel: int = CHANNEL, **fields: Any) -> Subscription:
        """A subscription, and its channel if there is none yet."""
        made = subscription(name, channel, **fields)
        if channel not in self.there.channels:
            self.there.add_channel(channel)
        async with self.storage.writing() as work:
            await work.subscriptions.put(made)
            await work.commit()
        return made

    async def learn(self, *entries: Entry, at: datetime = START + timedelta(hours=1)) -> None:
        """Records what is new."""
        await record(self.storage, *(step(each, at=at) for each in entries))

    async def later(self, **by: float) -> None:
        """Lets time pass, and looks for work."""
        self.now += timedelta(**by)
        await self.publisher.run_once()

    def posted(self, channel: int = CHANNEL) -> list[Json]:
        """What is in a channel."""
        return self.there.messages[channel]

    def delivery(self, name: str = "aaaaaaaa", slot: datetime = SEVEN) -> Delivery:
        """What became of a slot."""
        return self.storage.tables.deliveries[name, slot]

    def kept(self, name: str = "aaaaaaaa") -> Subscription:
        """The subscription as it is now."""
        return self.storage.tables.subscriptions[name]

    async def fails(self, *faults: Fault | None, method: str = "POST") -> None:
        """The next requests of that kind end like this."""
        left = list(faults)
        self.there.fault = lambda asked, _: left.pop(0) if left and asked == method else None


@pytest.fixture
async def rig() -> AsyncIterator[Rig]:
    """At seven, when the first slot is due."""
    async with stand_in(lambda: made.now) as there, logged_in(there) as client:
        made = Rig(there, client)
        yield made


def marks(messages: list[Json]) -> list[str]:
    """The marks, in the order of the messages."""
    return [footer_of(each) for each in messages]


def many() -> list[Entry]:
    """Enough for several parts."""
    return [stance(f"many-{number}", claim=f"{number}. {LONG}") for number in range(40)]


async def test_what_is_new_is_posted_once_and_the_cursor_moves(rig: Rig) -> None:
    await rig.subscribe()
    await rig.learn(stance("a"), stance("b"))

    await rig.publisher.run_once()
    await rig.later(minutes=1)

    [message] = rig.posted()
    assert message["content"].startswith("Briefing: 2 changes")
    assert footer_of(message) == "b-aaaaaaaa · 2026-11-21 07:00 UTC · part 1 of 1"
    assert rig.delivery().state is DeliveryState.DONE
    assert rig.delivery().parts == (int(message["id"]),)
    assert rig.kept().cursor == 2
    assert rig.kept().next_slot == SEVEN + timedelta(days=1)


async def test_nothing_is_posted_before_its_time_and_nothing_where_nothing_changed(rig: Rig) -> None:
    await rig.subscribe()
    rig.now = SEVEN - timedelta(minutes=1)
    await rig.publisher.run_once()
    assert not rig.storage.tables.deliveries

    await rig.later(minutes=1)

    assert not rig.posted()
    assert rig.delivery().state is DeliveryState.QUIET


async def test_who_wants_a_line_gets_one(rig: Rig) -> None:
    await rig.subscribe(when_quiet=WhenQuiet.LINE)
    await rig.publisher.run_once()
    assert [each["content"] for each in rig.posted()] == ["Briefing: nothing has changed"]


async def test_parts_come_in_order_and_the_role_is_pinged_by_the_first_alone(rig: Rig) -> None:
    await rig.subscribe(role=77)
    await rig.learn(*many())

    await rig.publisher.run_once()

    total = len(rig.posted())
    assert total > 1
    assert marks(rig.posted()) == [f"b-aaaaaaaa · 2026-11-21 07:00 UTC · part {n + 1} of {total}" for n in range(total)]
    pinged = [each["allowed_mentions"] for each in rig.posted()]
    assert [each.get("roles", []) for each in pinged] == [[77], *[[]] * (total - 1)]
    assert all(each["parse"] == [] for each in pinged)


@pytest.mark.parametrize("fault", list(Fault))
async def test_a_passing_fault_changes_nothing_in_the_end(rig: Rig, fault: Fault) -> None:
    rig.there.window = 0  # a nonce that Discord has forgotten must not be what saves us
    await rig.subscribe()
    await rig.learn(*many())
    await rig.fails(None, fault)

    await rig.publisher.run_once()

    assert len(set(marks(rig.posted()))) == len(rig.posted()) == rig.delivery().total
    assert rig.delivery().state is DeliveryState.DONE


@pytest.mark.parametrize("fault", list(Fault))
async def test_a_post_in_a_forum_is_opened_once_though_it_has_no_nonce(rig: Rig, fault: Fault) -> None:
    rig.there.add_channel(CHANNEL, FORUM)
    await rig.subscribe()
    await rig.learn(*many())
    await rig.fails(fault)

    await rig.publisher.run_once()

    posts = [int(number) for number, each in rig.there.channels.items() if each["type"] == THREAD]
    assert posts == [rig.delivery().thread]
    assert len(set(marks(rig.posted(posts[0])))) == len(rig.posted(posts[0])) == rig.delivery().total


async def test_a_post_has_the_tags_that_are_called_like_its_topics(rig: Rig) -> None:
    tags = [{"id": str(n), "name": name, "moderated": False, "emoji_id": None, "emoji_name": None}
            for n, name in enumerate(("news", "WATER"), 1)]  # fmt: skip
    rig.there.add_channel(CHANNEL, FORUM, available_tags=tags)
    await rig.subscribe()
    await rig.learn(stance("a", topic="water"))

    await rig.publisher.run_once()

    [post] = [each for each in rig.there.channels.values() if each["type"] == THREAD]
    assert post["applied_tags"] == ["2"]


async def test_an_archived_thread_is_opened(rig: Rig) -> None:
    rig.there.add_channel(CHANNEL, THREAD, TEXT)
    rig.there.channels[CHANNEL]["thread_metadata"]["archived"] = True
    await rig.subscribe()
    await rig.learn(stance("a"))

    await rig.publisher.run_once()

    assert len(rig.posted()) == 1


@pytest.mark.parametrize("later", [timedelta(minutes=2), timedelta(hours=3), timedelta(hours=-1)])
async def test_a_part_of_which_nobody_knows_is_found_again(rig: Rig, later: timedelta) -> None:
    await rig.subscribe()
    await rig.learn(*many())
    rig.restart(Dying(rig.briefings, after=2))
    await rig.publisher.run_once()
    assert len(rig.posted()) == 2
    assert len(rig.delivery().parts) == 1

    rig.there.window = 0
    rig.now += later
    rig.storage.tables.deliveries["aaaaaaaa", SEVEN] = replace(rig.delivery(), lease_until=rig.now)
    rig.restart()
    await rig.publisher.run_once()

    assert len(set(marks(rig.posted()))) == len(rig.posted()) == rig.delivery().total
    assert rig.delivery().parts == tuple(int(each["id"]) for each in rig.posted())


@pytest.mark.parametrize("ahead", [timedelta(hours=1), timedelta(hours=-1)])
async def test_a_post_is_found_again_though_our_clock_was_wrong_when_it_was_opened(rig: Rig, ahead: timedelta) -> None:
    rig.there.add_channel(CHANNEL, FORUM)
    await rig.subscribe(next_slot=SEVEN - timedelta(hours=1))
    await rig.learn(stance("a"))
    rig.there.now = lambda: SEVEN + timedelta(hours=1)
    rig.now = rig.there.now() + ahead
    rig.restart(Dying(rig.briefings, after=1))
    await rig.publisher.run_once()

    rig.now += timedelta(hours=2)
    rig.restart()
    await rig.publisher.run_once()

    assert sum(each["type"] == THREAD for each in rig.there.channels.values()) == 1


async def test_a_channel_that_is_closed_stops_the_subscription_and_the_owner_is_told_once(rig: Rig) -> None:
    await rig.subscribe()
    await rig.learn(stance("a"))
    rig.there.forbidden.add(CHANNEL)

    await rig.publisher.run_once()
    await rig.later(minutes=1)

    assert rig.kept().state is SubscriptionState.STOPPED
    assert rig.delivery().state is DeliveryState.FAILED
    [told] = rig.posted(OWNER + 1)
    assert "cannot see the channel (403, code 50001)" in told["content"]
    assert "/briefing resume subscription:aaaaaaaa" in told["content"]


async def test_what_was_missed_while_stopped_is_told_once(rig: Rig) -> None:
    made = await rig.subscribe()
    await rig.learn(stance("a"))
    rig.there.forbidden.add(CHANNEL)
    await rig.publisher.run_once()
    rig.there.forbidden.clear()

    rig.storage.tables.subscriptions["aaaaaaaa"] = replace(
        rig.kept(), state=SubscriptionState.ACTIVE, next_slot=SEVEN + timedelta(days=1)
    )
    await rig.later(minutes=1)
    assert not rig.posted()
    await rig.later(days=1)

    assert len(rig.posted()) == 1
    assert rig.kept(made.id).cursor == 1


async def test_a_channel_that_closes_halfway_is_gone_on_with(rig: Rig) -> None:
    await rig.subscribe()
    await rig.learn(*many())
    rig.there.seen = lambda what: rig.there.forbidden.add(CHANNEL) if what == "accepted" else None
    await rig.publisher.run_once()
    assert len(rig.posted()) == 1
    assert len(rig.posted(OWNER + 1)) == 1

    rig.there.seen = lambda _: None
    rig.there.forbidden.clear()
    rig.storage.tables.subscriptions["aaaaaaaa"] = replace(rig.kept(), state=SubscriptionState.ACTIVE)
    await rig.later(hours=1)

    assert len(set(marks(rig.posted()))) == len(rig.posted()) == rig.delivery().total
    assert len(rig.posted(OWNER + 1)) == 1


async def test_a_discord_that_is_away_for_long_gets_it_when_it_is_back(rig: Rig) -> None:
    await rig.subscribe()
    await rig.learn(stance("a"))
    rig.there.fault = lambda _, __: Fault.ERROR
    await rig.publisher.run_once()
    assert rig.delivery().state is DeliveryState.PLANNED
    assert rig.delivery().retry_at == SEVEN + timedelta(seconds=30)

    rig.there.fault = lambda _, __: None
    await rig.later(minutes=10)

    assert len(rig.posted()) == 1
    assert rig.delivery().state is DeliveryState.DONE


async def test_an_announcement_is_published_ten_times_an_hour_at_most(rig: Rig) -> None:
    rig.there.add_channel(CHANNEL, NEWS)
    await rig.learn(stance("a"))
    for number in range(12):
        await rig.subscribe(f"aaaaaa{number:02}", publish=True)

    await rig.publisher.run_once()

    assert len(rig.posted()) == 12
    assert len(rig.there.crossposted) == 10


async def test_what_a_moderator_asks_for_goes_out_at_once_and_is_not_told_again(rig: Rig) -> None:
    made = await rig.subscribe()
    await rig.learn(stance("a"))
    rig.now = SEVEN - timedelta(hours=1)
    async with rig.storage.writing() as work:
        await work.deliveries.plan(Delivery(made.id, SERVER, rig.now, DeliveryKind.MANUAL))
        await work.commit()

    await rig.publisher.run_once()
    assert len(rig.posted()) == 1
    await rig.later(hours=1)

    assert len(rig.posted()) == 1
    assert rig.delivery().state is DeliveryState.QUIET


async def test_a_publisher_that_is_closed_gives_back_what_it_has_claimed(rig: Rig) -> None:
    await rig.subscribe()
    await rig.learn(stance("a"))
    await rig.publisher.close()
    await rig.publisher.run_once()
    assert not rig.posted()

    rig.restart()
    await rig.publisher.run_once()
    assert len(rig.posted()) == 1


def test_nonces_fit_and_differ() -> None:
    slots = [SEVEN, SEVEN + timedelta(seconds=1), datetime.fromisoformat("2199-01-01T00:00:00+00:00")]
    made = [nonce_of(Delivery("zzzzzzzz", SERVER, slot, DeliveryKind.MANUAL), n) for slot in slots for n in (0, 1, 999)]
    assert len(set(made)) == len(made)
    assert max(map(len, made)) <= 25


class Dying(BriefingService):
    """A service whose process dies before it can note the part with this number, from 1."""

    def __init__(self, briefings: Briefings, after: int) -> None:
        super().__init__(briefings)
        self._after = after

    async def sent(self, job: Job, message: int, thread: int | None = None) -> Job:
        """Ends the errand like a process that has ended: without a word."""
        if len(job.delivery.parts) + 1 == self._after:
            raise LeaseLost
        return await super().sent(job, message, thread)
