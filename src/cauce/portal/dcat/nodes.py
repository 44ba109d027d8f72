"""Nodes of JSON-LD that every part of the catalogue is made of."""

from collections.abc import Callable
from typing import Any

from cauce.model.text import LANGUAGES
from cauce.portal.words import Words, words

EU = "http://publications.europa.eu/resource/authority"
SPOKEN = {"en": f"{EU}/language/ENG", "es": f"{EU}/language/SPA"}
Json = dict[str, Any]


def both(told: Callable[[Words], str]) -> list[dict[str, str]]:
    def of(said: Words) -> dict[str, str]:
        return {"@language": said.language, "@value": told(said)}

    return [of(words(language)) for language in LANGUAGES]


def typed_id(address: str, kind: str) -> Json:
    return {"@id": address, "@type": kind}


def agent(name: str) -> Json:
    return {"@type": "foaf:Agent", "foaf:name": name}


def moment(text: str) -> dict[str, str]:
    return {"@type": "xsd:dateTime", "@value": text}


def day_of(day: str) -> dict[str, str]:
    return {"@type": "xsd:date", "@value": day}


def languages() -> list[Json]:
    return [typed_id(SPOKEN[language], "dct:LinguisticSystem") for language in LANGUAGES]
