"""What moderators do from Discord: entries, words, review, settings, audit, privacy."""
