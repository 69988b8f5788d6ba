"""What the fake store holds."""

import json
from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any

from knowledge.briefing.model import Delivery, Subscription
from knowledge.model import Citation, Document, Gap, Revision, Scope
from knowledge.moderation.model import Change, Proposal, Record, Subject


@dataclass(frozen=True)
class End:
    """Where a trail ends, and up to where it has been told."""

    position: int
    link: str
    posted: int = 0


@dataclass
class Tables:
    """All that is stored; a unit of work changes a copy."""

    revisions: list[Revision] = field(default_factory=list)
    documents: dict[Scope, list[Document]] = field(default_factory=dict)
    excerpts: dict[Citation, str] = field(default_factory=dict)
    gaps: dict[tuple[Scope, str], Gap] = field(default_factory=dict)
    state: dict[str, str] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    chains: dict[Scope, End] = field(default_factory=dict)
    records: dict[tuple[Scope, Subject, str], Record] = field(default_factory=dict)
    proposals: dict[tuple[Scope, str], Proposal] = field(default_factory=dict)
    people: dict[tuple[Scope, int], str] = field(default_factory=dict)
    departures: dict[Scope, datetime] = field(default_factory=dict)
    subscriptions: dict[str, Subscription] = field(default_factory=dict)
    deliveries: dict[tuple[str, datetime], Delivery] = field(default_factory=dict)
    counter: int = 0

    def copy(self) -> "Tables":
        """The same content; its values are frozen, so they need no copy."""
        return Tables(**{each.name: copy(getattr(self, each.name)) for each in fields(self)})


def stored(content: Mapping[str, Any] | None) -> Any:
    """What a database gives back of a content: JSON, and no part of it shared with who gave it."""
    return json.loads(json.dumps(content))
