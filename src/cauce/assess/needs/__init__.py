"""Needs assessment: what institutions say exists, how sure that is, and what follows."""
