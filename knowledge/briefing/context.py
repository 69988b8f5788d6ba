"""What briefings work with."""

from dataclasses import dataclass, field
from datetime import timedelta

from knowledge.moderation.context import NewId, random_id
from knowledge.ports import Clock, Storage
from knowledge.service.scoped import ScopedContexts


@dataclass(frozen=True, slots=True)
class Pace:
    """How patient briefings are; an operator can set each.

    ``lease`` is how long a process may work on a delivery before another may take it over. ``debounce`` is how long a
    subscription on change waits for further changes, at most ``PATIENCE`` times that from the first. A slot that was
    missed by more than ``stale`` is skipped; one by more than ``late`` is marked as delayed. A delivery that could not
    be sent is taken up again after ``again``, then after twice that, and so on up to ``again_at_most``.
    """

    lease: timedelta = timedelta(seconds=60)
    debounce: timedelta = timedelta(minutes=15)
    stale: timedelta = timedelta(hours=12)
    late: timedelta = timedelta(minutes=5)
    again: timedelta = timedelta(seconds=30)
    again_at_most: timedelta = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Briefings:
    """The store, the contexts of the servers, the clock, the pace, and where new ids come from."""

    storage: Storage
    contexts: ScopedContexts
    clock: Clock
    pace: Pace = field(default_factory=Pace)
    new_id: NewId = field(default=random_id)
