"""A classification as a coder sees it: codes of four digits, and the groups above them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

LEVELS = (4, 3, 2, 1)
"""Digits, the finest first."""


@dataclass(frozen=True)
class Scheme:
    """ISCO-08, ISIC Rev.4 or a national one of the same shape.

    `tops` are the groups above two digits where they are no first digit, as the sections of ISIC.
    """

    id: str
    tops: Mapping[str, str] = field(default_factory=dict)

    def group(self, code: str, digits: int) -> str:
        """The group of a code at a number of digits; the code itself if it has no more."""
        if digits == 1 and self.tops:
            return self.tops.get(code[:2], code)
        return code[:digits]

    def common(self, codes: Iterable[str]) -> str:
        """The finest group that holds all of these codes; "" if none does.

        >>> Scheme("ISCO-08").common(["7112", "7115"])
        '711'
        """
        codes = set(codes)
        if not codes:
            return ""
        for digits in LEVELS:
            found = {self.group(code, digits) for code in codes}
            if len(found) == 1:
                return found.pop()
        return ""

    def digits(self, group: str) -> int:
        """How many digits a group has; a section counts as one, "" as none."""
        return 1 if group in self.tops.values() else len(group)
