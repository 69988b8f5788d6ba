"""The rules of revising."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.model import Action, Entry, Revision, Status
from knowledge.revising import next_revision, retracted
from tests.knowledge.samples import MONDAY, SERVER, TUESDAY, stance
from tests.knowledge.strategies import EXAMPLES, entries

contents = st.lists(st.builds(replace, entries, id=st.just("a")) | st.just(stance("a")), min_size=1, max_size=8)


def steps(wanted: Sequence[Entry]) -> list[Revision | None]:
    """What each content in turn gives after those before it."""
    found: list[Revision | None] = []
    current: Revision | None = None
    for entry in wanted:
        found.append(next_revision(current, entry, scope=SERVER, now=MONDAY))
        current = found[-1] or current
    return found


@EXAMPLES
@given(contents)
def test_numbers_count_up_by_one_and_the_last_content_stands(wanted: list[Entry]) -> None:
    revisions = [each for each in steps(wanted) if each]

    assert [each.number for each in revisions] == list(range(1, len(revisions) + 1))
    assert revisions[-1].entry == wanted[-1]
    assert [each.action for each in revisions].count(Action.ADD) == 1


@EXAMPLES
@given(contents)
def test_there_is_a_revision_exactly_where_the_content_changes(wanted: list[Entry]) -> None:
    before: Entry | None = None
    for entry, revision in zip(wanted, steps(wanted), strict=True):
        assert (revision is None) == (entry == before)
        before = entry


@EXAMPLES
@given(contents)
def test_an_action_says_what_became_of_the_status(wanted: list[Entry]) -> None:
    before: Status | None = None
    for revision in filter(None, steps(wanted)):
        after = revision.entry.status
        if before is not None:
            changed = {Status.ACTIVE: Action.RESTORE, Status.SUPERSEDED: Action.SUPERSEDE}.get(after, Action.RETRACT)
            assert revision.action is (Action.REVISE if after is before else changed)
        before = after


def test_a_revision_tells_who_made_it_when_where_and_why() -> None:
    first = next_revision(None, stance("a"), scope=SERVER, now=MONDAY)
    second = next_revision(
        first, stance("a", claim="Better."), scope=SERVER, now=TUESDAY, actor="mod", reason="clearer wording"
    )

    assert second == Revision(
        SERVER, 2, Action.REVISE, stance("a", claim="Better."), TUESDAY, actor="mod", reason="clearer wording"
    )


@pytest.mark.parametrize(("given_reason", "told"), [(None, "withdrawn in May"), ("a correction", "a correction")])
def test_without_a_reason_of_its_own_a_revision_takes_the_entrys(given_reason: str | None, told: str) -> None:
    gone = stance("a", status=Status.SUPERSEDED, reason="withdrawn in May")
    revision = next_revision(None, gone, scope=SERVER, now=MONDAY, reason=given_reason)

    assert revision is not None
    assert revision.reason == told


def test_a_retracted_entry_keeps_its_words() -> None:
    entry = retracted(stance("a"), "a slip")

    assert (entry.claim, entry.status, entry.reason) == ("Claim a.", Status.RETRACTED, "a slip")
    assert not entry.is_active
