"""Fault harness of briefings: real processes, killed while they publish, on a real database and a Discord of ours."""
