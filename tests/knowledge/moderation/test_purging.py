"""Servers that removed the bot: kept for 30 days, then gone; those that came back keep everything."""

from datetime import timedelta

from knowledge.model import BASE, Scope
from knowledge.moderation.purging import KEPT, LeftServer, compare_servers, left_servers, purge_due
from tests.knowledge.moderation.desk import DANA, DRAFT, Office
from tests.knowledge.samples import OTHER_SERVER, SERVER, WEDNESDAY

SECOND = timedelta(seconds=1)


async def filled(office: Office) -> None:
    """Another server has set its roles too, and both have an entry of their own."""
    await office.set_roles(OTHER_SERVER)
    await office.moderation.change_settings(OTHER_SERVER, DANA, {"editor_role": None})
    for scope in (SERVER, OTHER_SERVER):
        await office.moderation.change_settings(scope, DANA, {"editor_role": None, "timezone": "Europe/Kyiv"})
        await office.moderation.add(scope, DANA, DRAFT)


async def servers(office: Office) -> list[Scope]:
    """Of which servers anything is stored."""
    async with office.storage.reading() as work:
        return await work.servers.all()


async def purged(office: Office) -> list[Scope]:
    """Deletes what is due now."""
    return [each.scope for each in await purge_due(office.storage, lambda: office.now)]


async def test_what_a_server_had_is_deleted_after_thirty_days_and_not_before(office: Office) -> None:
    await filled(office)
    before = await office.told(scope=OTHER_SERVER)
    await office.moderation.server_left(SERVER)
    office.now = WEDNESDAY + KEPT - SECOND
    assert await purged(office) == []
    assert DRAFT.claim in await office.told(scope=SERVER)

    office.now = WEDNESDAY + KEPT
    assert await purged(office) == [SERVER]
    office.restart()
    assert DRAFT.claim not in await office.told(scope=SERVER)
    assert await office.told(scope=OTHER_SERVER) == before
    assert await servers(office) == [OTHER_SERVER]
    assert await purged(office) == []


async def test_the_days_count_from_the_first_time_it_was_missed(office: Office) -> None:
    await office.moderation.server_left(SERVER)
    office.now += timedelta(days=29)
    await office.moderation.server_left(SERVER)
    await office.moderation.compare_servers(set())

    assert await left_servers(office.storage) == [LeftServer(SERVER, WEDNESDAY, 0)]


async def test_coming_back_keeps_everything_and_the_days_begin_anew(office: Office) -> None:
    await filled(office)
    await office.moderation.server_left(SERVER)
    office.now += timedelta(days=29)
    await office.moderation.server_back(SERVER)
    office.now += timedelta(days=29)
    assert await purged(office) == []
    await office.moderation.server_left(SERVER)
    office.now += timedelta(days=29)

    assert await purged(office) == []
    assert DRAFT.claim in await office.told(scope=SERVER)


async def test_servers_that_left_while_the_bot_was_not_running_are_noticed(office: Office) -> None:
    await filled(office)
    await office.moderation.compare_servers({OTHER_SERVER.id, 5})

    assert [(each.scope, each.entries) for each in await left_servers(office.storage)] == [(SERVER, 1)]


async def test_servers_that_came_back_while_the_bot_was_not_running_are_kept(office: Office) -> None:
    await filled(office)
    await office.moderation.server_left(SERVER)
    office.now += KEPT
    await office.moderation.compare_servers({SERVER.id, OTHER_SERVER.id})

    assert await purged(office) == []


async def test_a_process_that_sees_only_some_servers_judges_only_those(office: Office) -> None:
    await filled(office)
    await compare_servers(office.storage, lambda: office.now, set(), lambda server: server == SERVER.id)

    assert [each.scope for each in await left_servers(office.storage)] == [SERVER]


async def test_the_base_is_no_server_that_could_leave(office: Office) -> None:
    await office.moderation.compare_servers(set())
    office.now += KEPT

    assert BASE not in await purged(office)
    assert await office.told(scope=BASE)
