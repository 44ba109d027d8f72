"""Cauce: one cycle for labour migration, from survey files and registers to published figures."""

__version__ = "0.1.0"
