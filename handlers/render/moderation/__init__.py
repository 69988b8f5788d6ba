"""How moderators see changes, proposals, settings and files."""
