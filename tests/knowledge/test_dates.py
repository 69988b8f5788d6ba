"""Dates as precise as a source gives them."""

from datetime import date

import pytest
from hypothesis import given

from knowledge.dates import PartialDate, Precision
from knowledge.errors import DateNotUnderstood
from tests.knowledge.strategies import EXAMPLES, any_text, partial_dates


@pytest.mark.parametrize(
    ("text", "expected", "precision"),
    [
        ("2025", PartialDate(2025), Precision.YEAR),
        ("2025-06", PartialDate(2025, 6), Precision.MONTH),
        ("2025-06-02", PartialDate(2025, 6, 2), Precision.DAY),
        ("  2024-02-29\n", PartialDate(2024, 2, 29), Precision.DAY),
    ],
)
def test_a_date_is_read_as_precisely_as_it_is_written(text: str, expected: PartialDate, precision: Precision) -> None:
    assert PartialDate.parse(text) == expected
    assert expected.precision is precision


@pytest.mark.parametrize(
    "text",
    [
        *("", "25", "-2025", "20255", "0000", "2025-6", "2025-06-2", "2025/06/02", "02.06.2025", "June 2025"),
        *("2025-13", "2025-00", "2025-06-00", "2025-00-01", "2023-02-29", "2025-06-31"),
        *("2025-06-02T10:00", "2025-06-02 and more"),
    ],
)
def test_another_form_or_a_day_that_no_calendar_has_is_not_understood(text: str) -> None:
    with pytest.raises(DateNotUnderstood) as caught:
        PartialDate.parse(text)

    assert caught.value.text == text


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2023-02", date(2023, 2, 1), date(2023, 2, 28)),
        ("2024-12", date(2024, 12, 1), date(2024, 12, 31)),
        ("2024-07-09", date(2024, 7, 9), date(2024, 7, 9)),
    ],
)
def test_a_date_spans_every_day_that_it_can_mean(text: str, first: date, last: date) -> None:
    parsed = PartialDate.parse(text)

    assert (parsed.first_day, parsed.last_day) == (first, last)


def test_dates_sort_by_time_with_the_less_precise_one_first() -> None:
    written = ["2025-06-02", "2025", "2024-12-31", "2025-06"]

    assert [str(each) for each in sorted(map(PartialDate.parse, written))] == [
        "2024-12-31",
        "2025",
        "2025-06",
        "2025-06-02",
    ]


@EXAMPLES
@given(partial_dates())
def test_every_date_is_read_back_from_its_text(each: PartialDate) -> None:
    assert PartialDate.parse(str(each)) == each
    assert each.first_day <= each.last_day


@EXAMPLES
@given(any_text)
def test_any_text_is_a_date_or_not_understood(text: str) -> None:
    try:
        parsed = PartialDate.parse(text)
    except DateNotUnderstood:
        return
    assert PartialDate.parse(str(parsed)) == parsed
