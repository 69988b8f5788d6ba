"""The two time axes."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.as_of import AsOf, Axis
from knowledge.dates import PartialDate
from knowledge.errors import DateNotUnderstood
from knowledge.model import Entry
from tests.knowledge.samples import stance
from tests.knowledge.strategies import EXAMPLES, entries, partial_dates


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-11-22", AsOf(Axis.RECORDED, PartialDate(2026, 11, 22))),
        ("recorded 2026-11", AsOf(Axis.RECORDED, PartialDate(2026, 11))),
        (" Said  2022 ", AsOf(Axis.SAID, PartialDate(2022))),
    ],
)
def test_a_bare_date_is_on_the_axis_of_recording(text: str, expected: AsOf) -> None:
    assert AsOf.parse(text) == expected


@pytest.mark.parametrize("text", ["", "   "])
def test_nothing_typed_asks_for_now(text: str) -> None:
    assert AsOf.parse(text) is None


@pytest.mark.parametrize("text", ["yesterday", "said", "said 2022-13", "2022-02-30", "heard 2022", "said2022", "22"])
def test_another_form_is_not_understood(text: str) -> None:
    with pytest.raises(DateNotUnderstood):
        AsOf.parse(text)


@EXAMPLES
@given(st.builds(AsOf, st.sampled_from(Axis), partial_dates()))
def test_it_is_read_back_from_its_text(as_of: AsOf) -> None:
    assert AsOf.parse(str(as_of)) == as_of


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026", datetime(2026, 12, 31, 23, 59, 59, 999999, tzinfo=UTC)),
        ("2024-02", datetime(2024, 2, 29, 23, 59, 59, 999999, tzinfo=UTC)),
        ("recorded 2026-11-22", datetime(2026, 11, 22, 23, 59, 59, 999999, tzinfo=UTC)),
        ("said 2026", None),
    ],
)
def test_what_was_recorded_counts_to_the_end_of_the_period_in_utc(text: str, moment: datetime | None) -> None:
    as_of = AsOf.parse(text)

    assert as_of is not None
    assert as_of.recorded_by == moment


@pytest.mark.parametrize(
    ("fields", "asked", "counts"),
    [
        ({"stated_on": PartialDate(2022)}, "said 2021", False),
        ({"stated_on": PartialDate(2022)}, "said 2022", True),
        ({"stated_on": PartialDate(2022, 3)}, "said 2022-02", False),
        ({"stated_on": PartialDate(2022, 3, 9)}, "said 2022-03", True),
        ({"valid_from": PartialDate(2014)}, "said 2022", True),
        ({"stated_on": PartialDate(2022), "valid_from": PartialDate(2014)}, "said 2015", False),
        ({"valid_from": PartialDate(2014), "valid_to": PartialDate(2019)}, "said 2020", False),
        ({"valid_from": PartialDate(2014), "valid_to": PartialDate(2019)}, "said 2019-12-31", True),
        ({}, "said 2022", False),
        ({}, "recorded 2022", True),
    ],
)
def test_a_claim_counts_from_when_it_was_said_until_it_ended(fields: dict[str, Any], asked: str, counts: bool) -> None:
    as_of = AsOf.parse(asked)

    assert as_of is not None
    assert as_of.admits(stance("a", **fields)) is counts


@EXAMPLES
@given(entries, partial_dates())
def test_on_the_axis_of_recording_every_claim_is_left_to_the_record(entry: Entry, date: PartialDate) -> None:
    assert AsOf(Axis.RECORDED, date).admits(entry)
