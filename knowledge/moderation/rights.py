"""Who may do what: one rule, asked inside the transaction of every use case, at the moment of the click."""

from knowledge.moderation.errors import Forbidden
from knowledge.moderation.model import Caller, Level, Settings


def holds(caller: Caller, settings: Settings, needed: Level) -> bool:
    """Whether the caller has a level.

    An approver is an editor too. Who may manage the server is both for as long as no role is set for it.
    """
    match needed:
        case Level.VIEWER:
            return True
        case Level.EDITOR:
            return _has(caller, settings.editor_role) or holds(caller, settings, Level.APPROVER)
        case Level.APPROVER:
            return _has(caller, settings.approver_role)
        case Level.MANAGER:
            return caller.manages


def require(caller: Caller, settings: Settings, needed: Level) -> None:
    """Nothing, if the caller has the level.

    Raises:
        Forbidden: otherwise, with the role that is needed.
    """
    if not holds(caller, settings, needed):
        raise Forbidden(needed, role_for(settings, needed))


def role_for(settings: Settings, level: Level) -> int | None:
    """The role that gives a level, if one is set."""
    return {Level.EDITOR: settings.editor_role, Level.APPROVER: settings.approver_role}.get(level)


def _has(caller: Caller, role: int | None) -> bool:
    return caller.manages if role is None else role in caller.roles
