"""What a server sets: roles, channels, the rule of two, who sees answers, the time zone."""

from collections.abc import Mapping
from dataclasses import fields
from enum import StrEnum

from knowledge.model import Action, Scope
from knowledge.moderation.context import SETTINGS_KEY, Moderation, looking, settings_from, settings_to, sitting
from knowledge.moderation.errors import NoSuchSetting, NothingChanged
from knowledge.moderation.model import Audience, Caller, Level, Record, Settings, Subject, TwoPerson
from knowledge.moderation.outcomes import Applied
from knowledge.moderation.people import who_of
from knowledge.zones import zone_called

CHOICES: Mapping[str, type[StrEnum]] = {"two_person": TwoPerson, "answers": Audience}
Values = Mapping[str, int | str | None]
NAMES = tuple(field.name for field in fields(Settings))
"""The settings, in the order in which they are shown."""


async def show_settings(mod: Moderation, scope: Scope, caller: Caller) -> Settings:
    """What is set; raises Forbidden for who may not manage the server."""
    async with looking(mod, scope, caller, Level.MANAGER) as (_, settings):
        return settings


async def change_settings(
    mod: Moderation, scope: Scope, caller: Caller, values: Mapping[str, int | str | None]
) -> Applied:
    """Sets the settings that ``values`` names; None puts one back to its default.

    Raises:
        Forbidden, NoSuchSetting, NothingChanged: nothing is set.
    """
    async with sitting(mod, scope, caller, Level.MANAGER) as at:
        chosen = {name: checked(name, value) for name, value in values.items()}
        wanted = settings_from({**settings_to(at.settings), **chosen})
        if wanted == at.settings:
            raise NothingChanged(SETTINGS_KEY)
        before, after = settings_to(at.settings), settings_to(wanted)
        await at.work.records.put(Record(scope, Subject.SETTINGS, SETTINGS_KEY, after))
        await at.trail.add(Subject.SETTINGS, SETTINGS_KEY, Action.REVISE, before=before, after=after)
        return Applied(tuple(at.trail.changes), wanted, await who_of(at.work, scope, [at.handle]))


def checked(name: str, value: int | str | None) -> object:
    """The value as a setting holds it.

    Raises:
        NoSuchSetting: the setting cannot have this value.
    """
    if value is None:
        return getattr(Settings(), name)
    if name in CHOICES:
        return _chosen(name, str(value))
    if name == "timezone":
        return _zone(str(value))
    return int(value)


def _chosen(name: str, value: str) -> StrEnum:
    try:
        return CHOICES[name](value)
    except ValueError:
        raise NoSuchSetting(name, value, [each.value for each in CHOICES[name]]) from None


def _zone(typed: str) -> str:
    found = zone_called(typed)
    if found is None:
        raise NoSuchSetting("timezone", typed)
    return found
