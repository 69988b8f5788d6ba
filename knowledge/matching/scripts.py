"""Which script a word is written in."""


def is_cyrillic(word: str) -> bool:
    """Whether the first letter of a normalised word is Cyrillic."""
    first = word[:1]
    if not first.isalpha():  # seldom; and this is asked of every word in every language
        first = next((char for char in word if char.isalpha()), "")
    return "\u0400" <= first <= "\u04ff"
