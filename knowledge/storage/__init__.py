"""The only SQLAlchemy code of the house. ``bot`` opens it; everyone else sees ``knowledge.ports``."""

from knowledge.storage.engine import make_engine
from knowledge.storage.migrate import is_current, upgrade
from knowledge.storage.opening import open_storage
from knowledge.storage.unit_of_work import SqlStorage

__all__ = ["SqlStorage", "is_current", "make_engine", "open_storage", "upgrade"]
