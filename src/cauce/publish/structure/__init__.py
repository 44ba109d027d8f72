"""Structural metadata: collected, queried, checked, and written in every version of SDMX."""
