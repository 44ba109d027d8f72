"""A secret number for each record, from which the noise of its counts is made."""

from collections.abc import Iterable
from hashlib import blake2b


def record_keys(secret: bytes, register: str, names: Iterable[str]) -> tuple[int, ...]:
    """64 bits for each record of a register, the same whenever and wherever it is counted.

    Args:
        names: the keys of the records, which say nothing of them.

    Source: BLAKE2b with a key, RFC 7693.
    """
    return tuple(
        int.from_bytes(
            blake2b(f"{register}\0{name}".encode(), digest_size=8, key=secret).digest(), "big"
        )
        for name in names
    )
