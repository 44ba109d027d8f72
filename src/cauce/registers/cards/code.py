"""A card as the characters of a QR code, byte by byte. ADR 0032 draws it."""

import base64
import binascii
from datetime import date, timedelta

from cauce.model.card import Card
from cauce.model.errors import BadInput

MARK = "CAUCE1:"
CONTEXT = b"cauce.card.1\x00"
"""Signed before the bytes, so that a signature on a card is worth nothing on anything else."""
EPOCH = date(2020, 1, 1)
BODY, SIGNATURE, SUM = 17, 64, 2
LONGEST = 400
"""More characters than any code has, with spaces between them; the rest is not even looked at."""


def body_of(card: Card) -> bytes:
    """The 17 bytes that are signed. Raises BadInput if the card's days make no sense."""
    if card.valid_to < card.valid_from or card.valid_from < EPOCH:
        raise BadInput(
            f"A card is good from a day since {EPOCH} to the same day or a later one, and not from "
            f"{card.valid_from} to {card.valid_to}."
        )
    days = b"".join(
        (day - EPOCH).days.to_bytes(2, "big") for day in (card.valid_from, card.valid_to)
    )
    return b"\x01" + bytes.fromhex(card.key) + bytes.fromhex(card.token) + days


def signed_text(card: Card) -> bytes:
    """What the key signs."""
    return CONTEXT + body_of(card)


def code_of(card: Card, signature: bytes) -> str:
    """The characters of the QR code: digits and capitals only, which make the smallest picture."""
    whole = body_of(card) + signature
    whole += binascii.crc_hqx(whole, 0xFFFF).to_bytes(SUM, "big")
    return MARK + base64.b32encode(whole).decode().rstrip("=")


def read_code(text: str) -> tuple[Card, bytes] | None:
    """Card and signature of a code as scanned or typed; None if it is no code of ours.

    Small letters, spaces and hyphens are let pass. The sum tells a mistyped letter from a forgery:
    whoever slipped is not accused.
    """
    if len(text) > LONGEST:
        return None
    kept = "".join(text.split()).replace("-", "")
    # Before the capitals: "ſ" is no letter of ours, and its capital is an S.
    if not kept.isascii() or not kept.upper().startswith(MARK):
        return None
    kept = kept.upper()
    whole = _bytes(kept.removeprefix(MARK))
    if len(whole) != BODY + SIGNATURE + SUM or whole[0] != 1:
        return None
    if binascii.crc_hqx(whole[:-SUM], 0xFFFF).to_bytes(SUM, "big") != whole[-SUM:]:
        return None
    card = Card(whole[5:13].hex(), whole[1:5].hex(), _day(whole[13:15]), _day(whole[15:17]))
    return None if card.valid_to < card.valid_from else (card, whole[BODY:-SUM])


def _bytes(text: str) -> bytes:
    """What base32 says, b"" if it says nothing or could be written otherwise."""
    try:
        whole = base64.b32decode(text + "=" * (-len(text) % 8))
    except binascii.Error:
        return b""
    return whole if base64.b32encode(whole).decode().rstrip("=") == text else b""


def _day(pair: bytes) -> date:
    return EPOCH + timedelta(days=int.from_bytes(pair, "big"))
