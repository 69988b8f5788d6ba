"""An office with the base of the two valleys and the roles set."""

import pytest

from tests.knowledge.moderation.desk import Office
from tests.knowledge.samples import LETTER, TREATY, preferred, put_documents, record_entries, stance


@pytest.fixture
async def office() -> Office:
    """A server with an editor, two approvers, a member and a manager."""
    office = Office()
    await put_documents(office.storage, TREATY, LETTER)
    await record_entries(office.storage, [preferred("up-wat-1"), stance("up-wat-2"), stance("low-wat-1", "lowlands")])
    await office.set_roles()
    return office
