"""What moderation needs of a store (``knowledge/moderation/ports.py``), in SQL."""

from knowledge.storage.moderation.changes import SqlChanges
from knowledge.storage.moderation.people import SqlPeople
from knowledge.storage.moderation.proposals import SqlProposals
from knowledge.storage.moderation.records import SqlRecords
from knowledge.storage.moderation.servers import SqlServers

__all__ = ["SqlChanges", "SqlPeople", "SqlProposals", "SqlRecords", "SqlServers"]
