"""Diaspora contributions: what may be added, what may not, and what is doubtful."""
