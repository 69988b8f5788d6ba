"""All phrases of all languages, by their stems, with what each can mean."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from knowledge.matching.index import Index, Layered, V
from knowledge.matching.normalise import normalise
from knowledge.matching.packed import Packed
from knowledge.matching.phrasing import Phrase, phrases_of
from knowledge.matching.scripts import is_cyrillic
from knowledge.matching.senses import STRONG, Role, Sense
from knowledge.matching.starts import Starts
from knowledge.matching.stems import Stem, make_stems, speaks
from knowledge.matching.together import Combinations, build_combinations
from knowledge.taxonomy import Taxonomy

DEFAULT = "en"
USE = 0.001
"""What each use of a word in a phrase adds to its weight, so little that it decides between equals only."""
OTHER_SCRIPT = {False: DEFAULT, True: "ru"}
"""Where a phrase goes, by whether it is Cyrillic, that is of no language, of one without stems or not in its script:
transliterations are typed among Latin words."""

Senses = tuple[Sense, ...]


@dataclass(frozen=True, slots=True)
class Phrasebook:
    """Phrases by language; the words are stems, joined by spaces. It never changes: ``with_phrases`` makes another."""

    stems: Mapping[str, Stem]
    phrases: Mapping[str, Index[Senses]]
    starts: Mapping[str, Starts]
    """The most words of a phrase that begins with a word."""
    exact: Index[Senses]
    """Names as they are written, in all languages."""
    words: Mapping[str, Index[float]]
    """Every word of every phrase of a language as it is written, with the greatest share it has in the weight of a
    phrase, and a little more for each use: of two words that were equally likely meant, the one that tells more was."""
    together: Mapping[str, Combinations] = field(default_factory=dict)
    """Words that mean something together, by language."""

    def with_phrases(self, phrases: Iterable[Phrase]) -> "Phrasebook":
        """This phrasebook with a few phrases laid over it; what that costs does not depend on how much it holds."""
        draft = _Draft(self)
        for phrase in phrases:
            draft.add(*phrase)
        starts = {language: Starts(new, self.starts[language]) for language, new in draft.starts.items()}
        return Phrasebook(
            stems=self.stems,
            phrases=_layered(draft.phrases, self.phrases),
            starts={**self.starts, **starts},
            exact=Layered(draft.exact, self.exact),
            words=_layered(draft.words, self.words),
            together=self.together,
        )

    def senses(self, text: str) -> set[Sense]:
        """All that ``text`` can mean as a whole, in any language and inflection."""
        words = normalise(text).split()
        languages = [language for language in self.stems if words and speaks(language, words[0])]
        stemmed = ((language, " ".join(map(self.stems[language], words))) for language in languages)
        return {sense for language, stems in stemmed for sense in self.phrases[language].get(stems, ())}


def build_phrasebook(taxonomy: Taxonomy) -> Phrasebook:
    """The phrases of a taxonomy."""
    endings = {wording.language: wording.endings for wording in taxonomy.wordings}
    draft = _Draft(_empty(make_stems(endings)))
    for phrase in phrases_of(taxonomy, {topic.slug for topic in taxonomy.topics}):
        draft.add(*phrase)
    stems = make_stems(endings)  # stems remember words: new ones do not keep all that were just read
    combinations = build_combinations(taxonomy.wordings, make_stems(endings))
    together = {language: replace(each, stem=stems[language]) for language, each in combinations.items()}
    return replace(_packed(stems, draft), together=together)


class _Draft:
    """What phrases that are being added change in a phrasebook."""

    def __init__(self, below: Phrasebook) -> None:
        self._below = below
        self.phrases: dict[str, dict[str, Senses]] = defaultdict(dict)
        self.starts: dict[str, dict[str, int]] = defaultdict(dict)
        self.exact: dict[str, Senses] = {}
        self.words: dict[str, dict[str, float]] = defaultdict(dict)
        self._same: dict[Senses, Senses] = {}
        """Equal senses are kept once."""

    def add(self, language: str | None, text: str, sense: Sense) -> None:
        """Adds a phrase; one without a letter is none."""
        words = normalise(text).split()
        if not words:
            return
        if language is None or language not in self._below.stems or not speaks(language, words[0]):
            language = OTHER_SCRIPT[is_cyrillic(words[0])]
        self._add_stems(language, [self._below.stems[language](word) for word in words], sense)
        if sense.weight >= STRONG:
            self._add_sense(self.exact, self._below.exact, " ".join(words), sense)
        for word in words if sense.role is not Role.SLIP else ():  # nobody means these
            self._add_word(language, word, sense.weight // len(words))

    def _add_stems(self, language: str, stems: list[str], sense: Sense) -> None:
        self._add_sense(self.phrases[language], self._below.phrases[language], " ".join(stems), sense)
        most = self.starts[language].get(stems[0], 0)
        self.starts[language][stems[0]] = max(len(stems), most)

    def _add_sense(self, new: dict[str, Senses], below: Index[Senses], name: str, sense: Sense) -> None:
        known = new[name] if name in new else below.get(name, ())
        senses = known if sense in known else (*known, sense)
        new[name] = self._same.setdefault(senses, senses)

    def _add_word(self, language: str, word: str, share: float) -> None:
        new, below = self.words[language], self._below.words[language]
        before = new[word] if word in new else below.get(word, 0.0)
        new[word] = max(share, int(before)) + min(0.9, before % 1 + USE)


def _empty(stems: Mapping[str, Stem]) -> Phrasebook:
    senses, words = Packed[Senses]({}), Packed[float]({})
    return Phrasebook(
        stems, dict.fromkeys(stems, senses), dict.fromkeys(stems, Starts({})), senses, dict.fromkeys(stems, words)
    )


def _packed(stems: Mapping[str, Stem], draft: _Draft) -> Phrasebook:
    return Phrasebook(
        stems=stems,
        phrases={language: Packed(draft.phrases[language]) for language in stems},
        starts={language: Starts(draft.starts[language]) for language in stems},
        exact=Packed(draft.exact),
        words={language: Packed(draft.words[language]) for language in stems},
    )


def _layered(new: Mapping[str, Mapping[str, V]], below: Mapping[str, Index[V]]) -> Mapping[str, Index[V]]:
    return {**below, **{language: Layered(each, below[language]) for language, each in new.items()}}
