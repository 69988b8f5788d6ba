"""Imported by the process from which the others are forked: what takes long to load is loaded once, there."""

from tests.fakes.storage import MemoryStorage
from tests.harness import child
from tests.knowledge.briefing.making import START, briefings_on

briefings_on(MemoryStorage(), lambda: START)

__all__ = ["child"]
