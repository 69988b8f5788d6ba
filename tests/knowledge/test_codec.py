"""Entries and documents as plain data and back."""

import json

import pytest
from hypothesis import given

from knowledge.codec import document_from_dict, document_to_dict, entry_from_dict, entry_to_dict
from knowledge.dates import PartialDate
from knowledge.errors import DateNotUnderstood
from knowledge.model import Attribution, Citation, Document, Entry, Kind, Rank, Status
from tests.knowledge.samples import stance
from tests.knowledge.strategies import EXAMPLES, entries

URL = "https://x.example/a"
LEAST = {"id": "ev-1", "kind": "event", "claim": "It rained.", "citations": [{"document": "000", "locator": "item 1"}]}


@EXAMPLES
@given(entries)
def test_every_entry_comes_back_from_json_as_it_was(entry: Entry) -> None:
    assert entry_from_dict(json.loads(json.dumps(entry_to_dict(entry)))) == entry


def test_dates_are_text_with_their_precision_and_what_is_unknown_is_none() -> None:
    data = entry_to_dict(stance("a", stated_on=PartialDate(2026, 11)))

    assert (data["stated_on"], data["precision"]) == ("2026-11", "month")
    assert (data["valid_from"], data["speaker"], data["order"]) == (None, None, None)
    assert data["citations"] == [{"document": "000", "locator": "paragraph 1"}]


def test_missing_keys_get_their_default() -> None:
    entry = entry_from_dict(LEAST)

    assert entry == Entry("ev-1", Kind.EVENT, "It rained.", (Citation("000", "item 1"),))
    assert (entry.rank, entry.attribution, entry.status) == (Rank.NORMAL, Attribution.OWN, Status.ACTIVE)


@pytest.mark.parametrize("key", ["id", "kind", "claim", "citations"])
def test_data_without_what_every_entry_has_is_refused(key: str) -> None:
    with pytest.raises(KeyError):
        entry_from_dict({name: value for name, value in LEAST.items() if name != key})


@pytest.mark.parametrize(
    ("key", "value"), [("kind", "rumour"), ("act", "threat"), ("rank", "best"), ("status", "gone")]
)
def test_a_value_that_is_not_known_is_refused(key: str, value: str) -> None:
    with pytest.raises(ValueError, match=value):
        entry_from_dict({**LEAST, key: value})


def test_a_date_that_is_none_is_refused() -> None:
    with pytest.raises(DateNotUnderstood):
        entry_from_dict({**LEAST, "stated_on": "last week"})


def test_a_document_comes_back_from_json_as_it_was() -> None:
    full = Document("s-1", "A note", "1" * 64, "n.txt", "Нота", "M. Fell", "Press", PartialDate(2026, 5), "Short.", URL)

    assert document_from_dict(json.loads(json.dumps(document_to_dict(full)))) == full
    assert document_from_dict({"id": "000", "label": "A note", "sha256": ""}) == Document("000", "A note", "")
    assert document_to_dict(full)["published_on"] == "2026-05"
