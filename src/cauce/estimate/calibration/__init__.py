"""Weights raised to known totals, and for those who did not answer. GSBPM: phase 5.6."""
