"""Scenarios of occupations, skills and crises, derived from releases. An empty room so far."""
