"""What is told of a card that was checked: the words of the page, in a terminal."""

import re
from datetime import date

from cauce.model.card import Check, Verdict
from cauce.model.text import Language
from cauce.publish.cards.page import words


def told(found: Check, today: date, language: Language) -> list[str]:
    """The answer in words; those of the page, without its holes for what is not known."""
    said = words()[language]
    lines = [
        f"{found.verdict}: {said[found.verdict]}",
        said[f"{found.verdict}_is"].replace("{today}", today.isoformat()),
    ]
    if found.card is None or found.key is None:
        return lines
    put = {
        "from": found.card.valid_from.isoformat(),
        "to": found.card.valid_to.isoformat(),
        "issuer": found.key.issuer.of(language),
        "name": found.key.mechanism,
        "token": found.card.token,
        "at": "" if found.listed is None else f"{found.listed.issued_at:%Y-%m-%d %H:%M} UTC",
    }
    asked = [
        "days",
        "by",
        "token",
        *([] if found.verdict is Verdict.WITHDRAWN else [found.freshness]),
    ]
    return [*lines, *(_put(said[word], put) for word in asked)]


def _put(text: str, put: dict[str, str]) -> str:
    return re.sub(r"\{(\w+)\}", lambda hole: put[hole[1]], text)
