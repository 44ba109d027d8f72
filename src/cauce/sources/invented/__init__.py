"""An invented country with a known truth, surveyed every year. No real place, no real person."""

from cauce.sources.invented.files import write_wave
from cauce.sources.invented.truth import truth

__all__ = ["truth", "write_wave"]
