"""Which skills the openings of a scenario ask for."""

from cauce.outlook.skills.demanded import Demanded, demanded
from cauce.outlook.skills.published import TOGETHER, demanded_as_published

__all__ = ["TOGETHER", "Demanded", "demanded", "demanded_as_published"]
