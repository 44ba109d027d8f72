"""Passwords: which are refused, how they are kept, whether one is right.

Source: OWASP ASVS 5.0.0, 6.2 (length, common passwords, no rules of composition) and 11.4.2
(argon2id); OWASP Password Storage Cheat Sheet for its cost: 19 MiB, two passes, one lane.
"""

import unicodedata
from functools import cache
from importlib.resources import files
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from cauce.model.text import Text

LEAST, ADVISED, MOST = 8, 15, 256
HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)

# Each check takes 19 MiB and a core: a flood of them waits here and not in memory.
_TURNS = BoundedSemaphore(4)


def refused(password: str, about: tuple[str, ...]) -> Text | None:
    """Why a password will not do, None if it will. `about` are words of its owner: name, e-mail."""
    text = _normal(password)
    if len(text) < LEAST:
        return Text(
            f"A password has at least {LEAST} characters; {ADVISED} are better. "
            "Four words that do not belong together are easy to remember.",
            f"La contraseña debe tener al menos {LEAST} caracteres; mejor {ADVISED}. "
            "Cuatro palabras sin relación entre sí se recuerdan bien.",
        )
    if len(text) > MOST:
        return Text(f"At most {MOST} characters.", f"A lo más {MOST} caracteres.")
    if _common(text):
        return Text(
            "This password is among the most common ones and is tried first. Choose another.",
            "Es una de las contraseñas más comunes y de las primeras que se prueban. Elija otra.",
        )
    if any(_holds(text, word) for word in (*about, "cauce")):
        return Text(
            "The password is made of your name, your address or the name of this office.",
            "La contraseña se compone de su nombre, su correo o el nombre de esta oficina.",
        )
    return None


def kept(password: str) -> str:
    """What is stored of a password."""
    with _TURNS:
        return HASHER.hash(_normal(password))


def right(password: str, stored: str | None) -> bool:
    """Whether it is the password; takes as long if there is none."""
    with _TURNS:
        try:
            HASHER.verify(stored or _nobodys(), _normal(password[:MOST]))
        except (VerificationError, InvalidHashError):
            return False
    return stored is not None


@cache
def _nobodys() -> str:
    return HASHER.hash("the password of nobody")


def _normal(password: str) -> str:
    """One text for what looks the same on every keyboard (RFC 8265, OpaqueString)."""
    return unicodedata.normalize("NFC", password)


def _common(text: str) -> bool:
    """Whether it is on the list, also with digits or signs around it, or repeats one piece."""
    low = text.casefold()
    pieces = {low, low.strip("0123456789!?.,-_*#@$ "), low.rstrip("0123456789!?.,-_*#@$ ")}
    repeats = any(low == low[:n] * (len(low) // n) for n in range(1, 5) if len(low) % n == 0)
    runs = low in _RUNS or low[::-1] in _RUNS
    return repeats or runs or bool(pieces & common())


_RUNS = "01234567890123456789 abcdefghijklmnopqrstuvwxyz qwertyuiopasdfghjklñzxcvbnm"


@cache
def common() -> frozenset[str]:
    """The most common passwords of at least 8 characters."""
    text = files("cauce.store.log").joinpath("common_passwords.txt").read_text("utf-8")
    return frozenset(line for line in text.splitlines() if not line.startswith("# "))


def _holds(text: str, word: str) -> bool:
    """Whether little is left of the password without the word."""
    low = word.casefold()
    return len(low) >= 4 and low in text.casefold() and len(text) - len(low) < LEAST
