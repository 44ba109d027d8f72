"""Which skills the openings of a scenario ask for."""

from cauce.outlook.skills.demanded import Demanded, demanded

__all__ = ["Demanded", "demanded"]
