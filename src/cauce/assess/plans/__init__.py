"""Plans: what was promised, what was reported, and what that makes of it on a day."""
