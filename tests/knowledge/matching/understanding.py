"""The small world's words, and what is made of a text with them."""

from collections.abc import Iterable
from copy import copy

from knowledge.matching.deciding import Decision, decide
from knowledge.matching.phrasebook import Phrasebook, build_phrasebook
from knowledge.matching.phrasing import Phrase
from knowledge.matching.reading import Reading, read
from knowledge.matching.scanning import Scan, scan
from knowledge.matching.senses import Role
from knowledge.matching.spelling import Speller
from knowledge.taxonomy import Taxonomy
from tests.knowledge.samples import TAXONOMY


class Understanding:
    """A phrasebook and a speller of a taxonomy, and every step from a text to a decision."""

    def __init__(self, taxonomy: Taxonomy = TAXONOMY) -> None:
        self.book: Phrasebook = build_phrasebook(taxonomy)
        self.speller = Speller(self.book.words)
        self._about = {topic.slug: topic.about for topic in taxonomy.topics if topic.about}

    def with_phrases(self, phrases: Iterable[Phrase]) -> "Understanding":
        """The same with phrases laid over it."""
        other = copy(self)
        other.book = self.book.with_phrases(phrases)
        other.speller = Speller(other.book.words, self.speller)
        return other

    def scan(self, text: str) -> Scan:
        """The spans of a text."""
        return scan(text, self.book, self.speller)

    def read(self, text: str) -> Reading:
        """What a text names."""
        return read(self.scan(text))

    def decide(self, text: str) -> Decision:
        """What a text asks for."""
        return decide(self.read(text), self._about)

    def named(self, text: str, role: Role) -> list[str]:
        """The slugs that a text names in a role, in its order."""
        return [sense.slug for span in self.scan(text).spans for sense in span.senses if sense.role is role]

    def topics(self, text: str) -> list[str]:
        """The topics that a text names."""
        return self.named(text, Role.TOPIC)

    def parties(self, text: str) -> list[str]:
        """The parties that a text names."""
        return self.named(text, Role.PARTY)


SMALL = Understanding()
