"""The fields of a form: from a draft to what is typed into, and back."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

import discord

from handlers.render.claims import ACTS
from handlers.render.moderation.forms import FIELDS, SOURCES_AND_DATE
from handlers.render.paging import OPTION_LABEL_LIMIT, OPTION_LIMIT
from handlers.render.text import clip
from knowledge.model import Kind
from knowledge.moderation.drafts import Draft

Names = Sequence[tuple[str, str]]
"""Shown names and slugs to choose from."""
Input = discord.ui.TextInput[Any] | discord.ui.Select[Any]

LONGEST = 4_000
"""Discord's limit for a text of a form."""
LENGTHS = {"claim": 1_000, "sources": 3_900, "said": 40, "reason": 1_000}
"""More than is kept, since Discord counts otherwise and cuts silently: the service judges, and the text comes back."""
PARAGRAPHS = frozenset({"claim", "sources"})
ACT_NAMES: Final[Names] = [(name, act.value) for act, name in ACTS.items()]
_SAID = re.compile(r"said\b[\s:]*([^|]+)", re.IGNORECASE)


def fields_of_new(draft: Draft, *, is_party_sure: bool, is_topic_sure: bool) -> tuple[str, ...]:
    """What a form for a new entry asks for: at most five, so the date said shares a field where all else is asked."""
    asked = [
        "" if is_party_sure else "party",
        "" if is_topic_sure else "topic",
        "act" if draft.kind == Kind.STANCE else "",
        "claim",
        "sources",
        "said",
    ]
    return tuple(filter(None, asked))[:5]


def fields_of_old(draft: Draft) -> tuple[str, ...]:
    """What a form for an entry that there is asks for; what would not fit a field is kept as it is."""
    asked = ["claim", "act" if draft.kind == Kind.STANCE else "", "sources", "said", "reason"]
    return tuple(field for field in asked if field and len(getattr(draft, field)) <= LONGEST)


def required_of(draft: Draft) -> frozenset[str]:
    """What no entry of the kind can be without."""
    always = {"claim", "sources"}
    return frozenset(always | {"party", "topic", "act"} if draft.kind == Kind.STANCE else always)


def make_fields(
    draft: Draft, fields: Collection[str], names: Mapping[str, Names], required: Collection[str]
) -> dict[str, discord.ui.Label[Any]]:
    """The fields of a form, filled with a draft; ``names`` are what can be chosen in a field instead of typed."""
    shares = "said" not in fields and "sources" in fields
    shown = with_said(draft) if shares else draft
    return {
        field: _label(field, getattr(shown, field), names.get(field, ()), field in required, shares=shares)
        for field in fields
    }


def read_fields(draft: Draft, inputs: Mapping[str, Input]) -> Draft:
    """The draft with what was typed and chosen."""
    read = replace(draft, **{field: _value(each) for field, each in inputs.items()})
    return without_said(read) if "sources" in inputs and "said" not in inputs else read


def with_said(draft: Draft) -> Draft:
    """With the date said as the last line of the sources."""
    return replace(draft, sources=f"{draft.sources}\nsaid {draft.said}".strip()) if draft.said else draft


def without_said(draft: Draft) -> Draft:
    """With the date said taken from the last line of the sources, if it is there."""
    above, _, last = draft.sources.rstrip().rpartition("\n")
    found = _SAID.fullmatch(last.strip())
    return replace(draft, sources=above, said=found[1].strip()) if found else replace(draft, said="")


def _label(field: str, value: str, names: Names, required: bool, *, shares: bool) -> discord.ui.Label[Any]:
    words = SOURCES_AND_DATE if field == "sources" and shares else FIELDS[field]
    # with as many names as fit there may be more, of which none would be left out by typing
    can_choose = 0 < len(names) < OPTION_LIMIT
    component: Input = _select(field, value, names) if can_choose else _text(field, value, words.placeholder)
    component.required = required
    return discord.ui.Label(text=words.label, description=words.description or None, component=component)


def _select(field: str, value: str, names: Names) -> discord.ui.Select[Any]:
    options = [
        discord.SelectOption(label=clip(name, OPTION_LABEL_LIMIT), value=slug, default=slug == value)
        for name, slug in names
    ]
    return discord.ui.Select(custom_id=field, options=options)


def _text(field: str, value: str, placeholder: str) -> discord.ui.TextInput[Any]:
    return discord.ui.TextInput(
        custom_id=field,
        style=discord.TextStyle.paragraph if field in PARAGRAPHS else discord.TextStyle.short,
        default=value[:LONGEST] or None,
        placeholder=placeholder or None,
        max_length=max(LENGTHS.get(field, 200), min(len(value), LONGEST)),
    )


def _value(component: Input) -> str:
    if isinstance(component, discord.ui.TextInput):
        return component.value
    return component.values[0] if component.values else ""
