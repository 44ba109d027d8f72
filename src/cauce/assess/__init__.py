"""The frames that judge: needs, recruiters, screening, eligibility, plans. An empty room so far."""
