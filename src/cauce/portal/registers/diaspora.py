"""What the diaspora of a country gives, by kind of capital, and nothing added up."""

from dataclasses import dataclass

from cauce.portal.links import Link
from cauce.portal.pages import Invented
from cauce.portal.registers.library import Library
from cauce.portal.registers.places import Counted, PlacesPage
from cauce.portal.registers.search import held, tallied
from cauce.portal.registers.sheets import Sheet, of_place, said_across, sheet, with_code

CAPITALS = ("ECO", "SOC", "CUL", "HUM")
CONTRIBUTION = (
    "direction", "year", "amount", "currency", "share_of_gdp_pct", "share_bound", "quantity",
    "quantity_unit", "valuation", "sample", "survey", "confidence", "source",
)  # fmt: skip
INITIATIVE = ("types", "residence", "starts_on", "organisation")
LINKAGE = (
    ("diaspora_offers", ("kind", "field", "residence", "availability", "need", "status")),
    ("diaspora_needs", ("kind", "field", "institution", "until", "status")),
)
OTHERS = (
    ("diaspora_organisations", ("residence", "city", "founded_year", "aims")),
    (
        "diaspora_stocks",
        ("residence", "year", "value", "valuation", "sample", "survey", "confidence", "source"),
    ),
    (
        "diaspora_surveys",
        ("residence", "method", "frame", "selected", "responded", "starts_on", "source"),
    ),
)


@dataclass(frozen=True)
class Capital:
    """What is given of one kind of capital."""

    name: str
    sheets: tuple[Sheet, ...]


@dataclass(frozen=True)
class DiasporaPage:
    """What templates/registers/diaspora.html is given, and nothing else."""

    title: str
    invented: Invented
    crumb: Link
    country: Link
    said: tuple[str, ...]
    capitals: tuple[Capital, ...]
    linkage: tuple[Sheet, ...]
    others: tuple[Sheet, ...]


def diasporas_page(library: Library) -> PlacesPage:
    """The countries whose diasporas a register names."""
    names = [each.shelf.id for each in library.editions if each.shelf.id.startswith("diaspora_")]
    every = [record for name in names for record in held(library.records(name))]
    counts = tallied(every, lambda record: record.places)
    words = library.words
    found = [
        Counted(library.country(code), library.path("diaspora", code), words.number(count, 0))
        for code, count in counts.items()
    ]
    places = tuple(sorted(found, key=lambda place: place.name))
    return PlacesPage(words("diaspora_page"), "", words("diaspora_lead"), places)


def diaspora_page(code: str, library: Library) -> DiasporaPage:
    words = library.words
    capitals = tuple(_capital(kind, code, library) for kind in CAPITALS)
    sheets = [each for capital in capitals for each in capital.sheets]
    return DiasporaPage(
        title=words("diaspora_title", country=library.country(code)),
        invented="",
        crumb=Link(words("diaspora_page"), library.path("diaspora")),
        country=Link(library.country(code), library.path("countries", code)),
        said=tuple(said_across(library, "diaspora_contributions", code, sheets)),
        capitals=capitals,
        linkage=_sheets(LINKAGE, code, library),
        others=_sheets(OTHERS, code, library),
    )


def _capital(kind: str, code: str, library: Library) -> Capital:
    given = with_code(of_place(library, "diaspora_contributions", code), "capital", kind)
    made = with_code(of_place(library, "diaspora_initiatives", code), "capitals", kind)
    found = (
        sheet(library, "diaspora_contributions", given, CONTRIBUTION),
        sheet(library, "diaspora_initiatives", made, INITIATIVE),
    )
    return Capital(library.words(f"capital_{kind}"), tuple(x for x in found if x is not None))


def _sheets(
    registers: tuple[tuple[str, tuple[str, ...]], ...], code: str, library: Library
) -> tuple[Sheet, ...]:
    found = (
        sheet(library, name, of_place(library, name, code), fields) for name, fields in registers
    )
    return tuple(each for each in found if each is not None)
