"""Text that people typed, made fit to keep: what cannot be seen is taken out, what can is left as it was written."""

import unicodedata
from dataclasses import dataclass

import regex

from knowledge.errors import ParleyError

FAR_TOO_LONG = 20
"""A text of more than so many times its limit is refused before it is looked at."""
UNITS_EACH = 2
"""The most UTF-16 code units (as Discord's clients count) for each character of a limit, on the average of a text."""

_SPACE = r"\s\u2800"  # a blank pattern of Braille is a space to whoever sees it
_KEPT = r"\u200c\u200d\p{Variation_Selector}\U000e0020-\U000e007f"  # decided by what stands around them, below
_INVISIBLE = regex.compile(
    rf"(?V1)[[\p{{Cc}}\p{{Cf}}\p{{Cs}}\p{{Co}}\p{{DI}}\p{{NChar}}]--[\p{{PCM}}{_SPACE}{_KEPT}]]+",
)
_VIRAMA = r"\p{ccc=9}"
_JOINING = r"[\p{jt=D}\p{jt=L}\p{jt=R}]"
_IN_PLACE = (
    # emoji that are one picture: a family, a flag of a region, and the form of a sign that is also a letter
    r"(?<=\p{Extended_Pictographic}[\ufe0f\p{EMod}]?)\u200d(?=\p{Extended_Pictographic})"
    r"|(?<=\U0001f3f4)[\U000e0030-\U000e0039\U000e0061-\U000e007a]{3,6}\U000e007f"
    r"|(?<=\p{Emoji})[\ufe0e\ufe0f]"
    # the joiners of Indic scripts shape a conjunct, those of Arabic, Syriac and Mongolian part a word (RFC 5892, A)
    rf"|(?<={_VIRAMA})[\u200c\u200d](?=\p{{L}})|(?<=\p{{L}})\u200d(?={_VIRAMA})"
    rf"|(?<={_JOINING}\p{{jt=T}}{{0,3}})[\u200c\u200d](?={_JOINING})"
    # variants of a Han or a Mongolian letter; one each, since a row of selectors can hide any bytes
    r"|(?<=\p{Han})[\ufe00-\ufe02\U000e0100-\U000e01ef]|(?<=\p{Mongolian})[\u180b-\u180d\u180f]"
)
_OUT_OF_PLACE = regex.compile(rf"({_IN_PLACE})|[{_KEPT}]")
# Three marks that fit any script are enough for phonetics and polytonic Greek; scripts with marks of their own use up
# to six on one letter (Burmese, Hebrew, Tibetan). More is a tower over the lines above.
_PILE = regex.compile(r"(?V1)([\p{Mn}\p{Me}\u200c\u200d]{6})[\p{Mn}\p{Me}\u200c\u200d]+")
_FOREIGN_PILE = regex.compile(r"(?V1)([[\p{Mn}\p{Me}]&&\p{sc=Zinh}]{3})[[\p{Mn}\p{Me}]&&\p{sc=Zinh}]+")
_NEW_LINE = regex.compile(r"\r\n|[\n\r\v\f\x85\u2028\u2029]")


@dataclass(eq=False)
class TextTooLong(ParleyError):
    """``length`` is more than ``limit``: in characters, or in code units (``UNITS_EACH`` to one) if those are many."""

    length: int
    limit: int


@dataclass(eq=False)
class TextEmpty(ParleyError):
    """Nothing that can be seen."""


def clean(text: str, *, limit: int, single_line: bool = True) -> str:
    """``text`` as it is kept: visible characters only, composed (NFC), with single spaces, on one line if so wanted.

    ``limit`` is in characters as a reader counts them (grapheme clusters). What is kept has, besides, at most
    ``UNITS_EACH`` code units of UTF-16 for each, so that no character can be made of a thousand.

    Raises:
        TextTooLong, TextEmpty: what remains is too long, or nothing remains.
    """
    if len(text) > limit * FAR_TOO_LONG:
        raise TextTooLong(len(text), limit)
    # NFC can make three marks of one, so they are counted after it; and takes quadratic time for many, so before it too
    composed = visible(unicodedata.normalize("NFC", visible(text)))
    tidy = _spaced(unicodedata.normalize("NFC", composed), single_line)
    if not tidy:
        raise TextEmpty
    _measure(tidy, limit)
    return tidy


def visible(text: str) -> str:
    """``text`` without characters that show nothing or turn others around, and without towers of marks.

    Joiners and selectors stay where they make a picture or a letter of their neighbours. White space stays as it is.
    Takes linear time.
    """
    seen = _FOREIGN_PILE.sub(r"\1", _INVISIBLE.sub("", text))
    return str(_OUT_OF_PLACE.sub(r"\1", _PILE.sub(r"\1", _OUT_OF_PLACE.sub(r"\1", seen))))


def characters(text: str) -> list[str]:
    """The characters of a text as a reader counts them: a flag, a family or a letter with its marks is one."""
    found: list[str] = regex.findall(r"\X", text)
    return found


def _spaced(text: str, single_line: bool) -> str:
    lines = [_in_words(line) for line in _NEW_LINE.split(text)]
    if single_line:
        return _in_words(" ".join(lines))
    return str(regex.sub(r"\n{3,}", "\n\n", "\n".join(lines))).strip("\n")


def _in_words(line: str) -> str:
    """With single spaces, and without marks at the beginning: they would settle on what is shown before the text."""
    return str(regex.sub(rf"[{_SPACE}]+", " ", regex.sub(rf"^[{_SPACE}\p{{M}}\u200c\u200d]+", "", line))).strip()


def _measure(text: str, limit: int) -> None:
    length, units = len(characters(text)), len(text.encode("utf-16-le")) // 2
    if length > limit:
        raise TextTooLong(length, limit)
    if units > limit * UNITS_EACH:
        raise TextTooLong(units, limit * UNITS_EACH)
