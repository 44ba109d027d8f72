"""What employers expect, blended with what a projection says, by how often they were right."""

from cauce.outlook.employers.blending import Blend, Realised, blend, realised

__all__ = ["Blend", "Realised", "blend", "realised"]
