"""A server's own words, and what they mean."""

from collections.abc import Sequence

from handlers.render.card import Attachment, Block, Card
from handlers.render.text import count, safe
from knowledge.moderation.terms import ServerAlias

SHOWN = 25
"""So many words are shown, which always fit one message; a file has all."""


def render_aliases(words: Sequence[ServerAlias]) -> Card:
    """The words of a server, by word."""
    if not words:
        return Card("Words of this server", (Block("There are none yet. `/alias add` makes a word mean something."),))
    lines = [f"{safe(each.word)} → `{each.target}`" for each in words[:SHOWN]]
    more = len(words) - SHOWN
    lines += [f"-# … and {more:,} more; the file below has all."] if more > 0 else []
    return Card(
        title="Words of this server",
        lead=f"-# {count(len(words), 'word')}, understood here only",
        blocks=(Block("\n".join(lines)),),
        attachment=_file(words) if more > 0 else None,
    )


def _file(words: Sequence[ServerAlias]) -> Attachment:
    return Attachment("words.txt", "".join(f"{each.word} → {each.target}\n" for each in words).encode())
