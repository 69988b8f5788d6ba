"""Registers the commands with Discord when their definitions changed, and only then (never at a reconnect)."""

import hashlib
import json

import discord
import structlog
from discord import app_commands

from knowledge.ports import Storage

Tree = app_commands.CommandTree[discord.Client]
log = structlog.get_logger(__name__)


def definitions_hash(tree: Tree) -> str:
    """A digest of all that Discord is told about the commands."""
    definitions = [command.to_dict(tree) for command in tree.get_commands()]
    text = json.dumps(sorted(definitions, key=lambda each: str(each["name"])), sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


async def sync_commands(
    tree: app_commands.CommandTree[discord.Client], storage: Storage, *, force: bool = False
) -> bool:
    """Registers the commands if they changed since this database last saw it done; returns whether it did.

    ``force`` registers them in any case. The digest is kept for each application: a database may
    serve a test bot too.
    """
    key = f"commands:{tree.client.application_id}"
    digest = definitions_hash(tree)
    async with storage.reading() as work:
        known = await work.state.get(key)
    if known == digest and not force:
        return False
    registered = await tree.sync()
    async with storage.writing() as work:
        await work.state.put(key, digest)
        await work.commit()
    log.info("commands.registered", commands=len(registered))
    return True
