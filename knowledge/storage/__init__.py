"""The only SQLAlchemy code of the house. ``bot`` opens it; everyone else sees ``knowledge.ports``."""

from knowledge.storage.backups import back_up, restore
from knowledge.storage.copying import copy_all, count_all
from knowledge.storage.engine import make_engine
from knowledge.storage.migrate import is_current, upgrade
from knowledge.storage.opening import inspect_storage, open_storage
from knowledge.storage.unit_of_work import SqlStorage

__all__ = [
    "SqlStorage",
    "back_up",
    "copy_all",
    "count_all",
    "inspect_storage",
    "is_current",
    "make_engine",
    "open_storage",
    "restore",
    "upgrade",
]
