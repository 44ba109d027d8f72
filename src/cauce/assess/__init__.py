"""The frames that judge: needs, eligibility and its cost, plans, trainings, diasporas, mechanisms.

Frozen values in, frozen values out, with the reason in both languages. Nothing is kept.
GSBPM: phase 6 (analyse).
"""
