"""The audit trail as a file, and whether it is whole."""

import gzip

from handlers.render.card import Attachment, Block, Card
from handlers.render.text import count
from knowledge.moderation.chain import Verified

PLAIN = 8_000_000
"""The most bytes that are sent as they are; a bot may send 10 MB anywhere."""


def render_trail(data: bytes) -> Card:
    """The trail; packed, where it is too long to be sent plain."""
    name, sent = ("audit.jsonl", data) if len(data) <= PLAIN else ("audit.jsonl.gz", gzip.compress(data))
    length = count(data.count(b"\n"), "change")
    return Card(
        title="Audit trail",
        blocks=(Block(f"{length}, one a line. `/audit verify` says whether it is whole."),),
        attachment=Attachment(name, sent),
    )


def render_verified(found: Verified) -> Card:
    """How far the chain of changes holds."""
    if found.broken_at is not None:
        return Card(
            "The trail is broken",
            (Block(f"Change {found.broken_at} does not fit what is before it: it was altered, dropped or cut off."),),
        )
    last = f"; the last link is `{found.link[:12]}`" if found.length else ""
    length = count(found.length, "change")
    return Card("The trail is whole", (Block(f"{length}, each chained to the one before{last}."),))
