"""The service over a store that tells of two valleys: recorded on Monday, with a few changes on Tuesday."""

import pytest

from knowledge.dates import PartialDate
from knowledge.model import Action, Citation, Kind, Status
from knowledge.service import KnowledgeService
from tests.fakes.storage import MemoryStorage
from tests.knowledge.samples import (
    LETTER,
    SERVER,
    TREATY,
    TUESDAY,
    other,
    preferred,
    put_documents,
    record,
    record_entries,
    service_on,
    stance,
    step,
)

IN_TREATY, IN_LETTER = Citation("000", "paragraph 1"), Citation("001", "paragraph 2")

ON_MONDAY = (
    stance("up-wat-10", stated_on=PartialDate(1873, 5)),
    stance("up-wat-2", stated_on=PartialDate(1872), citations=(IN_TREATY, IN_LETTER)),
    preferred("up-wat-1", stated_on=PartialDate(1871)),
    preferred("up-dam-1", topic="dam", valid_from=PartialDate(1869), valid_to=PartialDate(1870)),
    preferred("low-wat-1", "lowlands", citations=(IN_LETTER,)),
    preferred("gui-wat-1", "guild"),
    other(Kind.ROLE, "gui-ro-1", party="guild", topic="dam"),
    other(Kind.EVENT, "ev-1", topic="water", valid_from=PartialDate(1875)),
    other(Kind.EVENT, "ev-2", party="guild", topic="dam", order=2, involved=("uplands",)),
    other(Kind.EVENT, "ev-3", party="uplands", order=1),
    other(Kind.EVENT, "ev-4"),
    other(Kind.EVENT, "ev-5", valid_from=PartialDate(1874, 6)),
    other(Kind.OBSTACLE, "ob-1", topic="water"),
    other(Kind.PROPOSAL, "pr-1", topic="dam"),
)


@pytest.fixture
async def service(memory: MemoryStorage) -> KnowledgeService:
    """The service, with a retraction on Tuesday and an overlay of one server."""
    await record_entries(memory, ON_MONDAY)
    await put_documents(memory, TREATY, LETTER)
    gone = stance("up-wat-10", status=Status.RETRACTED, reason="a slip", stated_on=PartialDate(1873, 5))
    await record(memory, step(gone, 2, at=TUESDAY, action=Action.RETRACT))
    await record(memory, step(stance("ours", "lowlands", "tolls"), scope=SERVER, at=TUESDAY))
    async with memory.writing() as work:
        await work.documents.put_excerpts({IN_LETTER: "Two thirds are ours."})
        await work.commit()
    return service_on(memory)
