"""Versions of artefacts: their order, and what a query or a reference means by one.

Source: SDMX REST 2.2.2, query syntax for specific, latest or all artefact versions.
"""

import re
from collections.abc import Iterable

from cauce.model.errors import BadInput

Parts = tuple[int, ...]
ALL = ("*", "all")
LATEST = ("~", "latest", "")
PART = re.compile(r"([0-9]{0,9})([+~*]?)")
TOLD = re.compile(r"[0-9]{1,9}(\.[0-9]{1,9}){0,5}(-[A-Za-z0-9.-]+)?")
DIGITS = 18
"""More of a version's number than anybody needs, and less than takes long to read."""


def order(version: str) -> tuple[Parts, bool, str]:
    """By what versions are sorted: 1.9 < 1.10, and 2.0.0-draft < 2.0.0."""
    numbers, _, extension = version.partition("-")
    parts = tuple(int(part[:DIGITS]) for part in numbers.split(".") if part.isdecimal())
    return parts + (0,) * (3 - len(parts)), not extension, extension


def meant(wanted: str, there: Iterable[str]) -> set[str]:
    """The versions of one artefact that are meant.

    Args:
        wanted: a version, `latest`, `all`, or one with wildcards; `,` means or.
        there: the versions of the artefact.

    Raises:
        BadInput: what is wanted is no version and no wildcard of the specification.
    """
    versions = list(there)
    found: set[str] = set()
    for alternative in wanted.split(","):
        found |= _one(alternative.strip(), versions)
    return found


def _one(wanted: str, there: list[str]) -> set[str]:
    if wanted.lower() in ALL:
        return set(there)
    if wanted.lower() in LATEST:
        return _latest(there)
    if wanted == "+":
        # What has two parts is of before semantic versions. Final, it counts as stable.
        return _latest([v for v in there if _is_stable(v)])
    if TOLD.fullmatch(wanted):
        return {version for version in there if _same(version, wanted)}
    return _ranged(wanted, there)


def _same(version: str, wanted: str) -> bool:
    """Whether these are one version: 1, 1.0 and 1.0.0 are."""
    return order(version) == order(wanted)


def _is_stable(version: str) -> bool:
    numbers, final, _ = order(version)
    return final and numbers >= (1, 0, 0)


def _latest(versions: list[str]) -> set[str]:
    return {max(versions, key=order)} if versions else set()


def _ranged(wanted: str, there: list[str]) -> set[str]:
    """Those from a version on: `1.2+.0`, `2.~`, `1.*.0`; the last of them, or all with `*`."""
    parts = [PART.fullmatch(part) for part in wanted.split(".")]
    signs = "".join(part[2] if part else "?" for part in parts)
    if len(signs) != 1 or len(parts) > 3 or signs not in "+~*":
        raise BadInput(
            f"{wanted[:20]} is no version. Write 1.0, 1.0.0, latest or all; or with one wildcard: "
            "+ (latest stable), ~ (latest), * (all), as in 1.2+.0, 1.~ or 2.*.0."
        )
    at = next(place for place, part in enumerate(parts) if part and part[2])
    lowest = tuple(int(part[1] or 0) if part else 0 for part in parts)
    lowest += (0,) * (3 - len(lowest))
    found = [
        version
        for version in there
        if order(version)[0][:at] == lowest[:at] and order(version)[0] >= lowest
    ]
    if signs == "*":
        return set(found)
    return _latest([v for v in found if _is_stable(v)] if signs == "+" else found)
