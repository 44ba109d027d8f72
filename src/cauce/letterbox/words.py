"""The number of a case and the secret words to come back with, made from one random ticket."""

import hashlib
import hmac
from dataclasses import dataclass

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no letter is taken for another."""
CONSONANTS, VOWELS = "bdflmnrs", "aeiou"
"""Sounds that are written alike in Spanish and English: eight syllables hold 42 bits."""


@dataclass(frozen=True)
class Ticket:
    """What a person keeps (`number`, `words`), and the key of the record it becomes."""

    number: str
    words: str
    key: str


def ticket_of(secret: bytes, nonce: str) -> Ticket:
    """The ticket of a form: the same for the same form, so that sending twice makes one case."""
    drawn = hmac.new(secret, nonce.encode(), hashlib.sha512).digest()
    letters = "".join(LETTERS[byte % 32] for byte in drawn[:8])
    sounds = [
        CONSONANTS[a % len(CONSONANTS)] + VOWELS[b % len(VOWELS)]
        for a, b in zip(drawn[8:16], drawn[16:24], strict=True)
    ]
    words = "-".join(sounds[at] + sounds[at + 1] for at in range(0, 8, 2))
    return Ticket(f"D-{letters[:4]}-{letters[4:]}", words, drawn[24:34].hex())


def back_key(number: str, words: str) -> bytes:
    """The key of a case's answers, from what its writer keeps. Slow, so that nobody tries many.

    Source: scrypt, RFC 7914; 16 MiB and some 50 ms each.
    """
    said = "".join(c for c in words.casefold() if c.isalpha())
    salt = "".join(c for c in number.upper() if c.isalnum())
    return hashlib.scrypt(said.encode(), salt=salt.encode(), n=2**14, r=8, p=1, dklen=32)
