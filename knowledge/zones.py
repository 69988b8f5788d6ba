"""The time zones of the IANA database, as people type their names."""

import zoneinfo
from collections.abc import Mapping
from functools import cache


@cache
def zones() -> Mapping[str, str]:
    """The names of all zones by their folded form; without "localtime", which means another one on each machine."""
    return {name.casefold(): name for name in sorted(zoneinfo.available_timezones() - {"localtime"})}


def zone_called(typed: str) -> str | None:
    """The name of the zone that is meant, in any case and with spaces for its underscores, or None."""
    return zones().get(typed.strip().replace(" ", "_").casefold())


def zones_like(typed: str, limit: int) -> list[str]:
    """Names of zones that hold what was typed, in alphabetical order; all of them for nothing typed."""
    wanted = typed.strip().replace(" ", "_").casefold()
    return [name for folded, name in zones().items() if wanted in folded][:limit]
