"""Recruitment that can be checked: who paid, what was promised, what was said, who needs help."""
