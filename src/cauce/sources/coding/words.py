"""Short forms, idle words and answers that are none, by language; and the groups of a scheme."""

import csv
import tomllib
from pathlib import Path

from cauce.model.errors import BadInput
from cauce.outlook.coding import Scheme, Words

LANGUAGES = ("en", "es")
SCHEMES = {"ISCO-08": ("CL_OCU", "CL_OC2"), "ISIC-4": ("CL_ECO_SECTION", "CL_EC2")}
"""Classifications, and the code lists of the region that have the titles of their upper groups."""


def read_words(region: Path, language: str) -> Words:
    """The words of a language in `coding/words.toml` of the region."""
    if language not in LANGUAGES:
        raise BadInput(f"Language {language!r}: answers are coded in {' and '.join(LANGUAGES)}.")
    told = tomllib.loads((region / "coding" / "words.toml").read_text("utf-8"))[language]
    return Words(language, told["short"], frozenset(told["idle"]), frozenset(told["none"]))


def read_scheme(region: Path, classification: str) -> Scheme:
    """A classification: those of the region know their upper groups, others have their digits."""
    if classification != "ISIC-4":
        return Scheme(classification)
    with (region / "hierarchies" / "CL_EC2.csv").open(encoding="utf-8", newline="") as file:
        next(file)
        return Scheme(classification, {row["code"]: row["parent"] for row in csv.DictReader(file)})


def upper_titles(region: Path, classification: str, language: str) -> dict[str, str]:
    """Titles of the groups above four digits that the region has, by code."""
    found: dict[str, str] = {}
    for name in SCHEMES.get(classification, ()):
        with (region / "codelists" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            next(file)
            found |= {row["code"]: row[language] for row in csv.DictReader(file)}
    return {code: title for code, title in found.items() if not code.startswith("_")}
