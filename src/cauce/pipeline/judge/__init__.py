"""From the registers to judgements: each reads what it needs of the log and asks `assess`."""
