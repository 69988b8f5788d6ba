"""What was asked and not found, so that words can be added for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from knowledge.errors import Slot
from knowledge.matching.resolve import rank
from knowledge.matching.scanning import plain_words
from knowledge.model import GAP_LENGTH, Gap, Scope
from knowledge.service.context import Context

KEPT = timedelta(days=30)
"""How long after it was last asked a gap is kept."""
LIKE = 50.0
"""From this score on a name is near enough to be shown beside a gap."""


@dataclass(frozen=True, slots=True)
class NearGap:
    """A gap with the shown name of the party or topic that is most like it."""

    gap: Gap
    nearest: str


async def note_gap(context: Context, text: str, scope: Scope) -> None:
    """Counts a question that was not understood: its normalised words without mentions, never who asked."""
    words = " ".join(plain_words(text))[:GAP_LENGTH].strip()
    if not words:
        return
    now = context.clock()
    async with context.storage.writing() as work:
        await work.gaps.forget(now - KEPT)
        await work.gaps.note(scope, words, now)
        await work.commit()


async def gaps(context: Context, scope: Scope | None, limit: int) -> Sequence[NearGap]:
    """The most frequent gaps of a scope, or of all together (None), of the last 30 days."""
    async with context.storage.writing() as work:
        await work.gaps.forget(context.clock() - KEPT)
        found = await work.gaps.top(scope, limit)
        await work.commit()
    return [NearGap(gap, _nearest(context, gap.text)) for gap in found]


def _nearest(context: Context, words: str) -> str:
    best = [(rank(words, names, LIKE)[:1], names) for names in map(context.lexicon.names, (Slot.PARTY, Slot.TOPIC))]
    ranked = [(found[0].score, names.shown[found[0].slug]) for found, names in best if found]
    return max(ranked, default=(0.0, ""))[1]
