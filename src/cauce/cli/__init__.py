"""The terminal. Reads arguments, shows results; knows nothing else."""
