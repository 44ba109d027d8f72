"""Mechanisms: what agreements protect, and how many people they let through."""
