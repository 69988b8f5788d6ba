"""Names inside longer text: the longest run of words that is a name wins, from left to right."""

from collections.abc import Iterator

from knowledge.matching.lexicon import Names


def runs(words: list[str], longest: int) -> Iterator[tuple[int, int]]:
    """Where runs of one to ``longest`` words begin and end, the longest first at each beginning."""
    for start in range(len(words)):
        for end in range(min(len(words), start + longest), start, -1):
            yield start, end


def find_phrases(text: str, names: Names) -> tuple[str, ...]:
    """What the names inside ``text`` (normalised) mean, each meaning once, in the order of the text."""
    words = text.split()
    found: dict[str, None] = {}
    position = 0
    for start, end in runs(words, names.longest):
        if start >= position and (slugs := names.meanings.get(" ".join(words[start:end]))):
            found.update(dict.fromkeys(slugs))
            position = end
    return tuple(found)
