"""What things are called in a server; all from memory."""

from dataclasses import dataclass

from knowledge.errors import Slot
from knowledge.matching.complete import complete
from knowledge.matching.resolve import EXACT
from knowledge.requests import Request, slots
from knowledge.service.context import Context


@dataclass(frozen=True, slots=True)
class Naming:
    """The names of a scope: the shipped ones, and what its server has added."""

    context: Context

    def complete(self, slot: Slot, typed: str) -> list[tuple[str, str]]:
        """At most 25 pairs of shown name and slug for what is being typed."""
        return complete(typed, self.context.lexicon.names(slot))

    def shown_name(self, slot: Slot, slug: str) -> str:
        """The name under which a slug is shown; what has no name stands for itself."""
        if slot in (Slot.ENTRY, Slot.REVISION, Slot.TARGET):
            return slug
        return self.context.lexicon.names(slot).shown[slug]

    def guesses(self, request: Request) -> list[tuple[str, str]]:
        """The words of a request that were taken to mean something only by likeness, each with that one's shown name.

        Raises:
            UnknownName, AmbiguousName: a word names nothing, or several things.
        """
        found = [(text, slot, self.context.resolve(text, slot)) for slot, text in slots(request)]
        return [(text, self.shown_name(slot, best.slug)) for text, slot, best in found if best.score < EXACT]

    def request_name(self, request: Request) -> str:
        """The shown names of what a request with slugs is about, as in "Russia · Territory"."""
        return " · ".join(self.shown_name(slot, slug) for slot, slug in slots(request))
