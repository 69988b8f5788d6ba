"""What was asked and not found: counted, near names given, forgotten after a while, and nobody's name kept."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.matching.normalise import normalise
from knowledge.model import BASE, GAP_LENGTH, Gap
from knowledge.service import KnowledgeService
from knowledge.service.gaps import KEPT
from tests.fakes.storage import MemoryStorage
from tests.knowledge.samples import MONDAY, OTHER_SERVER, SERVER, WEDNESDAY, service_on
from tests.knowledge.strategies import EXAMPLES, questions

SOMEONE = "123456789012345678"


class Calendar:
    """A clock that is put forward by hand."""

    def __init__(self) -> None:
        self.now = MONDAY

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, **time: float) -> None:
        """Puts it forward."""
        self.now += timedelta(**time)


@pytest.fixture
def calendar() -> Calendar:
    """A calendar that shows Monday."""
    return Calendar()


@pytest.fixture
def gappy(memory: MemoryStorage, calendar: Calendar) -> KnowledgeService:
    """The service by that calendar."""
    return service_on(memory, clock=calendar)


async def texts(service: KnowledgeService) -> list[str]:
    """The words that are kept of all scopes."""
    return [each.gap.text for each in await service.gaps()]


async def test_questions_are_counted_by_their_normalised_words(service: KnowledgeService) -> None:
    for text in ("Zebra permit?", " zebra   PERMIT", "«Zebra» permit!", "zebra"):
        await service.note_gap(text, SERVER)

    assert [each.gap for each in await service.gaps(SERVER)] == [
        Gap("zebra permit", 3, WEDNESDAY),
        Gap("zebra", 1, WEDNESDAY),
    ]


async def test_each_scope_has_its_own_and_all_are_shown_together(service: KnowledgeService) -> None:
    await service.note_gap("zebra", SERVER)
    await service.note_gap("zebra", OTHER_SERVER)
    await service.note_gap("giraffe")

    assert [each.gap.text for each in await service.gaps(BASE)] == ["giraffe"]
    assert [each.gap.times for each in await service.gaps(OTHER_SERVER)] == [1]
    assert [(each.gap.text, each.gap.times) for each in await service.gaps()] == [("zebra", 2), ("giraffe", 1)]


async def test_after_thirty_days_it_is_forgotten(
    gappy: KnowledgeService, calendar: Calendar, memory: MemoryStorage
) -> None:
    await gappy.note_gap("zebra")
    calendar.pass_by(days=30)
    assert await texts(gappy) == ["zebra"]
    calendar.pass_by(seconds=1)

    assert await texts(gappy) == []
    assert memory.tables.gaps == {}
    assert timedelta(days=30) == KEPT


async def test_asking_again_keeps_it(gappy: KnowledgeService, calendar: Calendar) -> None:
    for _ in range(3):
        await gappy.note_gap("zebra")
        calendar.pass_by(days=29)

    assert [each.gap.times for each in await gappy.gaps()] == [3]


async def test_what_is_old_is_deleted_with_the_next_one_even_if_nobody_looks(
    gappy: KnowledgeService, calendar: Calendar, memory: MemoryStorage
) -> None:
    await gappy.note_gap("zebra", SERVER)
    calendar.pass_by(days=31)
    await gappy.note_gap("giraffe", OTHER_SERVER)

    assert [text for _, text in memory.tables.gaps] == ["giraffe"]


@pytest.mark.parametrize(
    "text",
    [
        f"<@{SOMEONE}> zebra",
        f"<@!{SOMEONE}> zebra",
        f"zebra <@&{SOMEONE}>",
        f"zebra <#{SOMEONE}>",
        f"<:zed:{SOMEONE}>zebra<a:zed:{SOMEONE}>",
    ],
)
async def test_no_id_of_anyone_is_kept(service: KnowledgeService, memory: MemoryStorage, text: str) -> None:
    await service.note_gap(text, SERVER)

    assert [key for _, key in memory.tables.gaps] == ["zebra"]
    assert SOMEONE not in repr(memory.tables.gaps)


@pytest.mark.parametrize("text", ["", "  ", "?!", "\u200b", f"<@{SOMEONE}>", "🦓"])
async def test_what_has_no_word_is_not_noted(service: KnowledgeService, text: str) -> None:
    await service.note_gap(text)

    assert await service.gaps() == []


@pytest.mark.parametrize(
    ("text", "nearest"), [("lowlnd", "Lowlands"), ("watering", "Water"), ("highmore council", "Highmoor")]
)
async def test_the_nearest_name_is_given(service: KnowledgeService, text: str, nearest: str) -> None:
    await service.note_gap(text)

    assert [each.nearest for each in await service.gaps()] == [nearest]


async def test_what_is_like_no_name_has_no_nearest_or_a_known_one(service: KnowledgeService) -> None:
    await service.note_gap("qqqqqqqqqqqqqqqqqqqqqqqqqqqq")

    (near,) = await service.gaps()
    assert near.nearest in {"", "Uplands", "Lowlands", "Millers' Guild", "Highmoor", "Lowmoor", "Water", "Dam", "Tolls"}


async def test_no_more_are_listed_than_a_person_reads(service: KnowledgeService) -> None:
    for number in range(9):
        await service.note_gap(f"zebra {number}")

    assert len(await service.gaps(limit=4)) == 4


@EXAMPLES
@given(text=questions, times=st.integers(1, 3))
async def test_any_text_is_kept_short_and_normalised_if_at_all(text: str, times: int) -> None:
    memory = MemoryStorage()
    service = service_on(memory)
    for _ in range(times):
        await service.note_gap(text)

    for near in await service.gaps():
        assert near.gap.times == times
        assert 0 < len(near.gap.text) <= GAP_LENGTH
        assert near.gap.text == normalise(near.gap.text)
