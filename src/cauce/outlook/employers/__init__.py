"""What employers expect, blended with what a projection says, by how often they were right."""

from cauce.outlook.employers.blending import (
    FEWEST_MATCHED,
    UNKNOWN,
    Blend,
    Realised,
    blend,
    realised,
)

__all__ = ["FEWEST_MATCHED", "UNKNOWN", "Blend", "Realised", "blend", "realised"]
