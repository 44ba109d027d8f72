"""Studies side by side: what may be compared, and why not the rest."""
