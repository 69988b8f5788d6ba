"""What a word or phrase can mean in a question."""

from dataclasses import dataclass
from enum import Enum


class Role(Enum):
    """The part that a phrase plays in a question."""

    PARTY = "party"
    TOPIC = "topic"
    INTENT = "intent"
    FILLER = "filler"
    """Function words and small talk."""
    NEUTRAL = "neutral"
    """Belongs to the subject, or to questions in general, and decides nothing."""
    FOREIGN = "foreign"
    """Belongs to another subject."""
    COMPARE = "compare"
    JOIN = "join"
    OBJECT_BEFORE = "object_before"
    """Stands before a party that is talked about."""
    SUBJECT_BEFORE = "subject_before"
    """Stands before the party that is asked about."""
    SUBJECT_AFTER = "subject_after"
    """Stands after the party that is asked about."""
    WHO = "who"
    """Asks who does something: a party beside it is the one it is done to."""
    SLIP = "slip"
    """Is often written for another word, which stands in place of a slug."""


EVIDENCE = frozenset({Role.PARTY, Role.TOPIC, Role.INTENT})
STRONG = 3.0
"""The weight of a name or an alias."""
WEAK = 1.0
"""The weight of a hint."""
TOGETHER = 4.0
"""The weight of words that mean something together: more than a name, for they tell what is asked about it."""


@dataclass(frozen=True, slots=True)
class Sense:
    """One meaning: its role, the slug or intent it stands for (if any), and how much it weighs."""

    role: Role
    slug: str = ""
    weight: float = 0.0
