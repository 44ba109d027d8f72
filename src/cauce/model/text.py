"""Words shown to people, in each language the house speaks."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

Language = Literal["en", "es"]
LANGUAGES: tuple[Language, ...] = ("en", "es")

Words: TypeAlias = tuple[tuple[str, str], ...]
"""The same words in any languages, as others write them: pairs of a language tag and a text."""


@dataclass(frozen=True)
class Text:
    """The same words in English and in Spanish; neither may be empty."""

    en: str
    es: str

    def of(self, language: Language) -> str:
        return self.en if language == "en" else self.es
