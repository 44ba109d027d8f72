"""The two ends of a corridor, and which countries there are."""

import re
from dataclasses import dataclass
from functools import cache

from babel import Locale

from cauce.model.dataflow import Dimension
from cauce.portal.origins import AREA, INVENTED, ORIGIN, alpha_2
from cauce.portal.registers.library import Library
from cauce.portal.words import Words
from cauce.store import Snapshot

CORRIDOR = re.compile(r"([A-Z]{3})-([A-Z]{3})")


@dataclass(frozen=True)
class Ends:
    """Where from and where to, with their names in the reader's language."""

    origin: str
    destination: str
    origin_name: str
    destination_name: str

    @property
    def code(self) -> str:
        return f"{self.origin}-{self.destination}"

    @property
    def arrow(self) -> str:
        return f"{self.origin_name} → {self.destination_name}"

    @property
    def names(self) -> dict[str, str]:
        """To be put into words."""
        return {"origin": self.origin_name, "destination": self.destination_name}

    @property
    def back(self) -> "Ends":
        return Ends(self.destination, self.origin, self.destination_name, self.origin_name)


def countries(snapshot: Snapshot, words: Words) -> dict[str, str]:
    """Every country that a register, a survey or a table by origin knows, by its code.

    As a register calls it, or else as the language does; only invented ones as a survey does.
    """
    found: dict[str, str] = {}
    for manifest in snapshot.flows():
        for dimension in manifest.dataflow.dimensions:
            if dimension.id in (ORIGIN, AREA) or criterion_of(dimension):
                for code in dimension.codes:
                    if name := _name(code.id, words) or _invented(code.id, words.of(code.name)):
                        found.setdefault(code.id, name)
    library = Library(snapshot.shelves, words)
    return found | {code: words.of(name) for code, name in library.countries.items()}


def criterion_of(dimension: Dimension) -> str:
    """Whether a dimension tells countries of birth or of citizenship apart; "" if neither."""
    for start, criterion in (("CBR", "birth"), ("CIT", "citizenship")):
        if dimension.id.startswith(start):
            return criterion
    return ""


def ends_of(text: str, known: dict[str, str]) -> Ends | None:
    """The corridor an address names; None if it names none of two countries that are known."""
    found = CORRIDOR.fullmatch(text)
    if found is None or found[1] == found[2] or not {found[1], found[2]} <= known.keys():
        return None
    return Ends(found[1], found[2], known[found[1]], known[found[2]])


def _name(code: str, words: Words) -> str:
    return str(_territories(words.locale).get(alpha_2().get(code, ""), ""))


def _invented(code: str, name: str) -> str:
    return name if INVENTED.fullmatch(code) else ""


@cache
def _territories(locale: str) -> dict[str, str]:
    return dict(Locale.parse(locale).territories)
