"""Text as it is compared: without case, accents, marks, invisible characters and punctuation."""

import re
import unicodedata

_JOINERS = re.compile(r"(?<=\w)['’`.](?=\w)")
_GAPS = re.compile(r"[\W_]+")
_LIKE = str.maketrans({"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ʼ": "'"})
"""Characters that no Unicode form makes alike; the last counts as a letter there."""


def normalise(text: str) -> str:
    """``text`` as words of letters and digits, one space between them.

    Case, accents and invisible characters (zero-width, direction marks) fall away; apostrophes and full stops inside a
    word join ("U.S." is "us", "Rusya'nın" is "rusyanin"); all else between words is a gap. Idempotent.
    """
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    kept = "".join(char for char in folded if unicodedata.category(char) not in {"Mn", "Cf"})
    return _GAPS.sub(" ", _JOINERS.sub("", kept.translate(_LIKE))).strip()
