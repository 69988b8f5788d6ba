"""Text as it is compared: without case, accents, marks, invisible characters and punctuation."""

import re
import unicodedata

_JOINERS = re.compile(r"(?<=\w)['’`.](?=\w)")
_GAPS = re.compile(r"[\W_]+")
_LIKE = str.maketrans({"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ʼ": "'"})
"""Characters that no Unicode form makes alike; the last counts as a letter there."""
_MARK_OF_LETTER = re.compile("(?<=[иі])[\u0306\u0308]")
"""Cyrillic й and ї are letters of their own: endings tell words apart by them."""
_KEPT = {"\u0306": "\ue000", "\u0308": "\ue001"}
_LATIN = "aopcxyiekmthsjb"
_CYRILLIC = "аорсхуіекмтнѕјв"
TO_LATIN = str.maketrans(_CYRILLIC, _LATIN)
TO_CYRILLIC = str.maketrans(_LATIN, _CYRILLIC)
"""Letters that look alike, small or capital."""
_HAS_LATIN = re.compile(r"[a-z]")
_HAS_CYRILLIC = re.compile(r"[а-яёіїєґѕј]")


def normalise(text: str) -> str:
    """``text`` as words of letters and digits, one space between them.

    Case, accents and invisible characters (zero-width, direction marks) fall away; apostrophes and full stops inside a
    word join ("U.S." is "us", "Rusya'nın" is "rusyanin"); all else between words is a gap; a word that mixes Latin with
    look-alike Cyrillic letters is read in one script. Idempotent.
    """
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    folded = _MARK_OF_LETTER.sub(lambda mark: _KEPT[mark.group()], folded)
    kept = "".join(char for char in folded if unicodedata.category(char) not in {"Mn", "Cf"})
    kept = unicodedata.normalize("NFC", kept.replace("\ue000", "\u0306").replace("\ue001", "\u0308"))
    words = _GAPS.sub(" ", _JOINERS.sub("", kept.translate(_LIKE))).strip()
    return words if words.isascii() else " ".join(map(_one_script, words.split()))


def _one_script(word: str) -> str:
    """A word of two scripts in the one that most of its telling letters belong to."""
    latin, cyrillic = len(_HAS_LATIN.findall(word)), len(_HAS_CYRILLIC.findall(word))
    if not (latin and cyrillic):
        return word
    ways = [(word.translate(TO_LATIN), _HAS_CYRILLIC), (word.translate(TO_CYRILLIC), _HAS_LATIN)]
    for changed, other in ways if latin >= cyrillic else reversed(ways):
        if not other.search(changed):
            return changed
    return word
