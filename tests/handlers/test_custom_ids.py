"""Requests in buttons: whole where they fit, cut where they do not, and never misread."""

from hypothesis import given
from hypothesis import strategies as st

from handlers.custom_ids import Target, Verb, decode, encode
from knowledge.matching.normalise import normalise
from knowledge.requests import ComparisonRequest, PositionRequest, TimelineRequest

SLUGS = st.from_regex(r"[a-z][a-z0-9-]{0,22}[a-z0-9]", fullmatch=True)


@given(SLUGS, SLUGS, SLUGS, st.sampled_from(Verb), st.integers(0, 99))
def test_slugs_of_any_length_come_back_whole(topic: str, first: str, second: str, verb: Verb, page: int) -> None:
    target = Target(ComparisonRequest(topic, first, second), verb, page)

    assert decode(encode(target)) == target


@given(st.text(max_size=300), st.text(max_size=300))
def test_any_words_fit_and_the_first_ones_are_kept(party: str, topic: str) -> None:
    custom_id = encode(Target(PositionRequest(party, topic)))
    found = decode(custom_id)

    assert len(custom_id) <= 100
    assert found is not None
    assert isinstance(found.request, PositionRequest)
    assert normalise(party).startswith(normalise(found.request.party))


def test_a_date_comes_back_as_it_was() -> None:
    target = Target(PositionRequest("russia", "nato", "said 2022-05"))

    assert decode(encode(target)) == target


@given(st.text(max_size=120))
def test_what_is_not_ours_is_no_target(text: str) -> None:
    assert decode(text) is None


def test_a_target_of_another_shape_is_no_target() -> None:
    good = encode(Target(TimelineRequest("russia", "")))

    assert good == "open:timeline:russia::0"
    assert decode("open:timeline:russia:0") is None
    assert decode("open:timeline:russia::x") is None
    assert decode("eat:timeline:russia::0") is None
