"""The tables; whoever imports them from here has all of them in the metadata of ``Base``."""

from knowledge.storage.tables.base import Base
from knowledge.storage.tables.briefing import UNFINISHED, DeliveryRow, SubscriptionRow
from knowledge.storage.tables.knowledge import (
    WORD_LENGTH,
    CitationRow,
    CounterRow,
    DocumentRow,
    ExcerptRow,
    GapRow,
    HeadRow,
    RevisionRow,
    StateRow,
    WordRow,
)
from knowledge.storage.tables.moderation import (
    ChainRow,
    ChangeRow,
    DepartureRow,
    PersonRow,
    ProposalRow,
    RecordRow,
)

__all__ = [
    "UNFINISHED",
    "WORD_LENGTH",
    "Base",
    "ChainRow",
    "ChangeRow",
    "CitationRow",
    "CounterRow",
    "DeliveryRow",
    "DepartureRow",
    "DocumentRow",
    "ExcerptRow",
    "GapRow",
    "HeadRow",
    "PersonRow",
    "ProposalRow",
    "RecordRow",
    "RevisionRow",
    "StateRow",
    "SubscriptionRow",
    "WordRow",
]
