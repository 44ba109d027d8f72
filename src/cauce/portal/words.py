"""The portal's own words in each language, and numbers as its readers write them."""

import tomllib
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib.resources import files

from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal

from cauce.model.text import Language, Text


@dataclass(frozen=True)
class Words:
    """What a template says in one language."""

    language: Language
    said: dict[str, str]

    def __call__(self, key: str, **values: object) -> str:
        """The words of a key, with values put in. A missing key is our bug."""
        return self.said[key].format(**values) if values else self.said[key]

    def of(self, text: Text) -> str:
        return text.of(self.language)

    def number(self, value: float, decimals: int) -> str:
        """A number with so many decimals, as the language writes it."""
        digits = f"#,##0.{'0' * decimals}" if decimals else "#,##0"
        return format_decimal(value, format=digits, locale=self.language)

    def plain(self, value: float) -> str:
        """A number with the decimals it needs, at most three."""
        return format_decimal(value, format="#,##0.###", locale=self.language)

    def date(self, day: date) -> str:
        return format_date(day, format="long", locale=self.language)

    def moment(self, iso: str) -> str:
        """A moment in UTC."""
        return format_datetime(datetime.fromisoformat(iso), "d MMM y, HH:mm", locale=self.language)


@cache
def words(language: Language) -> Words:
    """The words of a language, read once."""
    text = files("cauce.portal").joinpath("locale", f"{language}.toml").read_text("utf-8")
    return Words(language, tomllib.loads(text))
