"""What waits for approval, and what became of it."""

from collections.abc import Iterator, Mapping

from handlers.custom_ids import Deed, DeedVerb
from handlers.render.card import Attachment, Block, Card, Link
from handlers.render.moderation.changes import moment, person
from handlers.render.moderation.differences import difference_lines
from handlers.render.text import count, echo, safe
from knowledge.codec import entry_to_dict
from knowledge.model import Attribution, Document, Kind, Rank, Revision, Status
from knowledge.moderation.files import write_file
from knowledge.moderation.links import host_of
from knowledge.moderation.model import Item, Proposal, ProposalKind, ProposalState, Subject
from knowledge.moderation.outcomes import Decided, Who

SHOWN = 5
"""So many entries of a proposal are told in full at most; the others are counted, and a file has all."""
ROOM = 1_500
"""So many characters of entries fit the one message that a proposal has, beside all else in it."""

USUAL = {
    "kind": Kind.STANCE.value,
    "rank": Rank.NORMAL.value,
    "attribution": Attribution.OWN.value,
    "status": Status.ACTIVE.value,
}
"""What goes without saying of a new entry."""
STATES = {
    ProposalState.DRAFT: "Draft",
    ProposalState.PENDING: "Waits for approval",
    ProposalState.APPLIED: "Approved",
    ProposalState.REJECTED: "Rejected",
}


def render_proposal(proposal: Proposal, heads: Mapping[str, Revision], who: Who, *, buttons: bool = True) -> Card:
    """What waits for approval, with *Approve*, *Edit* and *Reject*; ``heads`` is what the entries are now."""
    blocks = _item_blocks(proposal, heads)
    kind = "Suggestion" if proposal.kind is ProposalKind.SUGGESTION else "Proposed change"
    return Card(
        title=f"{kind} · `{proposal.id}`",
        lead="\n".join(_lead(proposal, who)),
        blocks=(*blocks, *_rest(proposal, len(blocks)), *_source_blocks(proposal)),
        links=_buttons(proposal) if buttons else (),
        attachment=_file(proposal) if buttons and len(blocks) < len(proposal.items) else None,
    )


def render_decided(decided: Decided, *, goes_on: bool = False) -> Card:
    """What became of a proposal, in place of what waited; ``goes_on`` leads the approver to what waits still."""
    proposal = decided.proposal
    blocks = _item_blocks(proposal, {})
    return Card(
        title=f"{STATES[proposal.state]} · `{proposal.id}`",
        lead="\n".join(_decision(proposal, decided.who)),
        blocks=(*blocks, *_rest(proposal, len(blocks))),
        links=tuple(_ways_on(proposal)) if goes_on else (),
    )


def _decision(proposal: Proposal, who: Who) -> list[str]:
    when = f", {moment(proposal.decided_at)}" if proposal.decided_at else ""
    by = f"-# by {person(proposal.decided_by, who)}{when}"
    edited = f"-# in the words of {person(proposal.edited_by, who)}" if proposal.edited_by else ""
    asked = f"-# proposed by {person(proposal.proposer, who)}, {moment(proposal.created_at)}"
    why = f"Reason: {safe(proposal.decision)}" if proposal.decision else ""
    return [line for line in (by, edited, asked, why) if line]


def _ways_on(proposal: Proposal) -> Iterator[Link]:
    yield Link("What else waits", Deed(DeedVerb.SHOW, proposal.id), primary=True)
    if proposal.batch is not None:
        yield Link("Undo", Deed(DeedVerb.UNDO, str(proposal.batch)), danger=True)


def _lead(proposal: Proposal, who: Who) -> list[str]:
    by = f"-# by {person(proposal.proposer, who)}, {moment(proposal.created_at)}"
    edited = f"-# edited by {person(proposal.edited_by, who)}" if proposal.edited_by else ""
    from_message = f"-# from {proposal.message_url}" if proposal.message_url else ""
    why = f"Reason: {safe(proposal.reason)}" if proposal.reason else ""
    return [line for line in (by, edited, from_message, why) if line]


def _item_blocks(proposal: Proposal, heads: Mapping[str, Revision]) -> list[Block]:
    """The first entries in full: at least one, and as many as there is room for."""
    blocks = [_item_block(item, heads.get(item.entry.id)) for item in proposal.items[:SHOWN]]
    while len(blocks) > 1 and sum(len(block.text) for block in blocks) > ROOM:
        blocks.pop()
    return blocks


def _rest(proposal: Proposal, shown: int) -> list[Block]:
    more = len(proposal.items) - shown
    return [Block(f"-# … and {count(more, 'further entry', 'further entries')}")] if more else []


def _source_blocks(proposal: Proposal) -> list[Block]:
    """The sources that the server does not have yet: who approves should be able to look."""
    lines = [_source(each) for each in proposal.documents[:SHOWN]]
    more = len(proposal.documents) - len(lines)
    lines += [f"-# … and {count(more, 'further source')}"] if more else []
    return [Block("\n".join(lines), section="New sources")] if lines else []


def _source(document: Document) -> str:
    link = f" · [{host_of(document.url)}](<{document.url}>)" if document.url else ""
    return f"• `{document.id}` {echo(document.name)}{link}"


def _file(proposal: Proposal) -> Attachment:
    entries = [item.entry for item in proposal.items]
    return Attachment(f"proposal-{proposal.id}.json", write_file(entries, proposal.documents, "json"))


def _item_block(item: Item, head: Revision | None) -> Block:
    before = entry_to_dict(head.entry) if head else USUAL
    lines = difference_lines(Subject.ENTRY, before, entry_to_dict(item.entry))
    if head is not None and head.sequence != item.version:
        lines.append("-# ⚠ Changed by somebody since this was proposed; *Approve* asks again.")
    heading = f"{'Change of' if item.version else 'New entry'} `{item.entry.id}`"
    return Block("\n".join(lines) or "It says the same as what is recorded.", section=heading)


def _buttons(proposal: Proposal) -> tuple[Link, ...]:
    edit = [Link("Edit", Deed(DeedVerb.EDIT, proposal.id))] if len(proposal.items) == 1 else []
    return (
        Link("Approve", Deed(DeedVerb.APPROVE, proposal.id), primary=True),
        *edit,
        Link("Reject", Deed(DeedVerb.REJECT, proposal.id), danger=True),
    )
