"""What a server calls things, as its records hold it and as matching needs it."""

from knowledge.errors import Slot
from knowledge.matching.additions import Additions, Alias
from knowledge.model import Scope
from knowledge.moderation.model import Subject
from knowledge.ports import Storage
from knowledge.taxonomy import Party, Topic


async def load_additions(storage: Storage, scope: Scope) -> Additions:
    """All that a server adds to the names that ship."""
    async with storage.reading() as work:
        found = await work.records.all(scope)
    of = {subject: [each.content for each in found if each.subject is subject] for subject in Subject}
    return Additions(
        parties=tuple(Party(each["slug"], each["name"], each["about"]) for each in of[Subject.PARTY]),
        topics=tuple(Topic(each["slug"], each["name"], each["about"]) for each in of[Subject.TOPIC]),
        aliases=tuple(_alias(each["word"], each["target"]) for each in of[Subject.ALIAS]),
    )


def _alias(word: str, target: str) -> Alias:
    slot, _, slug = target.partition("/")
    return Alias(word, Slot.TOPIC if slot == Slot.TOPIC else Slot.PARTY, slug)
