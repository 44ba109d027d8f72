"""Letters from people without an account: sealed to a country, dropped, and answered.

Whoever drops a letter cannot read it again, nor any other: the process that takes letters from
the public has the public keys of countries and nothing else. GSBPM phase: 4.3 (run collection).
"""

from cauce.letterbox.answers import answer_of, put_answer
from cauce.letterbox.folder import (
    MOST,
    Box,
    FullBox,
    Waiting,
    drop,
    remove,
    sealed_in,
    set_aside,
    waiting,
)
from cauce.letterbox.letter import Letter, open_letter, public_of, seal_letter
from cauce.letterbox.words import Ticket, back_key, ticket_of

__all__ = [
    "MOST",
    "Box",
    "FullBox",
    "Letter",
    "Ticket",
    "Waiting",
    "answer_of",
    "back_key",
    "drop",
    "open_letter",
    "public_of",
    "put_answer",
    "remove",
    "seal_letter",
    "sealed_in",
    "set_aside",
    "ticket_of",
    "waiting",
]
