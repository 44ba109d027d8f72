"""Trainings: who completed, what they gained, whom they reached, who is still in post."""
