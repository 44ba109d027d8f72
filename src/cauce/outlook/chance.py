"""Chance that two scenarios share, so that what differs between them is not chance."""

import zlib

import numpy as np


def stream(seed: int, name: str) -> np.random.Generator:
    """The random numbers of one purpose of a run, the same whatever else was drawn before.

    Every lever, cell and year of a purpose is drawn from its own stream in every scenario: a
    scenario less its baseline then rests on common random numbers.
    """
    return np.random.Generator(
        np.random.PCG64(np.random.SeedSequence(seed, spawn_key=(zlib.crc32(name.encode()),)))
    )
