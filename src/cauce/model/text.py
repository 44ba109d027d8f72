"""Words shown to people, in each language the house speaks."""

from dataclasses import dataclass
from typing import Literal

Language = Literal["en", "es"]
LANGUAGES: tuple[Language, ...] = ("en", "es")


@dataclass(frozen=True)
class Text:
    """The same words in English and in Spanish; neither may be empty."""

    en: str
    es: str

    def of(self, language: Language) -> str:
        return self.en if language == "en" else self.es
