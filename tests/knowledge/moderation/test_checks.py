"""An entry that somebody typed is held against the codebook, and everything that is wrong is told."""

from dataclasses import replace

import pytest

from knowledge.dates import PartialDate
from knowledge.model import Act, Citation, Entry, Kind, Rank, Status
from knowledge.moderation.checks import FieldFault, Known, Why, check_entry, tidied

KNOWN = Known(frozenset({"uplands", "lowlands"}), frozenset({"water"}), frozenset({"000"}))
SOUND = Entry(
    "up-1", Kind.STANCE, "Uplands demands water.", (Citation("000", "item 1"),), "uplands", "water", act=Act.DEMAND
)


def test_a_sound_entry_has_no_fault_and_may_be_without_an_id() -> None:
    assert check_entry(SOUND, KNOWN) == []
    assert check_entry(replace(SOUND, id=""), KNOWN) == []


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        (replace(SOUND, id="Up 1"), FieldFault("id", Why.NOT_A_SLUG, "Up 1")),
        (replace(SOUND, party=None), FieldFault("party", Why.REQUIRED)),
        (replace(SOUND, party="moon"), FieldFault("party", Why.NOT_KNOWN, "moon")),
        (replace(SOUND, topic="cheese"), FieldFault("topic", Why.NOT_KNOWN, "cheese")),
        (replace(SOUND, involved=("moon",)), FieldFault("involved", Why.NOT_KNOWN, "moon")),
        (replace(SOUND, involved=("uplands", "uplands")), FieldFault("involved", Why.REPEATED)),
        (replace(SOUND, act=None), FieldFault("act", Why.REQUIRED)),
        (replace(SOUND, kind=Kind.EVENT), FieldFault("act", Why.NOT_FOR_KIND, "demand")),
        (
            replace(SOUND, kind=Kind.ROLE, act=None, rank=Rank.PREFERRED),
            FieldFault("rank", Why.NOT_FOR_KIND, "preferred"),
        ),
        (replace(SOUND, order=3), FieldFault("order", Why.NOT_FOR_KIND, "3")),
        (replace(SOUND, kind=Kind.EVENT, act=None, order=10**7), FieldFault("order", Why.NOT_A_NUMBER, "10000000")),
        (replace(SOUND, claim="x" * 281), FieldFault("claim", Why.TOO_LONG, "281/280")),
        (replace(SOUND, claim="\u200b"), FieldFault("claim", Why.REQUIRED)),
        (replace(SOUND, speaker="x" * 101), FieldFault("speaker", Why.TOO_LONG, "101/100")),
        (replace(SOUND, when="x" * 81), FieldFault("when", Why.TOO_LONG, "81/80")),
        (replace(SOUND, citations=()), FieldFault("citations", Why.REQUIRED)),
        (replace(SOUND, citations=(Citation("009", "item 1"),)), FieldFault("citations", Why.NOT_KNOWN, "009")),
        (replace(SOUND, citations=(Citation("000", ""),)), FieldFault("citations", Why.REQUIRED)),
        (replace(SOUND, citations=(Citation("000", "item 1"),) * 21), FieldFault("citations", Why.TOO_MANY, "21/20")),
        (replace(SOUND, reason="Old."), FieldFault("reason", Why.NOT_WHILE_ACTIVE, "Old.")),
        (replace(SOUND, status=Status.RETRACTED), FieldFault("reason", Why.REQUIRED, "retracted")),
        (
            replace(SOUND, valid_from=PartialDate(2025, 6), valid_to=PartialDate(2024)),
            FieldFault("valid_to", Why.ENDS_BEFORE, "2024"),
        ),
    ],
)
def test_each_rule_has_its_fault(entry: Entry, fault: FieldFault) -> None:
    assert check_entry(entry, KNOWN) == [fault]


def test_a_year_may_end_in_the_year_in_which_it_began() -> None:
    assert check_entry(replace(SOUND, valid_from=PartialDate(2025, 6), valid_to=PartialDate(2025)), KNOWN) == []


def test_all_faults_are_told_at_once() -> None:
    faults = check_entry(replace(SOUND, party="moon", claim="", act=None, citations=()), KNOWN)

    assert {each.field for each in faults} == {"party", "claim", "act", "citations"}


def test_texts_are_kept_as_they_read() -> None:
    typed = replace(SOUND, claim=" Uplands\u202e  demands\nwater. ", citations=(Citation("000", " item  1"),))

    assert tidied(typed) == SOUND
