"""Noise of counts by cell keys: the same records have the same noise wherever they are counted.

A reader who asks for the same people in other ways gets the same number, so that no mean of answers
takes the noise away. It is not additive: a total is not the sum of its parts, and is itself no more
than a count with noise.
"""

from hashlib import blake2b

import numpy as np

from cauce.model.arrays import Floats, Ints, Keys
from cauce.model.safeguards import CellKey
from cauce.protect.noise.spread import spread


def chances(keys: Keys, secret: bytes, purpose: str) -> Floats:
    """A number from 0 to below 1 for each cell, by its key and the secret, shape (c,).

    Keys of records add up to that of a cell, so of nested cells more could be found if they were
    used as they are: a keyed hash (BLAKE2b, RFC 7693) stands between. Numbers for two purposes have
    nothing to do with each other.
    """
    label = purpose.encode()[:16]
    found = (
        blake2b(int(key).to_bytes(8, "big"), digest_size=8, key=secret[:64], person=label).digest()
        for key in keys.tolist()
    )
    # 53 bits, so that what is below 1 stays below 1.
    return np.array([(int.from_bytes(one, "big") >> 11) * 2.0**-53 for one in found])


def cell_key_noise(counts: Ints, keys: Keys, rule: CellKey, secret: bytes) -> Ints:
    """What is added to each count: whole numbers of mean 0 and the variance declared, shape (c,).

    Raises:
        BadInput: the variance is not possible for one of the counts.
    """
    # From here on every change is possible, and the chances are always the same.
    most = rule.bound + rule.least
    chosen = chances(keys, secret, "cell key")
    noise: Ints = np.zeros(len(counts), dtype=np.int64)
    for count in np.unique(np.minimum(counts, most)).tolist():
        here = np.minimum(counts, most) == count
        changes, likely = spread(count, rule)
        place = np.searchsorted(np.cumsum(likely)[:-1], chosen[here], side="right")
        noise[here] = changes[place]
    return noise
