"""The words of a rule that gave a verdict, in both languages within one string."""

from cauce.model.text import Language, Text

BETWEEN = " || "


def rule(words: Text) -> str:
    """English and Spanish in one string, as `Observations.rule` keeps them."""
    return f"{words.en}{BETWEEN}{words.es}"


def rule_in(text: str, language: Language) -> str:
    """The words of a rule in one language; a rule without languages is shown as it is."""
    english, _, spanish = text.partition(BETWEEN)
    return spanish if language == "es" and spanish else english
