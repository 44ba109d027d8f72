"""A name of an organisation as it is compared: without capitals, accents, marks and legal form."""

import re
import unicodedata
from dataclasses import dataclass

_LEGAL = """
inc llc llp ltd limited lpa lc corp corporation co company plc gmbh kg cc pty pry doo eood ood srl
sl sa sas cv rl ac spr sc asociacion
"""
_GENERIC = """
agencia agencies agency agent and associates business center centre consult consultant consultants
consulting consultores employment global group h2 h2a h2b flc international internacional jobs labor
labour management manpower network overseas placement placements processing recruiter recruiters
recruiting recruitment representation service services servicios solution solutions staffing
trabajos travel viajes visa visas work worker workers workforce y de del of for
"""

LEGAL = frozenset(_LEGAL.split())
"""Legal forms, and what is left of them when they are written in parts: S. de R.L. de C.V."""

HONORIFIC = frozenset({"the", "lic", "licda", "ing", "mr", "mrs", "ms", "sr", "sra", "dr", "dra"})

GENERIC = frozenset(_GENERIC.split())
"""Words by which no recruiter is told from another."""

SHORT = {"int": "international", "intl": "international", "internl": "international"}

FIELD_END = 34
"""Lists cut names at 35 characters; what is so long may be the beginning of a longer one."""


@dataclass(frozen=True)
class Spelling:
    """A name as written, and what of it is compared.

    `words` are without legal form; `core` is the words run together, for a space tells nothing.
    """

    written: str
    words: tuple[str, ...]
    core: str
    cut: bool

    @property
    def distinctive(self) -> tuple[str, ...]:
        """The words that tell it from others, in their order."""
        return tuple(word for word in self.words if word not in GENERIC)


def spelling(written: str) -> Spelling:
    words = _words(written)
    kept = _without_form(words) or words
    return Spelling(written, kept, "".join(kept), len(written) >= FIELD_END)


def _words(written: str) -> tuple[str, ...]:
    plain = unicodedata.normalize("NFKD", written.casefold())
    text = "".join(letter for letter in plain if not unicodedata.combining(letter))
    text = re.sub(r"['’`´]", "", text)
    text = re.sub(r"\b(\w)\s*&\s*(\w)\b", r"\1\2", text)  # J & H is one word
    text = re.sub(r"\b(\w)\.(?=\w\b)", r"\1", text)  # S.N.O.W is one, S.A. is SA
    text = re.sub(r"\bh[\s-]+(?=\d)", "h", text)
    found = re.findall(r"\w+", text.replace("&", " "))
    return tuple(SHORT.get(word, word) for word in found)


def _without_form(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words before the legal form, and without a title before the name."""
    start, end = 0, len(words)
    while start < end and words[start] in HONORIFIC | {"sc"}:
        start += 1
    while end > start and (words[end - 1] in LEGAL or _part_of_form(words, end)):
        end -= 1
    kept = [word for word in words[start:end] if word != "and"]
    return tuple(kept)


def _part_of_form(words: tuple[str, ...], end: int) -> bool:
    """Whether a word stands in the middle of a form, or is one cut off after its first letter."""
    word = words[end - 1]
    return word in {"s", "l", "de"} and end > 1
