"""Options that several commands take."""

from discord import app_commands

from knowledge.model import CLAIM_LENGTH
from knowledge.moderation.drafts import SPEAKER_LENGTH

Name = app_commands.Range[str, 1, 200]
"""A party, a topic or a person, in any words."""
EntryId = app_commands.Range[str, 1, 100]
Speaker = app_commands.Range[str, 1, SPEAKER_LENGTH]
Note = app_commands.Range[str, 1, CLAIM_LENGTH]
"""These two are in no form, so what is too long is refused while it is typed, and not later."""

ENTRY = "Which entry? Its id, or words of its claim"
PARTY = "Who? A party, a capital, a person; the form asks if you leave it out"
TOPIC = "On what? The form asks if you leave it out"
