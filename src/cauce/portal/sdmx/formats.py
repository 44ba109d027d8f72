"""Which format a client gets: `?format=` beats Accept, and what cannot be served is said.

Source: SDMX REST 2.2.2, content negotiation and extending the API; RFC 9110, section 12.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from starlette.requests import Request

from cauce.model.text import Language
from cauce.portal.sdmx.refusal import Refusal
from cauce.portal.sdmx.versions import matching
from cauce.portal.visit import quality
from cauce.publish.structure.forms import STRUCTURE_FORMATS

VENDOR = "application/vnd.sdmx."
ANYTHING = ("*/*", "application/*", "text/*", "text/html", "application/xhtml+xml", "")
PLAIN = {
    "application/json": "json", "text/json": "json", "text/csv": "csv", "application/csv": "csv",
    "application/xml": "xml", "text/xml": "xml",
}  # fmt: skip
"""What a media type that is not of SDMX ends with when it is."""
WORDS = {
    "csv": "csv", "sdmx-csv": "csv", "csvdata": "csv", "csvfile": "csv", "csvfilewithlabels": "csv",
    "json": "json", "sdmx-json": "json", "jsondata": "json", "jsonstructure": "json",
    "structurejson": "json", "xml": "xml", "xmldata": "xml", "ml": "xml", "sdmx-ml": "xml",
    "structure": "xml",
}  # fmt: skip
"""Words of `?format=` that name a syntax; all others name what stands before it."""
SHORT = {
    "generic": "genericdata",
    "structurespecific": "structurespecificdata",
    "compact": "structurespecificdata",
    "xsd": "schema",
}
PARAMETERS = {"labels", "timeformat", "keys"}
"""The parameters of SDMX-CSV."""
Word = TypeVar("Word", bound=str)
LANGUAGES: tuple[Language, ...] = ("en", "es")


@dataclass(frozen=True)
class Choice:
    """A format that is served, by its name, and what is said with it; parameters in lower case."""

    name: str
    media_type: str
    parameters: Mapping[str, str] = field(default_factory=dict)

    def parameter(self, name: str, values: tuple[Word, ...]) -> Word:
        """What is asked of a parameter, the first value where nothing is. Raises Refusal, 406."""
        told = self.parameters.get(name.lower(), values[0])
        for value in values:
            if value == told:
                return value
        raise Refusal(406, f"{name} can be {', '.join(values)}.")


@dataclass(frozen=True)
class _Wish:
    """A media type, or a word, and its parameters."""

    kind: str
    parameters: Mapping[str, str]

    @property
    def version(self) -> str:
        return self.parameters.get("version", "")


def choice(
    request: Request, served: Mapping[str, str], default: str, first: Sequence[str] = ()
) -> Choice:
    """One of the formats that are served.

    Args:
        served: their media types by name.
        default: for who wants anything.
        first: those of this version of the service, which are given where several would do.

    Raises:
        Refusal: 406, with a list of what is served.
    """
    words = request.query_params
    more = {k.lower(): v.lower() for k, v in words.items() if k.lower() in PARAMETERS}
    for wish in _wishes(request):
        name = default if wish.kind in ANYTHING else _found(wish, served, default, first)
        if name:
            return Choice(name, served[name], {**wish.parameters, **more})
    raise Refusal(406, f"Served here are: {', '.join(dict.fromkeys(served.values()))}.")


def structure_choice(request: Request, version: int) -> Choice:
    """The format of structures that is asked for. Raises as `choice`."""
    served = {name: form.media_type for name, form in STRUCTURE_FORMATS.items()}
    own = [name for name, form in STRUCTURE_FORMATS.items() if form.of == version]
    return choice(request, served, own[0], own)


def _found(
    wish: _Wish, served: Mapping[str, str], default: str, first: Sequence[str]
) -> str | None:
    """The name of the format a wish is about; the newest of this version of the service if several.

    Where only a syntax is asked for, the default is given if it has that.
    """
    offers = {name: _read(media_type) for name, media_type in served.items()}
    syntax = PLAIN.get(wish.kind)
    if syntax and not wish.version and offers[default].kind.endswith(f"+{syntax}"):
        return default
    fitting = [
        name
        for name, offer in offers.items()
        if (offer.kind.endswith(f"+{syntax}") if syntax else offer.kind == wish.kind)
    ]
    if wish.version:
        versions = {offers[name].version for name in fitting}
        wanted = matching(versions, wish.version)
        fitting = [name for name in fitting if offers[name].version in wanted]
    own = [name for name in fitting if name in first] or fitting
    return max(own, key=lambda name: _newness(offers[name].version), default=None)


def _wishes(request: Request) -> list[_Wish]:
    """What a client wants, the most wanted first, without what it does not want."""
    words = request.query_params
    if word := words.get("format", "").strip():
        version = words.get("formatVersion", "").replace(" ", "+").strip()
        return [_of_word(word.lower(), version)]
    return _in_order(request.headers.get("accept", "") or "*/*")


def _of_word(word: str, version: str) -> _Wish:
    """What a word of `?format=` asks for; a media type is taken, too."""
    told = {"version": version} if version else {}
    if "/" in word:
        # A "+" that was not encoded arrives as a space.
        wish = _read(word.replace(" ", "+"))
        return _Wish(wish.kind, {**wish.parameters, **told})
    if word == "csvfilewithlabels":
        told["labels"] = "both"
    if word in ("structure", "jsonstructure", "structurejson"):
        return _Wish(f"{VENDOR}structure+{WORDS[word]}", told)
    if word in WORDS:
        plain = {"csv": "text/csv", "json": "application/json", "xml": "application/xml"}
        return _Wish(plain[WORDS[word]], told)
    return _Wish(f"{VENDOR}{SHORT.get(word, word)}+xml", told)


def _in_order(accept: str) -> list[_Wish]:
    """The media types of an Accept header; of those wanted alike, what is named before patterns."""
    weighed = []
    for text in accept.lower().split(","):
        wish = _read(text)
        weight = quality(wish.parameters["q"]) if "q" in wish.parameters else 1.0
        weighed.append((-weight, wish.kind in ANYTHING, wish))
    weighed.sort(key=lambda each: each[:2])
    return [wish for weight, _, wish in weighed if weight < 0]


def _read(text: str) -> _Wish:
    """A media type and its parameters."""
    kind, *parameters = re.sub(r"\s+", "", text.lower()).split(";")
    pairs = (each.partition("=") for each in parameters if "=" in each)
    return _Wish(kind, {name: value.strip('"') for name, _, value in pairs})


def _newness(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part.isdecimal())


def language_of(request: Request) -> Language:
    """The language of an answer: `lang` beats Accept-Language; English where neither helps.

    Raises:
        Refusal: 406, `lang` asks for another one.
    """
    if asked := request.query_params.get("lang", "").lower():
        for language in LANGUAGES:
            if asked.split("-")[0] == language or asked == "all":
                return language
        raise Refusal(406, "lang can be en, es or all.")
    weighed = []
    for text in request.headers.get("accept-language", "").lower().split(","):
        wish = _read(text)
        weight = quality(wish.parameters["q"]) if "q" in wish.parameters else 1.0
        weighed.append((-weight, wish.kind.split("-")[0]))
    for weight, kind in sorted(weighed, key=lambda pair: pair[0]):
        for language in LANGUAGES:
            if weight < 0 and kind in (language, "*"):
                return language
    return "en"


def check_compression(request: Request) -> None:
    """Raises Refusal, 406, if another compression is asked for than gzip or none."""
    if request.query_params.get("compression", "").lower() not in ("", "gzip", "identity"):
        raise Refusal(406, "compression can be gzip or identity.")
