"""Many names in little memory, and a few laid over them: they must say what a dict of them says."""

import tracemalloc
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.matching.index import Index, Layered, Over
from knowledge.matching.neighbours import NOBODY, Neighbours
from knowledge.matching.normalise import normalise
from knowledge.matching.packed import Packed
from knowledge.matching.sounds import letters_of, sound_of
from knowledge.matching.starts import Starts
from tests.knowledge.strategies import EXAMPLES

names = st.text(max_size=12).map(normalise).filter(bool) | st.sampled_from(["a", "a b", "ab", "b a", "дамба", "x" * 50])
entries = st.dictionaries(names, st.integers(0, 5), max_size=20)
MANY = {f"name{number} of{number % 7}": number % 9 for number in range(70_000)}


@EXAMPLES
@given(entries, entries, st.lists(names | st.just("\ud800")))
def test_an_index_says_what_a_dict_says(below: dict[str, int], above: dict[str, int], asked: list[str]) -> None:
    for index, plain in ((Packed(below), below), (Layered(above, Packed(below)), below | above)):
        _same(index, plain, [*asked, *plain])


def _same(index: Index[int], plain: Mapping[str, int], asked: list[str]) -> None:
    assert dict(index) == plain
    assert len(index) == len(plain)
    for text in asked:
        assert (index.get(text), index.get(text, -1)) == (plain.get(text), plain.get(text, -1))
        assert (text in index) == (text in plain)
        part = text[: len(text) // 2]
        assert sorted(index.beginning(part)) == sorted(name for name in plain if name.startswith(part))
        assert sorted(index.containing(part)) == sorted(name for name in plain if part in name)


def test_what_is_no_name_has_no_meaning() -> None:
    with pytest.raises(KeyError):
        Packed({"dam": 1})["weir"]
    assert None not in Packed({"dam": 1}).values()


def test_more_names_than_two_bytes_count_are_found_too() -> None:
    packed = Packed(MANY)

    assert all(packed[name] == number for name, number in MANY.items())
    assert packed.name(0) == min(MANY)


@EXAMPLES
@given(entries, entries)
def test_entries_over_others_come_after_them(below: dict[str, int], above: dict[str, int]) -> None:
    new = {key: value for key, value in above.items() if key not in below}
    over = Over(new, below)

    assert list(over) == [*below, *new]
    assert (dict(over), len(over)) == (below | new, len(below | new))
    assert all(key in over for key in above)


@EXAMPLES
@given(entries, entries)
def test_the_start_of_a_phrase_is_never_missed(below: dict[str, int], above: dict[str, int]) -> None:
    starts = Starts(above, Starts(below))

    assert all(starts.get(word) >= count for words in (below, above) for word, count in words.items())


def test_words_that_start_nothing_are_mostly_known_to() -> None:
    starts = Starts(dict.fromkeys(MANY, 1))
    others = [f"other{number}" for number in range(1_000)]

    assert sum(starts.get(word) for word in others) < 300


@EXAMPLES
@given(entries, entries, names, st.integers(0, 3))
def test_near_words_share_a_letter(below: dict[str, int], above: dict[str, int], word: str, limit: int) -> None:
    lower, upper = ({name: 1.0 for name in each if " " not in name} for each in (below, above))
    found = set(Neighbours(Packed(upper), Neighbours(Packed(lower))).near(word, limit))

    assert found == {
        name for name in {*lower, *upper} if 4 <= len(name) <= 40 and (name[0] == word[0] or name[-1] == word[-1])
    }


@pytest.mark.parametrize("length", [3, 4, 7, 30, 40, 43])
def test_of_many_words_only_those_of_nearly_the_length_are_near(length: int) -> None:
    many = {"b" + "a" * count + letter: 1.0 for count in range(1, 45) for letter in "xyz"}
    found = Neighbours(Packed(many)).near("b" + "o" * (length - 1), 2)

    assert set(found) == {name for name in many if 4 <= len(name) <= 40 and abs(len(name) - length) <= 2}


def test_words_are_found_by_their_sound_and_by_their_letters_if_they_tell_something() -> None:
    neighbours = Neighbours(Packed({"truce": 3.0, "truse": 0.0, "nato": 1.0}))

    assert neighbours.alike(letters_of("naot")) == neighbours.alike(sound_of("nato")) == ["nato"]
    assert "truse" not in neighbours.alike(sound_of("truce"))
    assert NOBODY.near("nato", 2) == NOBODY.alike("nato") == NOBODY.beginning("n") == []


def test_a_name_takes_little_more_memory_than_its_letters() -> None:
    letters = sum(map(len, MANY))
    tracemalloc.start()
    packed = Packed(MANY)
    taken, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert len(packed) == len(MANY)
    assert taken < letters + 24 * len(MANY)
