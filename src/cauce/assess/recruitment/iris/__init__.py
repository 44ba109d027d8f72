"""IRIS: self-assessment, levels of capacity, clocks; a self-assessment certifies nothing."""
