"""The identity of a file: the hash of its bytes."""

import hashlib
from pathlib import Path


def hash_file(path: Path) -> tuple[str, int]:
    """SHA-256 of a file as it lies there, in hexadecimal, and its size in bytes."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256")
        return digest.hexdigest(), file.tell()
