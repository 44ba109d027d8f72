"""A letter: what somebody wrote, sealed to the country it is for."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from cauce.model.errors import BadInput

SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
"""Hybrid public key encryption. Source: RFC 9180, base mode."""
BLOCK = 8 * 1024
"""Bytes: every letter is as long as a multiple of it, so that its length says little."""
LONGEST = 8 * BLOCK
UNOPENED = "A letter does not open: it was altered, or sealed to another key."


@dataclass(frozen=True)
class Letter:
    """What somebody wrote. `number` is that of the case, `key` that of the record it becomes.

    `back_key` seals answers, and proves who writes again; `follows` says that it is about a case
    there is already. `told` holds what was typed, by field. The day is kept and not the hour.
    """

    country: str
    number: str
    key: str
    day: str
    language: str
    back_key: str
    follows: bool
    told: Mapping[str, str]


def public_of(private: bytes) -> bytes:
    """The key that letters are sealed with, from the one that opens them."""
    return X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def seal_letter(letter: Letter, public: bytes) -> bytes:
    """A letter that only its country opens; never again the one who sealed it."""
    plain = json.dumps(asdict(letter), ensure_ascii=False).encode("utf-8")
    padded = plain + b" " * (-len(plain) % BLOCK)
    key = X25519PublicKey.from_public_bytes(public)
    return SUITE.encrypt(padded, key, _about(letter.country))


def open_letter(sealed: bytes, private: bytes, country: str) -> Letter:
    """The letter. Raises BadInput if it is none, was altered or is another country's."""
    key = X25519PrivateKey.from_private_bytes(private)
    try:
        data = json.loads(SUITE.decrypt(sealed, key, _about(country)))
        told = {str(name): str(value) for name, value in data.pop("told").items()}
        letter = Letter(told=told, **data)
    except (InvalidTag, ValueError, TypeError, KeyError, AttributeError) as error:
        raise BadInput(UNOPENED) from error
    words = (letter.number, letter.key, letter.day, letter.language, letter.back_key)
    if letter.country != country or not all(isinstance(one, str) for one in words):
        raise BadInput(UNOPENED)
    return letter


def _about(country: str) -> bytes:
    return f"cauce letter 1|{country}".encode()
