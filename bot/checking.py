"""``parley check`` and ``parley outline``: the shipped data and the documents behind it."""

from collections.abc import Iterator, Sequence

from bot import terminal
from bot.settings import Settings
from knowledge.errors import Fault, FaultySeeds
from knowledge.locators import outline
from knowledge.seeding import load_seeds, locator_faults, read_texts


def check(settings: Settings) -> tuple[Sequence[Fault], str]:
    """Every fault of the shipped data, and a line that sums the check up."""
    try:
        seeds = load_seeds(settings.parley_seeds)
    except FaultySeeds as error:
        return error.faults, f"{len(error.faults)} faults in {settings.parley_seeds}."
    texts = read_texts(settings.documents, seeds.documents)
    faults = list(locator_faults(seeds, texts))
    checked = f"{len(seeds.entries)} entries and {len(seeds.documents)} documents checked"
    resolved = f"locators against {len(texts)} of {len(seeds.documents)} texts"
    return faults, f"{checked}, {resolved}: {len(faults) or 'no'} faults."


def outline_of(settings: Settings, document: str) -> Iterator[tuple[str, str]]:
    """Every sentence of a document with its locator.

    Raises:
        Stop: the text is not at hand.
    """
    texts = read_texts(settings.documents, load_seeds(settings.parley_seeds).documents)
    if document not in texts:
        known = ", ".join(sorted(texts)) or "none; name their folder in PARLEY_DOCUMENTS"
        raise terminal.Stop(f"The text of document {document} is not at hand. At hand: {known}.", terminal.USAGE)
    return outline(texts[document])
