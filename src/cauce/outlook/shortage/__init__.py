"""Whether occupations are short today: the OECD's five signs and those of vacancies and permits."""

from cauce.outlook.shortage.growing import growth
from cauce.outlook.shortage.panel import INDICATORS, Reading, ShortageIndicator, panel, signs

__all__ = ["INDICATORS", "Reading", "ShortageIndicator", "growth", "panel", "signs"]
