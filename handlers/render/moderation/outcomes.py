"""What a moderator is told of a change."""

from handlers.custom_ids import Deed, DeedVerb
from handlers.render.card import Block, Card, Link
from handlers.render.moderation.changes import DONE, maker, moment, render_changes
from handlers.render.moderation.differences import difference_lines
from handlers.render.moderation.forms import typed_block
from handlers.render.moderation.proposals import render_proposal
from handlers.render.text import safe
from knowledge.codec import entry_to_dict
from knowledge.model import Entry
from knowledge.moderation.model import Proposal, ProposalKind, Settings, Subject
from knowledge.moderation.outcomes import Applied, Outcome, Overtaken, Submitted


def render_outcome(outcome: Outcome) -> Card:
    """What a moderator is told of a change."""
    match outcome:
        case Applied(changes, _, who):
            return render_changes(changes, who)
        case Submitted(proposal, settings, who, heads):
            card = render_proposal(proposal, heads, who, buttons=False)
            return Card(f"Waits for approval · `{proposal.id}`", card.blocks, lead=_who_decides(proposal, settings))
        case Overtaken():
            return render_overtaken(outcome)


def _who_decides(proposal: Proposal, settings: Settings) -> str:
    if proposal.kind is ProposalKind.SUGGESTION:  # by a member, who may not see the review channel
        return "Thank you. The approvers of this server decide."
    where = f" in <#{settings.review_channel}>" if settings.review_channel else "; `/review list` shows it"
    return f"An approver decides{where}."


def render_overtaken(late: Overtaken) -> Card:
    """The newer version beside what was typed, which can be put on top."""
    newer, items = late.newer.revision, late.typed.items
    item = next((each for each in items if each.entry.id == newer.entry.id), items[0])
    others = f" It is one of {len(items)} entries here, which are all made at once." if len(items) > 1 else ""
    by = maker(newer, late.who)
    verb = DeedVerb.NEWEST if late.typed.kind is not ProposalKind.OVERTAKEN else DeedVerb.ON_TOP
    reason = [typed_block("Your reason", late.typed.reason)] if late.typed.reason else []
    words = [typed_block("What you typed", item.entry.claim)] if late.on_top.claim != newer.entry.claim else []
    return Card(
        title=f"Entry `{newer.entry.id}` was changed in the meantime",
        lead="Nothing of yours is lost: compare, and put it on top if it is still right." + others,
        blocks=(
            Block(safe(newer.entry.claim), section=f"Now · {DONE[newer.action]} by {by}, {moment(newer.recorded_at)}"),
            Block("\n".join(_with_yours(newer.entry, late.on_top)), section="With yours on top"),
            *words,
            *reason,
        ),
        links=(Link("Apply on top", Deed(verb, late.typed.id), primary=True),),
    )


def _with_yours(newer: Entry, on_top: Entry) -> list[str]:
    """What applying on top would change."""
    lines = difference_lines(Subject.ENTRY, entry_to_dict(newer), entry_to_dict(on_top))
    return lines or ["Nothing would change: it says the same."]
