"""What is stored about a person, and what becomes of it when they are forgotten."""

from collections.abc import Mapping, Sequence

from handlers.custom_ids import Deed, DeedVerb
from handlers.render.card import Attachment, Block, Card, Link
from handlers.render.text import count, echo
from knowledge.moderation.privacy import Stored

SHOWN = 20
NOTHING = Card(
    "Nothing is stored about you",
    (Block("Only who changes or suggests something gets a handle. Who asks questions is not recorded."),),
)
FORGETTING = (
    "The history keeps what was changed, when and why, under your handle, since it belongs to the server. "
    "Who stands behind the handle is deleted: nobody can tell any more, and it cannot be taken back. "
    "If you change something later, you get a new handle."
)


def render_stored(stored: Sequence[Stored], names: Mapping[int, str]) -> Card:
    """What is stored about who asks, by server."""
    if not stored:
        return NOTHING
    return Card(
        title="What is stored about you",
        lead="Your Discord id beside a handle; under the handle, what you changed and suggested. No questions.",
        blocks=_servers(stored, names),
        footer="/privacy export gives it as a file; /privacy forget-me makes the handle a pseudonym",
    )


def render_export(data: bytes) -> Card:
    """The same as a file."""
    return Card(
        "What is stored about you",
        (Block("Every change and suggestion that is recorded under your handles."),),
        attachment=Attachment("about-me.json", data),
    )


def render_asked(stored: Sequence[Stored], names: Mapping[int, str]) -> Card:
    """What forgetting means, with the button that does it."""
    if not stored:
        return NOTHING
    return Card(
        title="Forget who you are?",
        lead=FORGETTING,
        blocks=_servers(stored, names),
        links=(Link("Forget me", Deed(DeedVerb.FORGET, "me"), danger=True),),
    )


def render_forgotten(handles: Sequence[str]) -> Card:
    """Which handles are pseudonyms now."""
    if not handles:
        return NOTHING
    shown = ", ".join(f"`{each}`" for each in handles)
    return Card(
        "You are forgotten",
        (Block(f"{shown} {'is a pseudonym' if len(handles) == 1 else 'are pseudonyms'} now. What was changed stays."),),
    )


def _servers(stored: Sequence[Stored], names: Mapping[int, str]) -> tuple[Block, ...]:
    lines = [_line(each, names) for each in stored[:SHOWN]]
    more = len(stored) - SHOWN
    lines += [f"-# … and {count(more, 'more server')}; `/privacy export` has all."] if more > 0 else []
    return (Block("\n".join(lines)),)


def _line(stored: Stored, names: Mapping[int, str]) -> str:
    server = echo(names.get(stored.scope.id, f"server {stored.scope.id}"))
    made = f"{count(len(stored.changes), 'change')}, {count(len(stored.proposals), 'proposal')}"
    return f"**{server}**: `{stored.handle}`, {made}"
