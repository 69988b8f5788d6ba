"""Which words sound alike or have the same letters."""

import pytest

from knowledge.matching.sounds import letters_of, sound_of


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("truse", "truce"),
        ("sease", "cease"),
        ("rusha", "russia"),
        ("kremlen", "kremlin"),
        ("garuntees", "guarantees"),
        ("crymes", "crimes"),
        ("денацыфикация", "денацификация"),
    ],
)
def test_words_that_sound_alike_share_a_sound(written: str, meant: str) -> None:
    assert sound_of(written) == sound_of(meant)


@pytest.mark.parametrize(("one", "other"), [("trump", "truce"), ("kyiv", "kiel"), ("eu", "ue"), ("us", "uk")])
def test_other_words_do_not(one: str, other: str) -> None:
    assert sound_of(one) != sound_of(other)


def test_letters_in_another_order_are_told_if_the_word_begins_alike() -> None:
    assert letters_of("nota") == letters_of("nato")
    assert letters_of("forgein") == letters_of("foreign")
    assert letters_of("stale") != letters_of("least")
