"""What a question was understood to ask for."""

from dataclasses import dataclass
from enum import StrEnum

from knowledge.requests import Request

SURE = 75.0
"""From this score on an interpretation is no guess."""


class AnswerKind(StrEnum):
    """The kinds of answer that a question in any words can get."""

    STANCE = "stance"
    COMPARISON = "comparison"
    PARTY = "party"
    TOPIC = "topic"
    EVENTS = "events"
    OBSTACLES = "obstacles"
    PROPOSALS = "proposals"
    SUGGESTIONS = "suggestions"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Interpretation:
    """The request that a question means, or what is offered instead.

    ``parties`` and ``topics`` are slugs; ``score`` (0 to 100) is how sure the words were read; ``request`` is None for
    suggestions and none. ``suggestions`` are the runners-up of a guess, or what is offered in place of an answer;
    ``read_as`` are words that were read as others.
    """

    kind: AnswerKind
    parties: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    score: float = 0.0
    request: Request | None = None
    suggestions: tuple[Request, ...] = ()
    read_as: tuple[tuple[str, str], ...] = ()

    @property
    def is_guess(self) -> bool:
        """Whether the answer should be shown as a guess."""
        return self.request is not None and self.score < SURE
