"""The fields of a form: how many, how filled, and what is read from them."""

from itertools import product

import discord
import pytest

from handlers.moderation.fields import fields_of_new, fields_of_old, make_fields, required_of, with_said, without_said
from handlers.moderation.typed import MOST_KEPT, Typed
from knowledge.model import Kind
from knowledge.moderation.drafts import Draft


@pytest.mark.parametrize(("party", "topic", "kind"), list(product([True, False], [True, False], Kind)))
def test_no_form_has_more_fields_than_discord_allows(party: bool, topic: bool, kind: Kind) -> None:
    fields = fields_of_new(Draft("", kind=kind), is_party_sure=party, is_topic_sure=topic)

    assert len(fields) <= 5
    assert {"claim", "sources"} <= set(fields)
    assert ("party" in fields, "topic" in fields) == (not party, not topic)
    assert required_of(Draft("", kind=kind)) - {"party", "topic"} <= set(fields)


@pytest.mark.parametrize(
    ("sources", "said", "typed"),
    [
        ("A | https://a.org", "2025-06", "A | https://a.org\nsaid 2025-06"),
        ("A\nB", "2025", "A\nB\nsaid 2025"),
        ("A", "", "A"),
        ("Said Nursi | https://a.org", "", "Said Nursi | https://a.org"),
    ],
)
def test_the_date_said_shares_the_field_of_the_sources_and_comes_out_again(sources: str, said: str, typed: str) -> None:
    draft = Draft("", sources=sources, said=said)

    assert with_said(draft).sources == typed
    assert without_said(Draft("", sources=typed)) == draft


@pytest.mark.parametrize("typed", ["A\nSaid: 2025-06", "A\n\n said 2025-06 \n\n", "A\nSAID  2025-06"])
def test_the_date_said_is_read_as_people_write_it(typed: str) -> None:
    assert without_said(Draft("", sources=typed)).said == "2025-06"


def test_more_names_than_a_menu_holds_are_typed() -> None:
    names = [(f"Party {number}", f"party-{number}") for number in range(25)]
    few = make_fields(Draft("", party="party-3"), ["party"], {"party": names[:24]}, ["party"])["party"].component
    many = make_fields(Draft("", party="party-3"), ["party"], {"party": names}, ["party"])["party"].component

    assert isinstance(few, discord.ui.Select)
    assert [option.value for option in few.options if option.default] == ["party-3"]
    assert isinstance(many, discord.ui.TextInput)
    assert many.default == "party-3"


def test_sources_that_fit_no_field_are_kept_as_they_are() -> None:
    assert "sources" not in fields_of_old(Draft("", sources="x" * 4_001))
    assert "sources" in fields_of_old(Draft("", sources="x" * 4_000))


def test_the_oldest_of_too_many_forms_are_forgotten_and_nobody_gets_those_of_others() -> None:
    typed = Typed()
    keys = [typed.keep(7, object()) for _ in range(MOST_KEPT + 1)]  # type: ignore[arg-type]  # what it is matters not

    assert typed.find(7, keys[0]) is None
    assert typed.find(7, keys[-1]) is not None
    assert typed.find(8, keys[-1]) is None
