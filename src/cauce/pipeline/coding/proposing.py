"""Proposals for forms and surveys: the models at hand, one for each language."""

from collections.abc import Callable, Sequence

from cauce.model.errors import BadInput
from cauce.outlook.coding import Coder


def proposes_by(coders: Sequence[Coder]) -> Callable[[str, str], tuple[str, ...]]:
    """A function from a language and words to five codes of ISCO-08, the likeliest first.

    It has none for a language that no model is of.

    Raises:
        BadInput: a model of another classification, or two of a language.
    """
    by_language = {coder.words.language: coder for coder in coders}
    other = [coder.scheme.id for coder in coders if coder.scheme.id != "ISCO-08"]
    if other or len(by_language) < len(coders):
        raise BadInput(
            "Forms ask for ISCO-08 in each language by one model: "
            + ", ".join(f"{c.scheme.id} in {c.words.language}" for c in coders)
            + " were named."
        )

    def propose(language: str, words: str) -> tuple[str, ...]:
        coder = by_language.get(language)
        return tuple(each.code for each in coder.propose(words)) if coder else ()

    return propose
