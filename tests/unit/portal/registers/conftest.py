"""A small public register beside its aliases, in a store made by hand."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from cauce.model.codelist import Code, Codelist
from cauce.model.record import Absent, Record
from cauce.model.shelf import (
    Filled,
    Known,
    PublicPeriod,
    PublicRecord,
    Shelf,
    ShelfField,
)
from cauce.model.text import Text
from cauce.portal.bulletin import folded
from cauce.portal.registers.library import Library
from cauce.portal.words import words
from cauce.store import Reader, Store

NOW = "2026-01-02T00:00:00+00:00"
FIRST = datetime(2024, 1, 10, 9, tzinfo=UTC)
SECOND = datetime(2024, 6, 1, 9, tzinfo=UTC)


def text(word: str) -> Text:
    return Text(word, f"{word} (es)")


def field(name: str, kind: str = "text", **more: object) -> ShelfField:
    return ShelfField(name, text(name.capitalize()), kind, **more)  # type: ignore[arg-type] # as given


COUNTRIES = Codelist(
    "CL_COUNTRY",
    text("Country"),
    (
        Code("GTM", Text("Guatemala", "Guatemala")),
        Code("USA", Text("United States", "Estados Unidos")),
    ),
)
KINDS = Codelist(
    "CL_KIND", text("Kind"), (Code("BLA", text("Agreement")), Code("TOOL", text("Tool")))
)
COUNTRY = {"kind": "code", "codelist": "CL_COUNTRY"}
FIELDS = (
    field("title_en"),
    field("title_es"),
    field("kind", "code", codelist="CL_KIND"),
    field("country", **COUNTRY),
    field("signed_on", "date"),
    field("signed_year", "number"),
    field("places", "number"),
    field("share", "number", unit="%", decimals=1),
    field("stay", "number", unit="days"),
    field("binding", "flag"),
    field("about_en", "note", help=text("what it is about")),
    field("about_es", "note"),
    field("replaces", "link", register="things"),
    field("url", "web"),
    field("source"),
    field(
        "steps",
        "rows",
        columns=(
            field("name_en"),
            field("name_es"),
            field("since", "date"),
            field("until", "date"),
            field("remark"),
        ),
    ),
    field("papers", "rows", columns=(field("name"), field("day", "date"))),
    field("visits", "rows", columns=(field("day", "date"),)),
)


def shelf(register: str = "things", fields: tuple[ShelfField, ...] = FIELDS) -> Shelf:
    return Shelf(
        id=register,
        name=text(register.capitalize()),
        one=text("thing"),
        about=text("What there is."),
        topic=Code("T", text("Topic")),
        title=Text("title_en", "title_es") if fields is FIELDS else None,
        country="country",
        version="1",
        source="",
        fields=fields,
        codelists=(COUNTRIES, KINDS),
    )


def record(key: str, said: Record, *earlier: Record, **more: object) -> PublicRecord:
    """A record as known now, and as known before."""
    states = [*earlier, said]
    moments = [FIRST, SECOND, datetime(2025, 1, 1, tzinfo=UTC)]
    title = str(said.get("title_en", key))
    values = {
        "key": key,
        "country": str(said.get("country", "")),
        "title": Text(title, str(said.get("title_es", title))),
        "places": tuple(sorted({str(said["country"])})) if "country" in said else (),
        "corridors": (),
        "links": (f"things/{said['replaces']}",) if "replaces" in said else (),
        "words": more.get("words") or folded(" · ".join(str(x) for x in said.values())),
        "known": tuple(
            Known(at, (PublicPeriod(None, None, each),))
            for at, each in zip(moments, states, strict=False)
        ),
    }
    return PublicRecord(**{**values, **more})  # type: ignore[arg-type] # as given


ALIASES = tuple(
    record(
        f"a{n}",
        {
            "term": term,
            "preferred_en": "Regional Conference",
            "preferred_es": "Conferencia Regional",
        },
    )
    for n, term in enumerate(("RCM", "CRM", "Puebla Process"))
)
THINGS = (
    record(
        "a",
        {
            "title_en": "Agreement of the RCM",
            "title_es": "Acuerdo de la CRM",
            "kind": "BLA",
            "country": "GTM",
            "signed_on": date(2023, 8, 25),
            "signed_year": 2023,
            "places": 12000,
            "share": 12.5,
            "stay": 180,
            "binding": True,
            "about_en": "Line one.\nLine two.",
            "url": "https://example.org/a?b=1",
            "source": "example.org/page; a book",
            "steps": (
                {"name_en": "Pilot", "name_es": "Piloto", "since": date(2020, 1, 1)},
                {"name_en": "Law", "since": date(2021, 1, 1), "until": Absent.UNKNOWN},
            ),
            "papers": ({"name": "Minutes", "day": date(2022, 2, 2)},),
            "visits": ({"day": date(2022, 3, 3)},),
        },
        {"title_en": "Agreement of the RCM", "kind": "BLA", "country": "GTM", "places": 10},
    ),
    record("b", {"title_en": "Tool 10", "kind": "TOOL", "country": "USA", "replaces": "a"}),
    record("c", {"title_en": "Tool 9", "kind": "TOOL", "country": "USA", "replaces": "gone"}),
)


@pytest.fixture(scope="session")
def made_record() -> Callable[..., PublicRecord]:
    """A function that makes a record of its key and values."""
    return record


@pytest.fixture
def root(tmp_path: Path) -> Path:
    aliases = shelf("aliases", (field("term"), field("preferred_en"), field("preferred_es")))
    badges = Filled(replace(shelf("badges"), listed=False), THINGS)
    Store(tmp_path).publish_registers(
        (badges, Filled(shelf(), THINGS), Filled(aliases, ALIASES), Filled(shelf("empty"), ())), NOW
    )
    return tmp_path


@pytest.fixture
def library(root: Path) -> Library:
    return Library(Reader(root, every=0).snapshot().shelves, words("es"))
