"""The portal's own words in each language, and numbers as its readers write them."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from importlib.resources import files

from babel.dates import format_date, format_datetime, get_month_names
from babel.numbers import (
    format_compact_decimal,
    format_decimal,
    get_decimal_symbol,
    get_group_symbol,
)

from cauce.model.text import Language, Text

# Days before months, as in the listing the bulletin comes from. Decimal comma and, in every country
# of the region, no doubt about what a space separates.
LOCALES: Mapping[Language, str] = {"en": "en_GB", "es": "es_CR"}


@dataclass(frozen=True)
class Words:
    """What the portal says in one language."""

    language: Language
    said: dict[str, str]

    @property
    def locale(self) -> str:
        return LOCALES[self.language]

    def __call__(self, key: str, **values: object) -> str:
        """The words of a key, with values put in. A missing key is our bug."""
        return self.said[key].format(**values) if values else self.said[key]

    def known(self, key: str, otherwise: str) -> str:
        """The words of a key that data name; `otherwise` if we have none for it."""
        return self.said.get(key, otherwise)

    def of(self, text: Text) -> str:
        return text.of(self.language)

    def unit(self, code: str) -> str:
        """The words of a unit of measure; its code if it is none of ours."""
        return self.known(f"unit_{code}", code)

    def number(self, value: float, decimals: int) -> str:
        """A number with so many decimals, as the language writes it; never "-0"."""
        # As babel's format_decimal tells it, in a tenth of the time: a page has hundreds.
        told = format(Decimal(str(value)), f",.{decimals}f").translate(_signs(self.locale))
        nothing = not any(sign in told for sign in "123456789")
        return told.lstrip("-") if nothing else told

    def at_most(self, value: float, decimals: int) -> str:
        """A number with the decimals it needs, at most so many."""
        told = self.number(value, decimals)
        sign = get_decimal_symbol(self.locale)
        return told.rstrip("0").removesuffix(sign) if sign in told else told

    def plain(self, value: float) -> str:
        """A number with the decimals it needs, at most three."""
        return format_decimal(value, format="#,##0.###", locale=self.locale)

    def short(self, value: float) -> str:
        """A large number in short, as 1.5M."""
        # British English writes 1.5m, which is a length to half of its readers.
        locale = "en" if self.language == "en" else self.locale
        told: str = format_compact_decimal(value, locale=locale, fraction_digits=2)
        return told

    def day(self, day: date) -> str:
        return format_date(day, format="long", locale=self.locale)

    def days(self, first: date, last: date) -> str:
        """A day, or the first and the last of several."""
        return self.day(first) if first == last else f"{self.day(first)} – {self.day(last)}"

    def iso_day(self, iso: str) -> str:
        """The day of a moment."""
        return self.day(datetime.fromisoformat(iso).date())

    def month(self, month: int) -> str:
        name: str = get_month_names("wide", "stand-alone", self.locale)[month]
        return name[:1].upper() + name[1:]

    def moment(self, iso: str) -> str:
        """A moment in UTC."""
        moment = datetime.fromisoformat(iso)
        return format_datetime(moment, "d MMM y, HH:mm 'UTC'", locale=self.locale)


@cache
def _signs(locale: str) -> dict[int, str]:
    """The signs a locale writes for those of Python's numbers."""
    return str.maketrans({",": get_group_symbol(locale), ".": get_decimal_symbol(locale)})


@cache
def words(language: Language) -> Words:
    """The words of a language, read once."""
    text = files("cauce.portal").joinpath("locale", f"{language}.toml").read_text("utf-8")
    return Words(language, tomllib.loads(text))
