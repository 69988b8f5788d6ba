"""What a word sounds like, and which letters it has: who writes by ear or fast mixes up these, not the rest."""

import re

_SPELLINGS = [
    (re.compile("tch|sch|sh|ssi(?=[aou])|c(?=[eiy])|z"), "s"),
    (re.compile("ph"), "f"),
    (re.compile("ck|ch|c|q"), "k"),
    (re.compile("th"), "t"),
    (re.compile("[wu](?=[aeiouy])"), ""),
    (re.compile("x"), "ks"),
    (re.compile("[aeiouyаеёиіїоуыэюяєй]+"), "a"),
    (re.compile("[ьъ]"), ""),
    (re.compile(r"(.)\1+"), r"\1"),
]
"""What is written for the same sound, in the order in which it is made alike; vowels are not told apart."""
LEAST = 3
"""A sound of fewer letters is shared by too many words."""


def sound_of(word: str) -> str:
    """A key that words that sound alike share ("truse" and "truce"); short words only share it with themselves."""
    sound = word
    for written, heard in _SPELLINGS:
        sound = written.sub(heard, sound)
    return sound if len(sound) > LEAST else word


def letters_of(word: str) -> str:
    """A key that words of the same letters in another order share, if they begin alike ("nota" and "nato")."""
    return word[0].upper() + "".join(sorted(word))
