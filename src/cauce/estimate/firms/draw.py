"""Which firms are drawn: the same from the same seed, whatever the order of the file."""

import hashlib
from collections.abc import Sequence

import numpy as np

from cauce.model.arrays import Flags, Ints


def draw(ids: Sequence[str], stratum: Ints, drawn: Ints, seed: int) -> Flags:
    """A simple random sample without replacement in each stratum; who is in it, shape (n,).

    Every firm has a number of its own from the seed and its id, and the smallest of each stratum
    are drawn. So a firm that joins the register changes nothing for the others, and a second wave
    with the same seed asks mostly the same firms, which are needed to learn how often expectations
    come true.

    Source: Ohlsson (1995), Coordination of samples using permanent random numbers, in Business
        Survey Methods, chapter 9.
    """
    number = [hashlib.sha256(f"{seed}\0{one}".encode()).digest() for one in ids]
    taken = np.zeros(len(ids), dtype=np.bool_)
    for at, count in enumerate(drawn.tolist()):
        members = np.flatnonzero(stratum == at).tolist()
        taken[sorted(members, key=number.__getitem__)[:count]] = True
    return taken
