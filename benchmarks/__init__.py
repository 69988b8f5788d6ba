"""Figures, each as a ratio to a baseline of the same run; by hand or with ``make bench``, never as a timed test."""
