"""From the YAML that ships to the recorded base."""

from knowledge.seeding.loading import Seeds, load_seeds
from knowledge.seeding.syncing import SyncReport, sync_base
from knowledge.seeding.texts import excerpts, locator_faults, read_texts

__all__ = ["Seeds", "SyncReport", "excerpts", "load_seeds", "locator_faults", "read_texts", "sync_base"]
