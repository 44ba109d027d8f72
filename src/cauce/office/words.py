"""The office's own words in each language, by section, and moments as its readers write them."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib.resources import files

from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal

from cauce.model.text import Language, Text

# As the portal: a space between thousands, since in much of the region 125.000 is a decimal.
LOCALES: Mapping[Language, str] = {"en": "en_GB", "es": "es_CR"}


@dataclass(frozen=True)
class Words:
    """What the office says in one language."""

    language: Language
    said: dict[str, dict[str, str]]

    def __call__(self, key: str, **values: object) -> str:
        """The words of "section.key", with values put in. A missing key is our bug."""
        section, _, name = key.partition(".")
        words = self.said[section][name]
        return words.format(**values) if values else words

    def of(self, text: Text) -> str:
        return text.of(self.language)

    def number(self, value: float, decimals: int) -> str:
        """A number as the language writes it, with no more decimals than it has."""
        digits = f"#,##0.{'#' * decimals}" if decimals else "#,##0"
        return format_decimal(value, format=digits, locale=LOCALES[self.language])

    def day(self, day: date) -> str:
        return format_date(day, format="long", locale=LOCALES[self.language])

    def moment(self, iso: str) -> str:
        """A moment in UTC."""
        return format_datetime(
            datetime.fromisoformat(iso), "d MMM y, HH:mm 'UTC'", locale=LOCALES[self.language]
        )


@cache
def words(language: Language) -> Words:
    """The words of a language, read once."""
    text = files("cauce.office").joinpath("locale", f"{language}.toml").read_text("utf-8")
    return Words(language, tomllib.loads(text))
