"""Mobility in operation: the order of its steps, its quotas, its waits and its way.

GSBPM: phase 5.3, review and validate.
"""
