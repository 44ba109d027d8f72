"""Answers to letters: sealed with what their writer keeps, found by nobody else."""

import hashlib
import hmac
import secrets
import time
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

BLOCK = 4 * 1024
KEPT = 365 * 86_400
"""Seconds that an answer waits for its reader."""
MOST = 8 * BLOCK - 1


def put_answer(folder: Path, key: bytes, text: str) -> None:
    """Leave the whole conversation so far for who has the key; a later one takes its place."""
    plain = text.encode("utf-8")[:MOST].decode("utf-8", "ignore").encode("utf-8") + b"\x00"
    padded = plain + b"\x00" * (-len(plain) % BLOCK)
    nonce = secrets.token_bytes(12)
    sealed = nonce + AESGCM(_part(key, "seal")).encrypt(nonce, padded, b"cauce answer 1")
    _sweep(folder)
    partial = folder / f".{secrets.token_hex(8)}"
    partial.write_bytes(sealed)
    partial.replace(_path(folder, key))


def answer_of(folder: Path, key: bytes) -> str:
    """What was answered, "" if nothing was, or nothing that opens: the two look alike."""
    path = _path(folder, key)
    if not path.is_file():
        return ""
    data = path.read_bytes()
    try:
        plain = AESGCM(_part(key, "seal")).decrypt(data[:12], data[12:], b"cauce answer 1")
    except (InvalidTag, ValueError):
        return ""
    return plain.rstrip(b"\x00").decode("utf-8")


def _sweep(folder: Path) -> None:
    """Delete the answers that nobody changed for a year."""
    for path in folder.glob("*.answer"):
        if path.stat().st_mtime < time.time() - KEPT:
            path.unlink(missing_ok=True)


def _path(folder: Path, key: bytes) -> Path:
    return folder / f"{_part(key, 'name').hex()}.answer"


def _part(key: bytes, purpose: str) -> bytes:
    return hmac.new(key, purpose.encode(), hashlib.sha256).digest()
