"""The command groups of editors. Who may use them is decided in code at each use; this is only what Discord shows."""

from discord import Permissions, app_commands


def _group(name: str, description: str, permissions: Permissions | None = None) -> app_commands.Group:
    return app_commands.Group(
        name=name,
        description=description,
        default_permissions=permissions,
        allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=False, private_channel=False),
        allowed_installs=app_commands.AppInstallationType(guild=True, user=False),
    )


entry = _group("entry", "Single entries: show, add, revise, retract")
alias = _group("alias", "This server's own words for parties, topics and people")
review = _group("review", "What waits for approval")
settings = _group("settings", "Roles, channels and rules of this server", Permissions(manage_guild=True))
audit = _group("audit", "The trail of all changes in this server")
briefing = _group("briefing", "Summaries of what changed, in a channel, on time")
privacy = app_commands.Group(name="privacy", description="What is stored about you")
GROUPS = (entry, alias, review, settings, audit, briefing, privacy)
