"""When a wave is read in batches: by its size, or as one says."""

from dataclasses import dataclass
from typing import Literal

When = Literal["auto", "always", "never"]
NUMBER_BYTES = 8
MIB = 1 << 20


@dataclass(frozen=True)
class Streaming:
    """Whether a wave is read in batches: if it would need more memory than it may, or by decree."""

    when: When = "auto"
    memory_mib: int = 4096

    def wanted(self, rows: int, columns: int) -> bool:
        """Whether so many rows of so many columns are streamed."""
        large = rows * columns * NUMBER_BYTES > self.memory_mib * MIB
        return self.when == "always" or (self.when == "auto" and large)


IN_MEMORY = Streaming("never")
