"""Briefings at Discord's edge: the commands of editors, and the process that publishes."""
