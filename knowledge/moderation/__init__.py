"""Keeping a server's knowledge: what its moderators do is seen only there, can be traced and undone."""
