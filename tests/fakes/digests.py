"""Digests of any size, made of what Discord would obey, for properties that must hold for all of them."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, time

from hypothesis import strategies as st

from knowledge.briefing.cadence import Cadence, Schedule
from knowledge.briefing.digest import Change, Digest, Item, grouped
from knowledge.briefing.model import Delivery, DeliveryKind, Subscription
from knowledge.errors import Slot
from knowledge.model import Action, Entry, Revision, Scope, Status
from knowledge.service.naming import Naming
from tests.fakes.answers import ENTRIES, LIBRARY, line, many

SERVER = Scope(7)
SLOT = datetime(2026, 11, 22, 7, 0, tzinfo=UTC)
SUBSCRIPTION = Subscription("4k2m9qzz", SERVER, 1, Schedule(Cadence.DAILY, time(9), "Europe/Kyiv"), 0, SLOT)
DELIVERY = Delivery(SUBSCRIPTION.id, SERVER, SLOT, DeliveryKind.SCHEDULED)
STATUS = {Change.NO_LONGER_HELD: Status.SUPERSEDED, Change.RETRACTED: Status.RETRACTED}
URLS = ("https://example.org/talks", "https://evil.example/)[x](https://a.example", "javascript:alert(1)", None)


@dataclass(frozen=True, slots=True)
class LongNames(Naming):
    """Names as long and as bad as a server can make them."""

    def shown_name(self, slot: Slot, slug: str) -> str:
        """Much the same name for all."""
        return f"{slug} <@1> **@everyone** " + "😀" * 30


@st.composite
def items(draw: st.DrawFn, entries: st.SearchStrategy[Entry] = ENTRIES) -> Item:
    """An item of any kind; its id is still to be made its own."""
    change = draw(st.sampled_from(Change))
    entry, before = draw(entries), draw(entries)
    entry = replace(entry, status=STATUS.get(change, Status.ACTIVE), party=draw(st.sampled_from(["russia", "x", None])))
    entry = replace(entry, topic=draw(st.sampled_from(["nato", "territory", "y", None])), reason=draw(line(200)))
    revision = Revision(SERVER, 1, Action.ADD, entry, SLOT, reason=entry.reason)
    return Item(change, revision, None if change is Change.NEW else before)


@st.composite
def digests(draw: st.DrawFn) -> Digest:
    """A digest of up to eighty items, each with an id of its own."""
    found = draw(many(items(), 80)) or [draw(items())]
    own = [_numbered(item, number) for number, item in enumerate(found)]
    url = draw(st.sampled_from(URLS))
    return Digest(
        0, 99, grouped(own, ["nato", "territory"], ["russia"]), {k: replace(v, url=url) for k, v in LIBRARY.items()}
    )


def _numbered(item: Item, number: int) -> Item:
    entry = replace(item.entry, id=f"own-{number}")
    return replace(item, after=replace(item.after, entry=entry, sequence=number))
